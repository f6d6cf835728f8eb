// concat2_f32_software
@group(0) @binding(0) var<storage, read> part0: array<f32>;
@group(0) @binding(1) var<storage, read> part1: array<f32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, covered: u32, row: u32, base: u32, end0: u32, end1: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn copy_element(offset: u32) {
  let row = offset / p.covered;
  let at = offset % p.covered;
  let to = row * p.row + p.base + at;
  if (at < p.end0) { out0[to] = part0[row * (p.end0 - 0u) + at - 0u]; }
  else { out0[to] = part1[row * (p.end1 - p.end0) + at - p.end0]; }
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 512u + lane;
  for (var i = 0u; i < 8u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// concat2_f32_vec4
@group(0) @binding(0) var<storage, read> part0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> part1: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> out0: array<vec4<f32>>;
struct Params { size: u32, covered: u32, row: u32, base: u32, end0: u32, end1: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn copy_element(offset: u32) {
  let row = offset / p.covered;
  let at = offset % p.covered;
  let to = row * p.row + p.base + at;
  if (at < p.end0) { out0[to] = part0[row * (p.end0 - 0u) + at - 0u]; }
  else { out0[to] = part1[row * (p.end1 - p.end0) + at - p.end0]; }
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  for (var i = 0u; i < 1u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// concat2_i32
@group(0) @binding(0) var<storage, read> part0: array<i32>;
@group(0) @binding(1) var<storage, read> part1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<i32>;
struct Params { size: u32, covered: u32, row: u32, base: u32, end0: u32, end1: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn copy_element(offset: u32) {
  let row = offset / p.covered;
  let at = offset % p.covered;
  let to = row * p.row + p.base + at;
  if (at < p.end0) { out0[to] = part0[row * (p.end0 - 0u) + at - 0u]; }
  else { out0[to] = part1[row * (p.end1 - p.end0) + at - p.end0]; }
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  for (var i = 0u; i < 1u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// concat2_i32_software
@group(0) @binding(0) var<storage, read> part0: array<i32>;
@group(0) @binding(1) var<storage, read> part1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<i32>;
struct Params { size: u32, covered: u32, row: u32, base: u32, end0: u32, end1: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn copy_element(offset: u32) {
  let row = offset / p.covered;
  let at = offset % p.covered;
  let to = row * p.row + p.base + at;
  if (at < p.end0) { out0[to] = part0[row * (p.end0 - 0u) + at - 0u]; }
  else { out0[to] = part1[row * (p.end1 - p.end0) + at - p.end0]; }
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 512u + lane;
  for (var i = 0u; i < 8u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// concat3_f32
@group(0) @binding(0) var<storage, read> part0: array<f32>;
@group(0) @binding(1) var<storage, read> part1: array<f32>;
@group(0) @binding(2) var<storage, read> part2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, covered: u32, row: u32, base: u32, end0: u32, end1: u32, end2: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn copy_element(offset: u32) {
  let row = offset / p.covered;
  let at = offset % p.covered;
  let to = row * p.row + p.base + at;
  if (at < p.end0) { out0[to] = part0[row * (p.end0 - 0u) + at - 0u]; }
  else if (at < p.end1) { out0[to] = part1[row * (p.end1 - p.end0) + at - p.end0]; }
  else { out0[to] = part2[row * (p.end2 - p.end1) + at - p.end1]; }
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  for (var i = 0u; i < 1u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// concat3_f32_software
@group(0) @binding(0) var<storage, read> part0: array<f32>;
@group(0) @binding(1) var<storage, read> part1: array<f32>;
@group(0) @binding(2) var<storage, read> part2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, covered: u32, row: u32, base: u32, end0: u32, end1: u32, end2: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn copy_element(offset: u32) {
  let row = offset / p.covered;
  let at = offset % p.covered;
  let to = row * p.row + p.base + at;
  if (at < p.end0) { out0[to] = part0[row * (p.end0 - 0u) + at - 0u]; }
  else if (at < p.end1) { out0[to] = part1[row * (p.end1 - p.end0) + at - p.end0]; }
  else { out0[to] = part2[row * (p.end2 - p.end1) + at - p.end1]; }
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 512u + lane;
  for (var i = 0u; i < 8u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// concat5_f32
@group(0) @binding(0) var<storage, read> part0: array<f32>;
@group(0) @binding(1) var<storage, read> part1: array<f32>;
@group(0) @binding(2) var<storage, read> part2: array<f32>;
@group(0) @binding(3) var<storage, read> part3: array<f32>;
@group(0) @binding(4) var<storage, read> part4: array<f32>;
@group(0) @binding(5) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, covered: u32, row: u32, base: u32, end0: u32, end1: u32, end2: u32, end3: u32, end4: u32 }
@group(0) @binding(6) var<uniform> p: Params;
fn copy_element(offset: u32) {
  let row = offset / p.covered;
  let at = offset % p.covered;
  let to = row * p.row + p.base + at;
  if (at < p.end0) { out0[to] = part0[row * (p.end0 - 0u) + at - 0u]; }
  else if (at < p.end1) { out0[to] = part1[row * (p.end1 - p.end0) + at - p.end0]; }
  else if (at < p.end2) { out0[to] = part2[row * (p.end2 - p.end1) + at - p.end1]; }
  else if (at < p.end3) { out0[to] = part3[row * (p.end3 - p.end2) + at - p.end2]; }
  else { out0[to] = part4[row * (p.end4 - p.end3) + at - p.end3]; }
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  for (var i = 0u; i < 1u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// concat5_f32_software
@group(0) @binding(0) var<storage, read> part0: array<f32>;
@group(0) @binding(1) var<storage, read> part1: array<f32>;
@group(0) @binding(2) var<storage, read> part2: array<f32>;
@group(0) @binding(3) var<storage, read> part3: array<f32>;
@group(0) @binding(4) var<storage, read> part4: array<f32>;
@group(0) @binding(5) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, covered: u32, row: u32, base: u32, end0: u32, end1: u32, end2: u32, end3: u32, end4: u32 }
@group(0) @binding(6) var<uniform> p: Params;
fn copy_element(offset: u32) {
  let row = offset / p.covered;
  let at = offset % p.covered;
  let to = row * p.row + p.base + at;
  if (at < p.end0) { out0[to] = part0[row * (p.end0 - 0u) + at - 0u]; }
  else if (at < p.end1) { out0[to] = part1[row * (p.end1 - p.end0) + at - p.end0]; }
  else if (at < p.end2) { out0[to] = part2[row * (p.end2 - p.end1) + at - p.end1]; }
  else if (at < p.end3) { out0[to] = part3[row * (p.end3 - p.end2) + at - p.end2]; }
  else { out0[to] = part4[row * (p.end4 - p.end3) + at - p.end3]; }
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 512u + lane;
  for (var i = 0u; i < 8u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// concat7_f32
@group(0) @binding(0) var<storage, read> part0: array<f32>;
@group(0) @binding(1) var<storage, read> part1: array<f32>;
@group(0) @binding(2) var<storage, read> part2: array<f32>;
@group(0) @binding(3) var<storage, read> part3: array<f32>;
@group(0) @binding(4) var<storage, read> part4: array<f32>;
@group(0) @binding(5) var<storage, read> part5: array<f32>;
@group(0) @binding(6) var<storage, read> part6: array<f32>;
@group(0) @binding(7) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, covered: u32, row: u32, base: u32, end0: u32, end1: u32, end2: u32, end3: u32, end4: u32, end5: u32, end6: u32 }
@group(0) @binding(8) var<uniform> p: Params;
fn copy_element(offset: u32) {
  let row = offset / p.covered;
  let at = offset % p.covered;
  let to = row * p.row + p.base + at;
  if (at < p.end0) { out0[to] = part0[row * (p.end0 - 0u) + at - 0u]; }
  else if (at < p.end1) { out0[to] = part1[row * (p.end1 - p.end0) + at - p.end0]; }
  else if (at < p.end2) { out0[to] = part2[row * (p.end2 - p.end1) + at - p.end1]; }
  else if (at < p.end3) { out0[to] = part3[row * (p.end3 - p.end2) + at - p.end2]; }
  else if (at < p.end4) { out0[to] = part4[row * (p.end4 - p.end3) + at - p.end3]; }
  else if (at < p.end5) { out0[to] = part5[row * (p.end5 - p.end4) + at - p.end4]; }
  else { out0[to] = part6[row * (p.end6 - p.end5) + at - p.end5]; }
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  for (var i = 0u; i < 1u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// concat7_f32_software
@group(0) @binding(0) var<storage, read> part0: array<f32>;
@group(0) @binding(1) var<storage, read> part1: array<f32>;
@group(0) @binding(2) var<storage, read> part2: array<f32>;
@group(0) @binding(3) var<storage, read> part3: array<f32>;
@group(0) @binding(4) var<storage, read> part4: array<f32>;
@group(0) @binding(5) var<storage, read> part5: array<f32>;
@group(0) @binding(6) var<storage, read> part6: array<f32>;
@group(0) @binding(7) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, covered: u32, row: u32, base: u32, end0: u32, end1: u32, end2: u32, end3: u32, end4: u32, end5: u32, end6: u32 }
@group(0) @binding(8) var<uniform> p: Params;
fn copy_element(offset: u32) {
  let row = offset / p.covered;
  let at = offset % p.covered;
  let to = row * p.row + p.base + at;
  if (at < p.end0) { out0[to] = part0[row * (p.end0 - 0u) + at - 0u]; }
  else if (at < p.end1) { out0[to] = part1[row * (p.end1 - p.end0) + at - p.end0]; }
  else if (at < p.end2) { out0[to] = part2[row * (p.end2 - p.end1) + at - p.end1]; }
  else if (at < p.end3) { out0[to] = part3[row * (p.end3 - p.end2) + at - p.end2]; }
  else if (at < p.end4) { out0[to] = part4[row * (p.end4 - p.end3) + at - p.end3]; }
  else if (at < p.end5) { out0[to] = part5[row * (p.end5 - p.end4) + at - p.end4]; }
  else { out0[to] = part6[row * (p.end6 - p.end5) + at - p.end5]; }
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 512u + lane;
  for (var i = 0u; i < 8u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}
