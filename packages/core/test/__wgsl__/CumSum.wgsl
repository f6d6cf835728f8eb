// software cumsum, 2 bindings: cumsum_f32
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { columns: u32, dim: u32, inner: u32 }
@group(0) @binding(2) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let column = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (column >= p.columns) { return; }
  let base = column / p.inner * p.dim * p.inner + column % p.inner;
  var sum = f32(0);
  for (var i = 0u; i < p.dim; i++) {
    let offset = base + i * p.inner;
    sum += f32(in0[offset]);
    out0[offset] = f32(sum);
  }
}

// hardware cumsum, 2 bindings: cumsum_f32
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { columns: u32, dim: u32, inner: u32 }
@group(0) @binding(2) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let column = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (column >= p.columns) { return; }
  let base = column / p.inner * p.dim * p.inner + column % p.inner;
  var sum = f32(0);
  for (var i = 0u; i < p.dim; i++) {
    let offset = base + i * p.inner;
    sum += f32(in0[offset]);
    out0[offset] = f32(sum);
  }
}
