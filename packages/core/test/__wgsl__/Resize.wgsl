// software gather, 3 bindings: gather_f32_i32_elements
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, count: u32, dim: u32 }
@group(0) @binding(3) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let picked = in1[row % p.count];
    let index = u32(clamp(select(picked, picked + i32(p.dim), picked < 0), 0, i32(p.dim) - 1));
    let base = (row / p.count * p.dim + index) * p.columns;
    out0[offset] = in0[base + column];
  }
}

// software gather, dispatch 2, 3 bindings: gather_f32_i32_elements
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, count: u32, dim: u32 }
@group(0) @binding(3) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let picked = in1[row % p.count];
    let index = u32(clamp(select(picked, picked + i32(p.dim), picked < 0), 0, i32(p.dim) - 1));
    let base = (row / p.count * p.dim + index) * p.columns;
    out0[offset] = in0[base + column];
  }
}

// hardware gather, 3 bindings: gather_f32_i32_elements
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, count: u32, dim: u32 }
@group(0) @binding(3) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let picked = in1[row % p.count];
    let index = u32(clamp(select(picked, picked + i32(p.dim), picked < 0), 0, i32(p.dim) - 1));
    let base = (row / p.count * p.dim + index) * p.columns;
    out0[offset] = in0[base + column];
  }
}

// hardware gather, dispatch 2, 3 bindings: gather_f32_i32_elements
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, count: u32, dim: u32 }
@group(0) @binding(3) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let picked = in1[row % p.count];
    let index = u32(clamp(select(picked, picked + i32(p.dim), picked < 0), 0, i32(p.dim) - 1));
    let base = (row / p.count * p.dim + index) * p.columns;
    out0[offset] = in0[base + column];
  }
}

// software resample, 4 bindings: resample_f32_elements
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, to: u32, from_rows: u32, taps: u32 }
@group(0) @binding(4) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let first = row % p.to * p.taps;
    let base = row / p.to * p.from_rows * p.columns;
    var sum = 0.0;
    for (var tap = first; tap < first + p.taps; tap++) {
      sum += in2[tap] * f32(in0[base + u32(in1[tap]) * p.columns + column]);
    }
    out0[offset] = f32(sum);
  }
}

// software resample, dispatch 2, 4 bindings: resample_f32_elements
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, to: u32, from_rows: u32, taps: u32 }
@group(0) @binding(4) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let first = row % p.to * p.taps;
    let base = row / p.to * p.from_rows * p.columns;
    var sum = 0.0;
    for (var tap = first; tap < first + p.taps; tap++) {
      sum += in2[tap] * f32(in0[base + u32(in1[tap]) * p.columns + column]);
    }
    out0[offset] = f32(sum);
  }
}

// hardware resample, 4 bindings: resample_f32_elements
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, to: u32, from_rows: u32, taps: u32 }
@group(0) @binding(4) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let first = row % p.to * p.taps;
    let base = row / p.to * p.from_rows * p.columns;
    var sum = 0.0;
    for (var tap = first; tap < first + p.taps; tap++) {
      sum += in2[tap] * f32(in0[base + u32(in1[tap]) * p.columns + column]);
    }
    out0[offset] = f32(sum);
  }
}

// hardware resample, dispatch 2, 4 bindings: resample_f32_elements
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, to: u32, from_rows: u32, taps: u32 }
@group(0) @binding(4) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let first = row % p.to * p.taps;
    let base = row / p.to * p.from_rows * p.columns;
    var sum = 0.0;
    for (var tap = first; tap < first + p.taps; tap++) {
      sum += in2[tap] * f32(in0[base + u32(in1[tap]) * p.columns + column]);
    }
    out0[offset] = f32(sum);
  }
}
