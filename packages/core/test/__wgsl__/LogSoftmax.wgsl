// software log_softmax lanes, 2 bindings: log_softmax_lanes_f32
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
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
    out0[offset] = f32(f32(in0[offset]) - largest - log(sum));
  }
}

// hardware log_softmax lanes, 2 bindings: log_softmax_lanes_f32
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
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
    out0[offset] = f32(f32(in0[offset]) - largest - log(sum));
  }
}

// hardware log_softmax group, 2 bindings: log_softmax_group_f32
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { columns: u32, dim: u32, inner: u32 }
@group(0) @binding(2) var<uniform> p: Params;
var<workgroup> shared_values: array<f32, 64>;

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let column = min(workgroup.x + workgroup.y * groups.x, p.columns - 1u);
  let base = column / p.inner * p.dim * p.inner + column % p.inner;
  var partial = f32(in0[base]);
  for (var i = lane; i < p.dim; i += 64u) {
    let offset = base + i * p.inner;
    partial = max(partial, f32(in0[offset]));
  }
  shared_values[lane] = partial;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half = half >> 1u) {
    if (lane < half) { shared_values[lane] = max(shared_values[lane], shared_values[lane + half]); }
    workgroupBarrier();
  }
  let largest = shared_values[0];
  workgroupBarrier();
  partial = 0.0;
  for (var i = lane; i < p.dim; i += 64u) {
    let offset = base + i * p.inner;
    partial += exp(f32(in0[offset]) - largest);
  }
  shared_values[lane] = partial;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half = half >> 1u) {
    if (lane < half) { shared_values[lane] = shared_values[lane] + shared_values[lane + half]; }
    workgroupBarrier();
  }
  let sum = shared_values[0];
  for (var i = lane; i < p.dim; i += 64u) {
    let offset = base + i * p.inner;
    out0[offset] = f32(f32(in0[offset]) - largest - log(sum));
  }
}
