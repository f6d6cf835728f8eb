enable f16;
@group(0) @binding(0) var<storage, read> in0: array<f16>;
@group(0) @binding(1) var<storage, read_write> out0: array<f16>;
struct Params { columns: u32, dim: u32, inner: u32 }
@group(0) @binding(2) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let column = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (column >= p.columns) { return; }
  let base = column / p.inner * p.dim * p.inner + column % p.inner;
  var largest = f32(in0[base]);
  for (var i = 1u; i < p.dim; i += 1u) {
    let offset = base + i * p.inner;
    largest = max(largest, f32(in0[offset]));
  }
  var sum = 0.0;
  for (var i = 0u; i < p.dim; i += 1u) {
    let offset = base + i * p.inner;
    sum += exp(f32(in0[offset]) - largest);
  }
  for (var i = 0u; i < p.dim; i += 1u) {
    let offset = base + i * p.inner;
    out0[offset] = f16(exp(f32(in0[offset]) - largest) / sum);
  }
}
