// software elementwise, 2 bindings: elementwise_gelutanh_9e409199
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn safe_tanh(x: f32) -> f32 {
  return tanh(clamp(x, -10.0, 10.0));
}

fn compute(x0: f32) -> f32 {
  let e0: f32 = (0.5 * x0 * (1.0 + safe_tanh(0.79788456080286536 * x0 * (1.0 + 0.044715 * x0 * x0))));
  return e0;
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

// hardware elementwise, 2 bindings: elementwise_gelutanh_9e409199
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn safe_tanh(x: f32) -> f32 {
  return tanh(clamp(x, -10.0, 10.0));
}

fn compute(x0: f32) -> f32 {
  let e0: f32 = (0.5 * x0 * (1.0 + safe_tanh(0.79788456080286536 * x0 * (1.0 + 0.044715 * x0 * x0))));
  return e0;
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
