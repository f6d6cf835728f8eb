// software normalize a workgroup a row, 4 bindings: normalize_mul_add_61da022c
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, width: u32, epsilon: f32 }
@group(0) @binding(4) var<uniform> p: Params;
fn load(offset: u32) -> f32 {
  return in0[offset];
}

fn epilogue(accumulator: f32, offset: u32, column: u32) -> f32 {
  let e_in1: f32 = in1[column];
  let e_in2: f32 = in2[column];
  let e0: f32 = (accumulator * e_in1);
  let e1: f32 = (e0 + e_in2);
  return e1;
}

var<workgroup> partial: array<f32, 64>;

fn total(value: f32, lane: u32) -> f32 {
  partial[lane] = value;
  for (var half = 32u; half > 0u; half = half >> 1u) {
    workgroupBarrier();
    if (lane < half) { partial[lane] += partial[lane + half]; }
  }
  workgroupBarrier();
  let sum = partial[0];
  workgroupBarrier();
  return sum;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = workgroup.x + workgroup.y * groups.x;
  if (row >= p.rows) { return; }
  let base = row * p.width;
  var sum = 0.0;
  for (var i = lane; i < p.width; i += 64u) { sum += load(base + i); }
  let mean = total(sum, lane) / f32(p.width);
  var squares = 0.0;
  for (var i = lane; i < p.width; i += 64u) {
    let d = load(base + i) - mean;
    squares += d * d;
  }
  let inverse = inverseSqrt(total(squares, lane) / f32(p.width) + p.epsilon);
  for (var column = lane; column < p.width; column += 64u) {
    out0[base + column] = epilogue((load(base + column) - mean) * inverse, base + column, column);
  }
}

// hardware normalize a workgroup a row, 4 bindings: normalize_mul_add_61da022c
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, width: u32, epsilon: f32 }
@group(0) @binding(4) var<uniform> p: Params;
fn load(offset: u32) -> f32 {
  return in0[offset];
}

fn epilogue(accumulator: f32, offset: u32, column: u32) -> f32 {
  let e_in1: f32 = in1[column];
  let e_in2: f32 = in2[column];
  let e0: f32 = (accumulator * e_in1);
  let e1: f32 = (e0 + e_in2);
  return e1;
}

var<workgroup> partial: array<f32, 64>;

fn total(value: f32, lane: u32) -> f32 {
  partial[lane] = value;
  for (var half = 32u; half > 0u; half = half >> 1u) {
    workgroupBarrier();
    if (lane < half) { partial[lane] += partial[lane + half]; }
  }
  workgroupBarrier();
  let sum = partial[0];
  workgroupBarrier();
  return sum;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = workgroup.x + workgroup.y * groups.x;
  if (row >= p.rows) { return; }
  let base = row * p.width;
  var sum = 0.0;
  for (var i = lane; i < p.width; i += 64u) { sum += load(base + i); }
  let mean = total(sum, lane) / f32(p.width);
  var squares = 0.0;
  for (var i = lane; i < p.width; i += 64u) {
    let d = load(base + i) - mean;
    squares += d * d;
  }
  let inverse = inverseSqrt(total(squares, lane) / f32(p.width) + p.epsilon);
  for (var column = lane; column < p.width; column += 64u) {
    out0[base + column] = epilogue((load(base + column) - mean) * inverse, base + column, column);
  }
}

// software normalize a workgroup a row, 2 bindings: normalize_c440d2a5
enable f16;
@group(0) @binding(0) var<storage, read> in0: array<f16>;
@group(0) @binding(1) var<storage, read_write> out0: array<f16>;
struct Params { rows: u32, width: u32, epsilon: f32 }
@group(0) @binding(2) var<uniform> p: Params;
fn load(offset: u32) -> f32 {
  return f32(in0[offset]);
}

fn epilogue(accumulator: f32, offset: u32, column: u32) -> f16 {
  return f16(accumulator);
}

var<workgroup> partial: array<f32, 64>;

fn total(value: f32, lane: u32) -> f32 {
  partial[lane] = value;
  for (var half = 32u; half > 0u; half = half >> 1u) {
    workgroupBarrier();
    if (lane < half) { partial[lane] += partial[lane + half]; }
  }
  workgroupBarrier();
  let sum = partial[0];
  workgroupBarrier();
  return sum;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = workgroup.x + workgroup.y * groups.x;
  if (row >= p.rows) { return; }
  let base = row * p.width;
  let mean = 0.0;
  var squares = 0.0;
  for (var i = lane; i < p.width; i += 64u) {
    let d = load(base + i) - mean;
    squares += d * d;
  }
  let inverse = inverseSqrt(total(squares, lane) / f32(p.width) + p.epsilon);
  for (var column = lane; column < p.width; column += 64u) {
    out0[base + column] = epilogue((load(base + column) - mean) * inverse, base + column, column);
  }
}

// hardware normalize a workgroup a row, 2 bindings: normalize_c440d2a5
enable f16;
@group(0) @binding(0) var<storage, read> in0: array<f16>;
@group(0) @binding(1) var<storage, read_write> out0: array<f16>;
struct Params { rows: u32, width: u32, epsilon: f32 }
@group(0) @binding(2) var<uniform> p: Params;
fn load(offset: u32) -> f32 {
  return f32(in0[offset]);
}

fn epilogue(accumulator: f32, offset: u32, column: u32) -> f16 {
  return f16(accumulator);
}

var<workgroup> partial: array<f32, 64>;

fn total(value: f32, lane: u32) -> f32 {
  partial[lane] = value;
  for (var half = 32u; half > 0u; half = half >> 1u) {
    workgroupBarrier();
    if (lane < half) { partial[lane] += partial[lane + half]; }
  }
  workgroupBarrier();
  let sum = partial[0];
  workgroupBarrier();
  return sum;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = workgroup.x + workgroup.y * groups.x;
  if (row >= p.rows) { return; }
  let base = row * p.width;
  let mean = 0.0;
  var squares = 0.0;
  for (var i = lane; i < p.width; i += 64u) {
    let d = load(base + i) - mean;
    squares += d * d;
  }
  let inverse = inverseSqrt(total(squares, lane) / f32(p.width) + p.epsilon);
  for (var column = lane; column < p.width; column += 64u) {
    out0[base + column] = epilogue((load(base + column) - mean) * inverse, base + column, column);
  }
}

// software normalize a workgroup a row, 3 bindings: normalize_mul_cabb9e69
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, width: u32, epsilon: f32 }
@group(0) @binding(3) var<uniform> p: Params;
fn load(offset: u32) -> f32 {
  return in0[offset];
}

fn epilogue(accumulator: f32, offset: u32, column: u32) -> f32 {
  let e_in1: f32 = in1[column];
  let e0: f32 = (accumulator * e_in1);
  return e0;
}

var<workgroup> partial: array<f32, 64>;

fn total(value: f32, lane: u32) -> f32 {
  partial[lane] = value;
  for (var half = 32u; half > 0u; half = half >> 1u) {
    workgroupBarrier();
    if (lane < half) { partial[lane] += partial[lane + half]; }
  }
  workgroupBarrier();
  let sum = partial[0];
  workgroupBarrier();
  return sum;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = workgroup.x + workgroup.y * groups.x;
  if (row >= p.rows) { return; }
  let base = row * p.width;
  var sum = 0.0;
  for (var i = lane; i < p.width; i += 64u) { sum += load(base + i); }
  let mean = total(sum, lane) / f32(p.width);
  var squares = 0.0;
  for (var i = lane; i < p.width; i += 64u) {
    let d = load(base + i) - mean;
    squares += d * d;
  }
  let inverse = inverseSqrt(total(squares, lane) / f32(p.width) + p.epsilon);
  for (var column = lane; column < p.width; column += 64u) {
    out0[base + column] = epilogue((load(base + column) - mean) * inverse, base + column, column);
  }
}

// hardware normalize a workgroup a row, 3 bindings: normalize_mul_cabb9e69
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, width: u32, epsilon: f32 }
@group(0) @binding(3) var<uniform> p: Params;
fn load(offset: u32) -> f32 {
  return in0[offset];
}

fn epilogue(accumulator: f32, offset: u32, column: u32) -> f32 {
  let e_in1: f32 = in1[column];
  let e0: f32 = (accumulator * e_in1);
  return e0;
}

var<workgroup> partial: array<f32, 64>;

fn total(value: f32, lane: u32) -> f32 {
  partial[lane] = value;
  for (var half = 32u; half > 0u; half = half >> 1u) {
    workgroupBarrier();
    if (lane < half) { partial[lane] += partial[lane + half]; }
  }
  workgroupBarrier();
  let sum = partial[0];
  workgroupBarrier();
  return sum;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = workgroup.x + workgroup.y * groups.x;
  if (row >= p.rows) { return; }
  let base = row * p.width;
  var sum = 0.0;
  for (var i = lane; i < p.width; i += 64u) { sum += load(base + i); }
  let mean = total(sum, lane) / f32(p.width);
  var squares = 0.0;
  for (var i = lane; i < p.width; i += 64u) {
    let d = load(base + i) - mean;
    squares += d * d;
  }
  let inverse = inverseSqrt(total(squares, lane) / f32(p.width) + p.epsilon);
  for (var column = lane; column < p.width; column += 64u) {
    out0[base + column] = epilogue((load(base + column) - mean) * inverse, base + column, column);
  }
}

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

// software elementwise vec4, 3 bindings: elementwise_vec4_sub_mul_d80b2710
@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read_write> out0: array<vec4<f32>>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn compute(x0: f32, x1: f32) -> f32 {
  let e0: f32 = (x0 - x1);
  let e1: f32 = (e0 * e0);
  return e1;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let row0 = row * p.columns;
    let row1 = row;
    let v0 = in0[row0 + column];
    let v1 = in1[row1];
    out0[offset] = vec4<f32>(compute(v0.x, v1), compute(v0.y, v1), compute(v0.z, v1), compute(v0.w, v1));
  }
}

// software reduce lanes, dispatch 2, 2 bindings: reduce_lanes_mean_add_sqrt_reciprocal_01e0d42e
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, count: u32, kept_dim0: u32, kept_stride0: u32, gone_dim0: u32, gone_stride0: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32) -> f32 {
  let e0: f32 = 0.000009999999747378752f;
  let e1: f32 = (accumulator + e0);
  let e2: f32 = sqrt(e1);
  let e3: f32 = (1.0 / e2);
  return e3;
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

// hardware elementwise vec4, 3 bindings: elementwise_vec4_sub_mul_d80b2710
@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read_write> out0: array<vec4<f32>>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn compute(x0: f32, x1: f32) -> f32 {
  let e0: f32 = (x0 - x1);
  let e1: f32 = (e0 * e0);
  return e1;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let row0 = row * p.columns;
    let row1 = row;
    let v0 = in0[row0 + column];
    let v1 = in1[row1];
    out0[offset] = vec4<f32>(compute(v0.x, v1), compute(v0.y, v1), compute(v0.z, v1), compute(v0.w, v1));
  }
}

// hardware reduce lanes, dispatch 2, 2 bindings: reduce_lanes_mean_add_sqrt_reciprocal_01e0d42e
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, count: u32, kept_dim0: u32, kept_stride0: u32, gone_dim0: u32, gone_stride0: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32) -> f32 {
  let e0: f32 = 0.000009999999747378752f;
  let e1: f32 = (accumulator + e0);
  let e2: f32 = sqrt(e1);
  let e3: f32 = (1.0 / e2);
  return e3;
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
