// elementwise_clip_2470b6cb
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: f32) -> f32 {
  let e0: f32 = 0f;
  let e1: f32 = 6f;
  let e2: f32 = min(max(x0, 0f), 6f);
  return e2;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = compute(in0[offset]); }
}

// elementwise_clip_2a2bf534
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: f32) -> f32 {
  let e0: f32 = 0f;
  let e1: f32 = 6f;
  let e2: f32 = min(max(x0, 0f), 6f);
  return e2;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  for (var i = 0u; i < 8u; i++) {
    let offset = group * 512u + i * 64u + lane;
    if (offset < p.size) { out0[offset] = compute(in0[offset]); }
  }
}

// elementwise_clip_9f52c5ae
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: f32) -> f32 {
  let e0: f32 = min(max(x0, (-1f)), 2f);
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  for (var i = 0u; i < 8u; i++) {
    let offset = group * 512u + i * 64u + lane;
    if (offset < p.size) { out0[offset] = compute(in0[offset]); }
  }
}

// elementwise_clip_b2f309a4
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read_write> out0: array<i32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: i32) -> i32 {
  let e0: i32 = i32(-2);
  let e1: i32 = i32(3);
  let e2: i32 = min(max(x0, i32(-2)), i32(3));
  return e2;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  for (var i = 0u; i < 8u; i++) {
    let offset = group * 512u + i * 64u + lane;
    if (offset < p.size) { out0[offset] = compute(in0[offset]); }
  }
}

// elementwise_clip_d90c0ffd
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: f32) -> f32 {
  let e0: f32 = min(max(x0, (-1f)), 2f);
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = compute(in0[offset]); }
}

// elementwise_clip_ed382ffb
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read_write> out0: array<i32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: i32) -> i32 {
  let e0: i32 = i32(-2);
  let e1: i32 = i32(3);
  let e2: i32 = min(max(x0, i32(-2)), i32(3));
  return e2;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = compute(in0[offset]); }
}

// elementwise_max_e1dd8feb
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn compute(x0: f32) -> f32 {
  let e0: f32 = (-1f);
  let e1: f32 = select(max(x0, e0), x0 + e0, is_nan(x0) || is_nan(e0));
  return e1;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = compute(in0[offset]); }
}

// elementwise_max_e798ce54
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn compute(x0: f32) -> f32 {
  let e0: f32 = (-1f);
  let e1: f32 = select(max(x0, e0), x0 + e0, is_nan(x0) || is_nan(e0));
  return e1;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  for (var i = 0u; i < 8u; i++) {
    let offset = group * 512u + i * 64u + lane;
    if (offset < p.size) { out0[offset] = compute(in0[offset]); }
  }
}

// elementwise_max_min_006fcbe9
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { size: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn compute(x0: f32, x1: f32, x2: f32) -> f32 {
  let e0: f32 = select(max(x0, x1), x0 + x1, is_nan(x0) || is_nan(x1));
  let e1: f32 = select(min(e0, x2), e0 + x2, is_nan(e0) || is_nan(x2));
  return e1;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  for (var i = 0u; i < 8u; i++) {
    let offset = group * 512u + i * 64u + lane;
    if (offset < p.size) { out0[offset] = compute(in0[offset], in1[0u], in2[0u]); }
  }
}

// elementwise_max_min_4617e75a
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { size: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn compute(x0: f32, x1: f32, x2: f32) -> f32 {
  let e0: f32 = select(max(x0, x1), x0 + x1, is_nan(x0) || is_nan(x1));
  let e1: f32 = select(min(e0, x2), e0 + x2, is_nan(e0) || is_nan(x2));
  return e1;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = compute(in0[offset], in1[0u], in2[0u]); }
}

// elementwise_min_08cdd7e5
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn compute(x0: f32) -> f32 {
  let e0: f32 = 1f;
  let e1: f32 = select(min(x0, e0), x0 + e0, is_nan(x0) || is_nan(e0));
  return e1;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  for (var i = 0u; i < 8u; i++) {
    let offset = group * 512u + i * 64u + lane;
    if (offset < p.size) { out0[offset] = compute(in0[offset]); }
  }
}

// elementwise_min_9ce02c26
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn compute(x0: f32) -> f32 {
  let e0: f32 = 1f;
  let e1: f32 = select(min(x0, e0), x0 + e0, is_nan(x0) || is_nan(e0));
  return e1;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = compute(in0[offset]); }
}

// elementwise_relu_0aae55dc
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: f32) -> f32 {
  let e0: f32 = 0f;
  let e1: f32 = max(x0, 0.0);
  return e1;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = compute(in0[offset]); }
}

// elementwise_relu_372778e3
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: f32) -> f32 {
  let e0: f32 = 0f;
  let e1: f32 = max(x0, 0.0);
  return e1;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  for (var i = 0u; i < 8u; i++) {
    let offset = group * 512u + i * 64u + lane;
    if (offset < p.size) { out0[offset] = compute(in0[offset]); }
  }
}
