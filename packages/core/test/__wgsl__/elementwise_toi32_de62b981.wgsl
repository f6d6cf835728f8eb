@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> out0: array<vec4<i32>>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn compute(x0: f32) -> i32 {
  let e0: i32 = i32(select(clamp(x0, (-2147483648f), 2147483648f), 0.0, is_nan(x0)));
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = vec4<i32>(compute(in0[offset].x), compute(in0[offset].y), compute(in0[offset].z), compute(in0[offset].w)); }
}
