@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> in1: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> out0: array<vec4<f32>>;
struct Params { size: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn compute(x0: f32, x1: f32) -> f32 {
  let e0: f32 = (x0 + x1);
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = vec4<f32>(compute(in0[offset].x, in1[offset].x), compute(in0[offset].y, in1[offset].y), compute(in0[offset].z, in1[offset].z), compute(in0[offset].w, in1[offset].w)); }
}
