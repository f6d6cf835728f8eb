// software elementwise vec4, 4 bindings: elementwise_vec4_where_dc813de5
@group(0) @binding(0) var<storage, read> in0: array<u32>;
@group(0) @binding(1) var<storage, read> in1: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> in2: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> out0: array<vec4<f32>>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn compute(x0: bool, x1: f32, x2: f32) -> f32 {
  let e0: f32 = select(x2, x1, x0);
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let row0 = row;
    let row1 = 0u * p.columns;
    let row2 = row * p.columns;
    let v0 = in0[row0];
    let v1 = in1[row1 + column];
    let v2 = in2[row2 + column];
    out0[offset] = vec4<f32>(compute((v0 != 0u), v1.x, v2.x), compute((v0 != 0u), v1.y, v2.y), compute((v0 != 0u), v1.z, v2.z), compute((v0 != 0u), v1.w, v2.w));
  }
}

// hardware elementwise vec4, 4 bindings: elementwise_vec4_where_dc813de5
@group(0) @binding(0) var<storage, read> in0: array<u32>;
@group(0) @binding(1) var<storage, read> in1: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> in2: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> out0: array<vec4<f32>>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn compute(x0: bool, x1: f32, x2: f32) -> f32 {
  let e0: f32 = select(x2, x1, x0);
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let row0 = row;
    let row1 = 0u * p.columns;
    let row2 = row * p.columns;
    let v0 = in0[row0];
    let v1 = in1[row1 + column];
    let v2 = in2[row2 + column];
    out0[offset] = vec4<f32>(compute((v0 != 0u), v1.x, v2.x), compute((v0 != 0u), v1.y, v2.y), compute((v0 != 0u), v1.z, v2.z), compute((v0 != 0u), v1.w, v2.w));
  }
}
