// software copy, 2 bindings: copy3_fill_f32_elements
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, start: i32, step: i32, fill: f32, low: i32, high: i32, dim0: u32, stride0: i32, low0: i32, high0: i32, dim1: u32, stride1: i32, low1: i32, high1: i32 }
@group(0) @binding(2) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    var rest = row;
    var base = p.start;
    var inside = true;
    let i1 = i32(rest % p.dim1);
    rest /= p.dim1;
    base += i1 * p.stride1;
    inside = inside && i1 >= p.low1 && i1 < p.high1;
    let i0 = i32(rest);
    base += i0 * p.stride0;
    inside = inside && i0 >= p.low0 && i0 < p.high0;
    let i = i32(column);
    if (inside && i >= p.low && i < p.high) { out0[offset] = in0[base + i * p.step]; }
    else { out0[offset] = p.fill; }
  }
}

// hardware copy, 2 bindings: copy3_fill_f32_elements
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, start: i32, step: i32, fill: f32, low: i32, high: i32, dim0: u32, stride0: i32, low0: i32, high0: i32, dim1: u32, stride1: i32, low1: i32, high1: i32 }
@group(0) @binding(2) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    var rest = row;
    var base = p.start;
    var inside = true;
    let i1 = i32(rest % p.dim1);
    rest /= p.dim1;
    base += i1 * p.stride1;
    inside = inside && i1 >= p.low1 && i1 < p.high1;
    let i0 = i32(rest);
    base += i0 * p.stride0;
    inside = inside && i0 >= p.low0 && i0 < p.high0;
    let i = i32(column);
    if (inside && i >= p.low && i < p.high) { out0[offset] = in0[base + i * p.step]; }
    else { out0[offset] = p.fill; }
  }
}

// software gather vec4, 3 bindings: gather_f32_i32_vec4_elements
@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<vec4<f32>>;
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

// software gather vec4, dispatch 2, 3 bindings: gather_f32_i32_vec4_elements
@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<vec4<f32>>;
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

// software gather, dispatch 3, 3 bindings: gather_f32_i32_elements
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

// hardware gather vec4, 3 bindings: gather_f32_i32_vec4_elements
@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<vec4<f32>>;
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

// hardware gather vec4, dispatch 2, 3 bindings: gather_f32_i32_vec4_elements
@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<vec4<f32>>;
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

// hardware gather, dispatch 3, 3 bindings: gather_f32_i32_elements
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
