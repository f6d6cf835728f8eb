// elementwise_less_add_where_mul_6eed97f1
@group(0) @binding(0) var<storage, read> in0: array<vec4<i32>>;
@group(0) @binding(1) var<storage, read_write> out0: array<vec4<i32>>;
struct Params { size: u32 }
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
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = vec4<i32>(compute(in0[offset].x), compute(in0[offset].y), compute(in0[offset].z), compute(in0[offset].w)); }
}

// elementwise_less_add_where_mul_90e7c68c
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<i32>;
struct Params { size: u32, in1_inner: u32, in1_dim: u32 }
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
  let group = workgroup.x + workgroup.y * groups.x;
  for (var i = 0u; i < 8u; i++) {
    let offset = group * 512u + i * 64u + lane;
    if (offset < p.size) { out0[offset] = compute(in0[offset], in1[((offset) / p.in1_inner) % p.in1_dim]); }
  }
}

// elementwise_less_add_where_mul_bcc185d3
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<i32>;
struct Params { size: u32, in1_inner: u32, in1_dim: u32 }
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
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = compute(in0[offset], in1[((offset) / p.in1_inner) % p.in1_dim]); }
}

// elementwise_less_add_where_mul_c8b367da
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read_write> out0: array<i32>;
struct Params { size: u32 }
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
  let group = workgroup.x + workgroup.y * groups.x;
  for (var i = 0u; i < 8u; i++) {
    let offset = group * 512u + i * 64u + lane;
    if (offset < p.size) { out0[offset] = compute(in0[offset]); }
  }
}

// elementwise_less_add_where_mul_d4e63811
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<i32>;
struct Params { size: u32, in1_inner: u32, in1_dim: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn compute(x0: i32, x1: i32) -> i32 {
  let e0: i32 = i32(0);
  let e1: bool = (x0 < e0);
  let e2: i32 = i32(4);
  let e3: i32 = (x0 + e2);
  let e4: i32 = select(x0, e3, e1);
  let e5: i32 = i32(1);
  let e6: i32 = (e4 * e5);
  let e7: i32 = (e6 + x1);
  return e7;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = compute(in0[offset], in1[((offset) / p.in1_inner) % p.in1_dim]); }
}

// elementwise_less_add_where_mul_e9972692
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<i32>;
struct Params { size: u32, in1_inner: u32, in1_dim: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn compute(x0: i32, x1: i32) -> i32 {
  let e0: i32 = i32(0);
  let e1: bool = (x0 < e0);
  let e2: i32 = i32(4);
  let e3: i32 = (x0 + e2);
  let e4: i32 = select(x0, e3, e1);
  let e5: i32 = i32(1);
  let e6: i32 = (e4 * e5);
  let e7: i32 = (e6 + x1);
  return e7;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  for (var i = 0u; i < 8u; i++) {
    let offset = group * 512u + i * 64u + lane;
    if (offset < p.size) { out0[offset] = compute(in0[offset], in1[((offset) / p.in1_inner) % p.in1_dim]); }
  }
}

// scatter_add_f32
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
      value = value + update;
    }
  }
  out0[offset] = value;
}

// scatter_max_f32
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
      value = max(value, update);
    }
  }
  out0[offset] = value;
}

// scatter_none_f32
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
