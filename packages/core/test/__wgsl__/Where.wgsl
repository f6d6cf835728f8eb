// elementwise_where_1349ceb1
@group(0) @binding(0) var<storage, read> in0: array<u32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read> in2: array<i32>;
@group(0) @binding(3) var<storage, read_write> out0: array<i32>;
struct Params { size: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn compute(x0: bool, x1: i32, x2: i32) -> i32 {
  let e0: i32 = select(x2, x1, x0);
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  for (var i = 0u; i < 8u; i++) {
    let offset = group * 512u + i * 64u + lane;
    if (offset < p.size) { out0[offset] = compute((in0[offset] != 0u), in1[offset], in2[0u]); }
  }
}

// elementwise_where_3986933d
@group(0) @binding(0) var<storage, read> in0: array<u32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, in0_inner: u32, in0_dim: u32, in1_inner: u32, in1_dim: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn compute(x0: bool, x1: f32, x2: f32) -> f32 {
  let e0: f32 = select(x2, x1, x0);
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  for (var i = 0u; i < 8u; i++) {
    let offset = group * 512u + i * 64u + lane;
    if (offset < p.size) { out0[offset] = compute((in0[((offset) / p.in0_inner) % p.in0_dim] != 0u), in1[((offset) / p.in1_inner) % p.in1_dim], in2[offset]); }
  }
}

// elementwise_where_932f5bc7
@group(0) @binding(0) var<storage, read> in0: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read> in1: array<vec4<i32>>;
@group(0) @binding(2) var<storage, read> in2: array<i32>;
@group(0) @binding(3) var<storage, read_write> out0: array<vec4<i32>>;
struct Params { size: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn compute(x0: bool, x1: i32, x2: i32) -> i32 {
  let e0: i32 = select(x2, x1, x0);
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = vec4<i32>(compute((in0[offset].x != 0u), in1[offset].x, in2[0u]), compute((in0[offset].y != 0u), in1[offset].y, in2[0u]), compute((in0[offset].z != 0u), in1[offset].z, in2[0u]), compute((in0[offset].w != 0u), in1[offset].w, in2[0u])); }
}

// elementwise_where_ffcbb5ee
@group(0) @binding(0) var<storage, read> in0: array<u32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, in0_inner: u32, in0_dim: u32, in1_inner: u32, in1_dim: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn compute(x0: bool, x1: f32, x2: f32) -> f32 {
  let e0: f32 = select(x2, x1, x0);
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = compute((in0[((offset) / p.in0_inner) % p.in0_dim] != 0u), in1[((offset) / p.in1_inner) % p.in1_dim], in2[offset]); }
}
