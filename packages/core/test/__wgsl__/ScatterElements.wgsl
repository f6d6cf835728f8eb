// software elementwise, 3 bindings: elementwise_less_add_where_mul_16efaa9a
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<i32>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn compute(x0: i32, x1: i32) -> i32 {
  let e0: i32 = i32(0);
  let e1: bool = (x0 < e0);
  let e2: i32 = i32(3);
  let e3: i32 = (x0 + e2);
  let e4: i32 = select(x0, e3, e1);
  let e5: i32 = (e4 * e2);
  let e6: i32 = (e5 + x1);
  return e6;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let row0 = row * p.columns;
    let row1 = 0u * p.columns;
    let v0 = in0[row0 + column];
    let v1 = in1[row1 + column];
    out0[offset] = compute(v0, v1);
  }
}

// software scatter, 4 bindings: scatter_none_f32
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, count: u32, inner: u32 }
@group(0) @binding(4) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let offset = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (offset >= p.size) { return; }
  let slice = i32(offset / p.inner);
  var value = in0[offset];
  for (var entry = 0u; entry < p.count; entry++) {
    if (in1[entry] == slice) {
      let update = in2[entry * p.inner + offset % p.inner];
      value = update;
    }
  }
  out0[offset] = value;
}

// hardware elementwise, 3 bindings: elementwise_less_add_where_mul_16efaa9a
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<i32>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn compute(x0: i32, x1: i32) -> i32 {
  let e0: i32 = i32(0);
  let e1: bool = (x0 < e0);
  let e2: i32 = i32(3);
  let e3: i32 = (x0 + e2);
  let e4: i32 = select(x0, e3, e1);
  let e5: i32 = (e4 * e2);
  let e6: i32 = (e5 + x1);
  return e6;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let row0 = row * p.columns;
    let row1 = 0u * p.columns;
    let v0 = in0[row0 + column];
    let v1 = in1[row1 + column];
    out0[offset] = compute(v0, v1);
  }
}

// hardware scatter, 4 bindings: scatter_none_f32
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, count: u32, inner: u32 }
@group(0) @binding(4) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let offset = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (offset >= p.size) { return; }
  let slice = i32(offset / p.inner);
  var value = in0[offset];
  for (var entry = 0u; entry < p.count; entry++) {
    if (in1[entry] == slice) {
      let update = in2[entry * p.inner + offset % p.inner];
      value = update;
    }
  }
  out0[offset] = value;
}

// software elementwise vec4, 2 bindings: elementwise_vec4_less_add_where_mul_312b5bed
@group(0) @binding(0) var<storage, read> in0: array<vec4<i32>>;
@group(0) @binding(1) var<storage, read_write> out0: array<vec4<i32>>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: i32) -> i32 {
  let e0: i32 = i32(0);
  let e1: bool = (x0 < e0);
  let e2: i32 = i32(4);
  let e3: i32 = (x0 + e2);
  let e4: i32 = select(x0, e3, e1);
  let e5: i32 = i32(1);
  let e6: i32 = (e4 * e5);
  return e6;
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

// hardware elementwise vec4, 2 bindings: elementwise_vec4_less_add_where_mul_312b5bed
@group(0) @binding(0) var<storage, read> in0: array<vec4<i32>>;
@group(0) @binding(1) var<storage, read_write> out0: array<vec4<i32>>;
struct Params { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: i32) -> i32 {
  let e0: i32 = i32(0);
  let e1: bool = (x0 < e0);
  let e2: i32 = i32(4);
  let e3: i32 = (x0 + e2);
  let e4: i32 = select(x0, e3, e1);
  let e5: i32 = i32(1);
  let e6: i32 = (e4 * e5);
  return e6;
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
