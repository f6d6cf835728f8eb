// elementwise_236f902c
enable f16;
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f16>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: f32) -> f16 {
  return f16(x0);
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  for (var i = 0u; i < 8u; i++) {
    let offset = group * 512u + i * 64u + lane;
    if (offset < p.size) { out0[offset] = compute(in0[offset]); }
  }
}

// elementwise_4f494f73
enable f16;
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f16>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: f32) -> f16 {
  return f16(x0);
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = compute(in0[offset]); }
}

// elementwise_87f8c840
enable f16;
@group(0) @binding(0) var<storage, read> in0: array<f16>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: f32) -> f32 {
  return x0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  for (var i = 0u; i < 8u; i++) {
    let offset = group * 512u + i * 64u + lane;
    if (offset < p.size) { out0[offset] = compute(f32(in0[offset])); }
  }
}

// elementwise_c331fd81
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: f32) -> f32 {
  return x0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = compute(in0[offset]); }
}

// elementwise_d6a5b782
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: f32) -> f32 {
  return x0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  for (var i = 0u; i < 8u; i++) {
    let offset = group * 512u + i * 64u + lane;
    if (offset < p.size) { out0[offset] = compute(in0[offset]); }
  }
}

// elementwise_f470bd07
enable f16;
@group(0) @binding(0) var<storage, read> in0: array<f16>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: f32) -> f32 {
  return x0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = compute(f32(in0[offset])); }
}

// elementwise_tobool_683d97f2
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<u32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: f32) -> u32 {
  let e0: bool = (x0 != 0.0);
  return select(u32(0), u32(1), e0);
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  for (var i = 0u; i < 8u; i++) {
    let offset = group * 512u + i * 64u + lane;
    if (offset < p.size) { out0[offset] = compute(in0[offset]); }
  }
}

// elementwise_tobool_ca0031b9
@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> out0: array<vec4<u32>>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: f32) -> u32 {
  let e0: bool = (x0 != 0.0);
  return select(u32(0), u32(1), e0);
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = vec4<u32>(compute(in0[offset].x), compute(in0[offset].y), compute(in0[offset].z), compute(in0[offset].w)); }
}

// elementwise_tof32_57420ce2
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: i32) -> f32 {
  let e0: f32 = f32(x0);
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  for (var i = 0u; i < 8u; i++) {
    let offset = group * 512u + i * 64u + lane;
    if (offset < p.size) { out0[offset] = compute(in0[offset]); }
  }
}

// elementwise_tof32_c20552eb
@group(0) @binding(0) var<storage, read> in0: array<u32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: bool) -> f32 {
  let e0: f32 = select(0.0, 1.0, x0);
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = compute((in0[offset] != 0u)); }
}

// elementwise_tof32_c29054e1
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: i32) -> f32 {
  let e0: f32 = f32(x0);
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = compute(in0[offset]); }
}

// elementwise_tof32_c7c09154
@group(0) @binding(0) var<storage, read> in0: array<u32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn compute(x0: bool) -> f32 {
  let e0: f32 = select(0.0, 1.0, x0);
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  for (var i = 0u; i < 8u; i++) {
    let offset = group * 512u + i * 64u + lane;
    if (offset < p.size) { out0[offset] = compute((in0[offset] != 0u)); }
  }
}

// elementwise_toi32_23f8b2e3
@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> out0: array<vec4<i32>>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn compute(x0: f32) -> i32 {
  let e0: i32 = i32(select(clamp(x0, (-9223372036854776000f), 9223372036854776000f), 0.0, is_nan(x0)));
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = vec4<i32>(compute(in0[offset].x), compute(in0[offset].y), compute(in0[offset].z), compute(in0[offset].w)); }
}

// elementwise_toi32_88fba2f9
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<i32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn compute(x0: f32) -> i32 {
  let e0: i32 = i32(select(clamp(x0, (-2147483648f), 2147483648f), 0.0, is_nan(x0)));
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = compute(in0[offset]); }
}

// elementwise_toi32_b04a17ac
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<i32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn compute(x0: f32) -> i32 {
  let e0: i32 = i32(select(clamp(x0, (-9223372036854776000f), 9223372036854776000f), 0.0, is_nan(x0)));
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  for (var i = 0u; i < 8u; i++) {
    let offset = group * 512u + i * 64u + lane;
    if (offset < p.size) { out0[offset] = compute(in0[offset]); }
  }
}

// elementwise_toi32_cea22b6a
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<i32>;
struct Params { size: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn is_nan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn compute(x0: f32) -> i32 {
  let e0: i32 = i32(select(clamp(x0, (-2147483648f), 2147483648f), 0.0, is_nan(x0)));
  return e0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = workgroup.x + workgroup.y * groups.x;
  for (var i = 0u; i < 8u; i++) {
    let offset = group * 512u + i * 64u + lane;
    if (offset < p.size) { out0[offset] = compute(in0[offset]); }
  }
}

// elementwise_toi32_narrow_c4f8e3dc
@group(0) @binding(0) var<storage, read> in0: array<u32>;
@group(0) @binding(1) var<storage, read_write> out0: array<i32>;
struct Params { size: u32 }
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
  let group = workgroup.x + workgroup.y * groups.x;
  for (var i = 0u; i < 8u; i++) {
    let offset = group * 512u + i * 64u + lane;
    if (offset < p.size) { out0[offset] = compute(in0[offset]); }
  }
}

// elementwise_toi32_narrow_f17206e3
@group(0) @binding(0) var<storage, read> in0: array<u32>;
@group(0) @binding(1) var<storage, read_write> out0: array<i32>;
struct Params { size: u32 }
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
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = compute(in0[offset]); }
}

// elementwise_tou32_narrow_c4937051
@group(0) @binding(0) var<storage, read> in0: array<vec4<i32>>;
@group(0) @binding(1) var<storage, read_write> out0: array<vec4<u32>>;
struct Params { size: u32 }
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
  let group = workgroup.x + workgroup.y * groups.x;
  let offset = group * 64u + lane;
  if (offset < p.size) { out0[offset] = vec4<u32>(compute(in0[offset].x), compute(in0[offset].y), compute(in0[offset].z), compute(in0[offset].w)); }
}

// elementwise_tou32_narrow_e522237a
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read_write> out0: array<u32>;
struct Params { size: u32 }
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
  let group = workgroup.x + workgroup.y * groups.x;
  for (var i = 0u; i < 8u; i++) {
    let offset = group * 512u + i * 64u + lane;
    if (offset < p.size) { out0[offset] = compute(in0[offset]); }
  }
}
