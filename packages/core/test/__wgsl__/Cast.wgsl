// software elementwise, 2 bindings: elementwise_toi32_51c01a7d
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<i32>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn compute(x0: f32) -> i32 {
  let e0: i32 = i32(select(clamp(x0, (-2147483648f), 2147483648f), 0.0, is_nan(x0)));
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var row = workgroup.y; row < p.rows; row += groups.y) {
    let row0 = 0u * p.columns;
    for (var column = workgroup.x * 64u + lane; column < p.columns; column += groups.x * 64u) {
      let offset = row * p.columns + column;
      let v0 = in0[row0 + column];
      out0[offset] = compute(v0);
    }
  }
}

// hardware elementwise, 2 bindings: elementwise_toi32_51c01a7d
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<i32>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn compute(x0: f32) -> i32 {
  let e0: i32 = i32(select(clamp(x0, (-2147483648f), 2147483648f), 0.0, is_nan(x0)));
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var row = workgroup.y; row < p.rows; row += groups.y) {
    let row0 = 0u * p.columns;
    for (var column = workgroup.x * 64u + lane; column < p.columns; column += groups.x * 64u) {
      let offset = row * p.columns + column;
      let v0 = in0[row0 + column];
      out0[offset] = compute(v0);
    }
  }
}

// software elementwise vec4, 3 bindings: elementwise_vec4_toi32_28e17e39
@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> out0: array<vec4<i32>>;
@group(0) @binding(2) var<storage, read_write> overflow: array<atomic<u32>>;
struct Params { rows: u32, columns: u32, overflow_mark: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn report_overflow() {
  atomicMax(&overflow[0], p.overflow_mark);
}

fn i64_of_f32(x: f32) -> i32 {
  if ((bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u) { return 0; }
  if (x >= 2147483648.0 && x < 9223372036854775808.0) { report_overflow(); }
  if (x < -2147483648.0 && x >= -9223372036854775808.0) { report_overflow(); }
  return i32(clamp(x, -2147483648.0, 2147483520.0)) + select(0, 127, x >= 2147483648.0);
}

fn compute(x0: f32) -> i32 {
  let e0: i32 = i64_of_f32(x0);
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var row = workgroup.y; row < p.rows; row += groups.y) {
    let row0 = 0u * p.columns;
    for (var column = workgroup.x * 64u + lane; column < p.columns; column += groups.x * 64u) {
      let offset = row * p.columns + column;
      let v0 = in0[row0 + column];
      out0[offset] = vec4<i32>(compute(v0.x), compute(v0.y), compute(v0.z), compute(v0.w));
    }
  }
}

// hardware elementwise vec4, 3 bindings: elementwise_vec4_toi32_28e17e39
@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> out0: array<vec4<i32>>;
@group(0) @binding(2) var<storage, read_write> overflow: array<atomic<u32>>;
struct Params { rows: u32, columns: u32, overflow_mark: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn report_overflow() {
  atomicMax(&overflow[0], p.overflow_mark);
}

fn i64_of_f32(x: f32) -> i32 {
  if ((bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u) { return 0; }
  if (x >= 2147483648.0 && x < 9223372036854775808.0) { report_overflow(); }
  if (x < -2147483648.0 && x >= -9223372036854775808.0) { report_overflow(); }
  return i32(clamp(x, -2147483648.0, 2147483520.0)) + select(0, 127, x >= 2147483648.0);
}

fn compute(x0: f32) -> i32 {
  let e0: i32 = i64_of_f32(x0);
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var row = workgroup.y; row < p.rows; row += groups.y) {
    let row0 = 0u * p.columns;
    for (var column = workgroup.x * 64u + lane; column < p.columns; column += groups.x * 64u) {
      let offset = row * p.columns + column;
      let v0 = in0[row0 + column];
      out0[offset] = vec4<i32>(compute(v0.x), compute(v0.y), compute(v0.z), compute(v0.w));
    }
  }
}

// software elementwise vec4, 2 bindings: elementwise_vec4_tobool_0b6983d5
@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> out0: array<vec4<u32>>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: f32) -> u32 {
  let e0: bool = (x0 != 0.0);
  return select(u32(0), u32(1), e0);
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var row = workgroup.y; row < p.rows; row += groups.y) {
    let row0 = 0u * p.columns;
    for (var column = workgroup.x * 64u + lane; column < p.columns; column += groups.x * 64u) {
      let offset = row * p.columns + column;
      let v0 = in0[row0 + column];
      out0[offset] = vec4<u32>(compute(v0.x), compute(v0.y), compute(v0.z), compute(v0.w));
    }
  }
}

// hardware elementwise vec4, 2 bindings: elementwise_vec4_tobool_0b6983d5
@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> out0: array<vec4<u32>>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: f32) -> u32 {
  let e0: bool = (x0 != 0.0);
  return select(u32(0), u32(1), e0);
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var row = workgroup.y; row < p.rows; row += groups.y) {
    let row0 = 0u * p.columns;
    for (var column = workgroup.x * 64u + lane; column < p.columns; column += groups.x * 64u) {
      let offset = row * p.columns + column;
      let v0 = in0[row0 + column];
      out0[offset] = vec4<u32>(compute(v0.x), compute(v0.y), compute(v0.z), compute(v0.w));
    }
  }
}
