// software lrn, 2 bindings: lrn_f32
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { count: u32, channels: u32, inner: u32, before: u32, after: u32, factor: f32, beta: f32, bias: f32 }
@group(0) @binding(2) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let offset = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (offset >= p.count) { return; }
  let c = (offset / p.inner) % p.channels;
  let before = min(p.before, c);
  let after = min(p.after, p.channels - 1u - c);
  var sum = 0.0;
  for (var i = 0u; i <= before + after; i++) {
    let value = in0[offset + i * p.inner - before * p.inner];
    sum += value * value;
  }
  let y = in0[offset] / pow(p.bias + p.factor * sum, p.beta);
  out0[offset] = y;
}

// hardware lrn, 2 bindings: lrn_f32
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { count: u32, channels: u32, inner: u32, before: u32, after: u32, factor: f32, beta: f32, bias: f32 }
@group(0) @binding(2) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let offset = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (offset >= p.count) { return; }
  let c = (offset / p.inner) % p.channels;
  let before = min(p.before, c);
  let after = min(p.after, p.channels - 1u - c);
  var sum = 0.0;
  for (var i = 0u; i <= before + after; i++) {
    let value = in0[offset + i * p.inner - before * p.inner];
    sum += value * value;
  }
  let y = in0[offset] / pow(p.bias + p.factor * sum, p.beta);
  out0[offset] = y;
}
