@group(0) @binding(0) var<storage, read> in0: array<u32>;
@group(0) @binding(1) var<storage, read> in1: array<u32>;
@group(0) @binding(2) var<storage, read_write> out0: array<u32>;
struct Params { size: u32, in1_inner: u32, in1_dim: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn compute(x0: bool, x1: bool) -> u32 {
  let e0: bool = (x0 != x1);
  return select(u32(0), u32(1), e0);
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = compute((in0[offset] != 0u), (in1[((offset) / p.in1_inner) % p.in1_dim] != 0u)); }
}
