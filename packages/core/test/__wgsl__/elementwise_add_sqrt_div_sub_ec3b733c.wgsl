@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read> in3: array<f32>;
@group(0) @binding(4) var<storage, read> in4: array<f32>;
@group(0) @binding(5) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, in0_inner: u32, in0_dim: u32, in1_inner: u32, in1_dim: u32, in3_inner: u32, in3_dim: u32, in4_inner: u32, in4_dim: u32 }
@group(0) @binding(6) var<uniform> p: Params;
fn compute(x0: f32, x1: f32, x2: f32, x3: f32, x4: f32) -> f32 {
  let e0: f32 = 0.000009999999747378752f;
  let e1: f32 = (x0 + e0);
  let e2: f32 = sqrt(e1);
  let e3: f32 = (x1 / e2);
  let e4: f32 = (x2 - x3);
  let e5: f32 = (e4 * e3);
  let e6: f32 = (e5 + x4);
  return e6;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = compute(in0[((offset) / p.in0_inner) % p.in0_dim], in1[((offset) / p.in1_inner) % p.in1_dim], in2[offset], in3[((offset) / p.in3_inner) % p.in3_dim], in4[((offset) / p.in4_inner) % p.in4_dim]); }
}
