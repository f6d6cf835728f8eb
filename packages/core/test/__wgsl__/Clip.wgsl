// software elementwise, 2 bindings: elementwise_clip_bb37ef59
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: f32) -> f32 {
  let e0: f32 = 0f;
  let e1: f32 = 6f;
  let e2: f32 = min(max(x0, 0f), 6f);
  return e2;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var row = workgroup.y; row < p.rows; row += groups.y) {
    let row0 = 0u * p.columns;
    for (var column = workgroup.x * 64u + lane; column < p.columns; column += groups.x * 64u) {
      let offset = row * p.columns + column;
      let v0 = in0[row0 + column];
      out0[offset] = compute(v0);
    }
  }
}

// hardware elementwise, 2 bindings: elementwise_clip_bb37ef59
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: f32) -> f32 {
  let e0: f32 = 0f;
  let e1: f32 = 6f;
  let e2: f32 = min(max(x0, 0f), 6f);
  return e2;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var row = workgroup.y; row < p.rows; row += groups.y) {
    let row0 = 0u * p.columns;
    for (var column = workgroup.x * 64u + lane; column < p.columns; column += groups.x * 64u) {
      let offset = row * p.columns + column;
      let v0 = in0[row0 + column];
      out0[offset] = compute(v0);
    }
  }
}

// software elementwise, 4 bindings: elementwise_max_min_6c066c3a
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn compute(x0: f32, x1: f32, x2: f32) -> f32 {
  let e0: f32 = select(max(x0, x1), x0 + x1, is_nan(x0) || is_nan(x1));
  let e1: f32 = select(min(e0, x2), e0 + x2, is_nan(e0) || is_nan(x2));
  return e1;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var row = workgroup.y; row < p.rows; row += groups.y) {
    let row0 = 0u * p.columns;
    let row1 = 0u;
    let row2 = 0u;
    for (var column = workgroup.x * 64u + lane; column < p.columns; column += groups.x * 64u) {
      let offset = row * p.columns + column;
      let v0 = in0[row0 + column];
      let v1 = in1[row1];
      let v2 = in2[row2];
      out0[offset] = compute(v0, v1, v2);
    }
  }
}

// hardware elementwise, 4 bindings: elementwise_max_min_6c066c3a
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn compute(x0: f32, x1: f32, x2: f32) -> f32 {
  let e0: f32 = select(max(x0, x1), x0 + x1, is_nan(x0) || is_nan(x1));
  let e1: f32 = select(min(e0, x2), e0 + x2, is_nan(e0) || is_nan(x2));
  return e1;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var row = workgroup.y; row < p.rows; row += groups.y) {
    let row0 = 0u * p.columns;
    let row1 = 0u;
    let row2 = 0u;
    for (var column = workgroup.x * 64u + lane; column < p.columns; column += groups.x * 64u) {
      let offset = row * p.columns + column;
      let v0 = in0[row0 + column];
      let v1 = in1[row1];
      let v2 = in2[row2];
      out0[offset] = compute(v0, v1, v2);
    }
  }
}
