// elementwise_38caa35b
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: f32) -> f32 {
  return x0;
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

// elementwise_c368cb09
enable f16;
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f16>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: f32) -> f16 {
  return f16(x0);
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

// elementwise_f3d395ad
enable f16;
@group(0) @binding(0) var<storage, read> in0: array<f16>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: f32) -> f32 {
  return x0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var row = workgroup.y; row < p.rows; row += groups.y) {
    let row0 = 0u * p.columns;
    for (var column = workgroup.x * 64u + lane; column < p.columns; column += groups.x * 64u) {
      let offset = row * p.columns + column;
      let v0 = in0[row0 + column];
      out0[offset] = compute(f32(v0));
    }
  }
}

// elementwise_tof32_da5d4ccb
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: i32) -> f32 {
  let e0: f32 = f32(x0);
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

// elementwise_tof32_f21d6445
@group(0) @binding(0) var<storage, read> in0: array<u32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: bool) -> f32 {
  let e0: f32 = select(0.0, 1.0, x0);
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var row = workgroup.y; row < p.rows; row += groups.y) {
    let row0 = 0u * p.columns;
    for (var column = workgroup.x * 64u + lane; column < p.columns; column += groups.x * 64u) {
      let offset = row * p.columns + column;
      let v0 = in0[row0 + column];
      out0[offset] = compute((v0 != 0u));
    }
  }
}

// elementwise_toi32_51c01a7d
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

// elementwise_toi32_narrow_f662355f
@group(0) @binding(0) var<storage, read> in0: array<u32>;
@group(0) @binding(1) var<storage, read_write> out0: array<i32>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn compute(x0: u32) -> i32 {
  let e0: i32 = i32(x0);
  let e1: i32 = extractBits(e0, 0u, u32(i32(8)));
  return e1;
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

// elementwise_vec4_tobool_0b6983d5
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

// elementwise_vec4_toi32_fb2acbbf
@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> out0: array<vec4<i32>>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn compute(x0: f32) -> i32 {
  let e0: i32 = i32(select(clamp(x0, (-9223372036854776000f), 9223372036854776000f), 0.0, is_nan(x0)));
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

// elementwise_vec4_tou32_narrow_7f0412ad
@group(0) @binding(0) var<storage, read> in0: array<vec4<i32>>;
@group(0) @binding(1) var<storage, read_write> out0: array<vec4<u32>>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn compute(x0: i32) -> u32 {
  let e0: u32 = u32(x0);
  let e1: u32 = extractBits(e0, 0u, u32(8u));
  return e1;
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
