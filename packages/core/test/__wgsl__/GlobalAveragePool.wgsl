// software reduce lanes, 2 bindings: reduce_lanes_mean_d8576545
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, count: u32, kept_dim0: u32, kept_stride0: u32, gone_dim0: u32, gone_stride0: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32) -> f32 {
  return accumulator;
}

fn load(index: u32) -> f32 {
  return in0[index];
}

fn kept_offset(offset: u32) -> u32 {
  return offset * p.kept_stride0;
}

fn gone_offset(offset: u32) -> u32 {
  return offset * p.gone_stride0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let output = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (output >= p.size) { return; }
  let base = kept_offset(output);
  var sum = f32(0);
  for (var i = 0u; i < p.count; i += 1u) {
    let x = load(base + gone_offset(i));
    sum = sum + x;
  }
  out0[output] = epilogue(sum / f32(p.count), output);
}

// hardware reduce group64, 2 bindings: reduce_group64_mean_d8576545
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, count: u32, kept_dim0: u32, kept_stride0: u32, gone_dim0: u32, gone_stride0: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32) -> f32 {
  return accumulator;
}

fn load(index: u32) -> f32 {
  return in0[index];
}

fn kept_offset(offset: u32) -> u32 {
  return offset * p.kept_stride0;
}

fn gone_offset(offset: u32) -> u32 {
  return offset * p.gone_stride0;
}

var<workgroup> shared_values: array<f32, 64>;

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let output = min(workgroup.x + workgroup.y * groups.x, p.size - 1u);
  let base = kept_offset(output);
  var sum = f32(0);
  for (var i = lane; i < p.count; i += 64u) {
    let x = load(base + gone_offset(i));
    sum = sum + x;
  }
  shared_values[lane] = sum;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half = half >> 1u) {
    if (lane < half) { shared_values[lane] = shared_values[lane] + shared_values[lane + half]; }
    workgroupBarrier();
  }
  if (lane == 0u) {
    out0[output] = epilogue(shared_values[0] / f32(p.count), output);
  }
}

// hardware reduce lanes, 2 bindings: reduce_lanes_mean_d8576545
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, count: u32, kept_dim0: u32, kept_stride0: u32, gone_dim0: u32, gone_stride0: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32) -> f32 {
  return accumulator;
}

fn load(index: u32) -> f32 {
  return in0[index];
}

fn kept_offset(offset: u32) -> u32 {
  return offset * p.kept_stride0;
}

fn gone_offset(offset: u32) -> u32 {
  return offset * p.gone_stride0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let output = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (output >= p.size) { return; }
  let base = kept_offset(output);
  var sum = f32(0);
  for (var i = 0u; i < p.count; i += 1u) {
    let x = load(base + gone_offset(i));
    sum = sum + x;
  }
  out0[output] = epilogue(sum / f32(p.count), output);
}
