@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { size: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn power(x: f32, y: f32) -> f32 {
  if (y == 0.0) { return 1.0; }
  let positive = pow(abs(x), y);
  if (x >= 0.0) { return positive; }
  let bits = 0x7fc00000u;
  if (trunc(y) != y) { return bitcast<f32>(bits); }
  let odd = abs(y) < 16777216.0 && (i32(y) & 1) == 1;
  return select(positive, -positive, odd);
}
fn power_u32(x: u32, y: u32) -> u32 {
  var result = 1u;
  var base = x;
  for (var rest = y; rest > 0u; rest = rest >> 1u) {
    if ((rest & 1u) == 1u) { result *= base; }
    base *= base;
  }
  return result;
}
fn power_i32(x: i32, y: i32) -> i32 {
  if (y < 0) { return select(0, 1, x == 1); }
  return bitcast<i32>(power_u32(bitcast<u32>(x), bitcast<u32>(y)));
}

fn compute(x0: f32, x1: i32) -> f32 {
  let e0: f32 = f32(x1);
  let e1: f32 = power(x0, e0);
  return e1;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = compute(in0[offset], in1[offset]); }
}
