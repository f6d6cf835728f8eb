// copy2_f16
enable f16;
@group(0) @binding(0) var<storage, read> in0: array<f16>;
@group(0) @binding(1) var<storage, read_write> out0: array<f16>;
struct Params { size: u32, offset: i32, dim0: u32, stride0: i32, dim1: u32, stride1: i32 }
@group(0) @binding(2) var<uniform> p: Params;
fn copy_element(offset: u32) {
  var rest = offset;
  var source = p.offset;
  let i1 = i32((rest % p.dim1));
  rest /= p.dim1;
  source += i1 * p.stride1;
  let i0 = i32(rest);
  source += i0 * p.stride0;
  out0[offset] = in0[source];
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  for (var i = 0u; i < 1u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// copy2_f16_software
enable f16;
@group(0) @binding(0) var<storage, read> in0: array<f16>;
@group(0) @binding(1) var<storage, read_write> out0: array<f16>;
struct Params { size: u32, offset: i32, dim0: u32, stride0: i32, dim1: u32, stride1: i32 }
@group(0) @binding(2) var<uniform> p: Params;
fn copy_element(offset: u32) {
  var rest = offset;
  var source = p.offset;
  let i1 = i32((rest % p.dim1));
  rest /= p.dim1;
  source += i1 * p.stride1;
  let i0 = i32(rest);
  source += i0 * p.stride0;
  out0[offset] = in0[source];
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 512u + lane;
  for (var i = 0u; i < 8u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// copy2_f32
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, offset: i32, dim0: u32, stride0: i32, dim1: u32, stride1: i32 }
@group(0) @binding(2) var<uniform> p: Params;
fn copy_element(offset: u32) {
  var rest = offset;
  var source = p.offset;
  let i1 = i32((rest % p.dim1));
  rest /= p.dim1;
  source += i1 * p.stride1;
  let i0 = i32(rest);
  source += i0 * p.stride0;
  out0[offset] = in0[source];
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  for (var i = 0u; i < 1u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// copy2_f32_software
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, offset: i32, dim0: u32, stride0: i32, dim1: u32, stride1: i32 }
@group(0) @binding(2) var<uniform> p: Params;
fn copy_element(offset: u32) {
  var rest = offset;
  var source = p.offset;
  let i1 = i32((rest % p.dim1));
  rest /= p.dim1;
  source += i1 * p.stride1;
  let i0 = i32(rest);
  source += i0 * p.stride0;
  out0[offset] = in0[source];
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 512u + lane;
  for (var i = 0u; i < 8u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// copy2_u32
@group(0) @binding(0) var<storage, read> in0: array<u32>;
@group(0) @binding(1) var<storage, read_write> out0: array<u32>;
struct Params { size: u32, offset: i32, dim0: u32, stride0: i32, dim1: u32, stride1: i32 }
@group(0) @binding(2) var<uniform> p: Params;
fn copy_element(offset: u32) {
  var rest = offset;
  var source = p.offset;
  let i1 = i32((rest % p.dim1));
  rest /= p.dim1;
  source += i1 * p.stride1;
  let i0 = i32(rest);
  source += i0 * p.stride0;
  out0[offset] = in0[source];
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  for (var i = 0u; i < 1u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// copy2_u32_software
@group(0) @binding(0) var<storage, read> in0: array<u32>;
@group(0) @binding(1) var<storage, read_write> out0: array<u32>;
struct Params { size: u32, offset: i32, dim0: u32, stride0: i32, dim1: u32, stride1: i32 }
@group(0) @binding(2) var<uniform> p: Params;
fn copy_element(offset: u32) {
  var rest = offset;
  var source = p.offset;
  let i1 = i32((rest % p.dim1));
  rest /= p.dim1;
  source += i1 * p.stride1;
  let i0 = i32(rest);
  source += i0 * p.stride0;
  out0[offset] = in0[source];
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 512u + lane;
  for (var i = 0u; i < 8u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// copy3_f32
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, offset: i32, dim0: u32, stride0: i32, dim1: u32, stride1: i32, dim2: u32, stride2: i32 }
@group(0) @binding(2) var<uniform> p: Params;
fn copy_element(offset: u32) {
  var rest = offset;
  var source = p.offset;
  let i2 = i32((rest % p.dim2));
  rest /= p.dim2;
  source += i2 * p.stride2;
  let i1 = i32((rest % p.dim1));
  rest /= p.dim1;
  source += i1 * p.stride1;
  let i0 = i32(rest);
  source += i0 * p.stride0;
  out0[offset] = in0[source];
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  for (var i = 0u; i < 1u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// copy3_f32_software
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, offset: i32, dim0: u32, stride0: i32, dim1: u32, stride1: i32, dim2: u32, stride2: i32 }
@group(0) @binding(2) var<uniform> p: Params;
fn copy_element(offset: u32) {
  var rest = offset;
  var source = p.offset;
  let i2 = i32((rest % p.dim2));
  rest /= p.dim2;
  source += i2 * p.stride2;
  let i1 = i32((rest % p.dim1));
  rest /= p.dim1;
  source += i1 * p.stride1;
  let i0 = i32(rest);
  source += i0 * p.stride0;
  out0[offset] = in0[source];
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 512u + lane;
  for (var i = 0u; i < 8u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// copy4_f32
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, offset: i32, dim0: u32, stride0: i32, dim1: u32, stride1: i32, dim2: u32, stride2: i32, dim3: u32, stride3: i32 }
@group(0) @binding(2) var<uniform> p: Params;
fn copy_element(offset: u32) {
  var rest = offset;
  var source = p.offset;
  let i3 = i32((rest % p.dim3));
  rest /= p.dim3;
  source += i3 * p.stride3;
  let i2 = i32((rest % p.dim2));
  rest /= p.dim2;
  source += i2 * p.stride2;
  let i1 = i32((rest % p.dim1));
  rest /= p.dim1;
  source += i1 * p.stride1;
  let i0 = i32(rest);
  source += i0 * p.stride0;
  out0[offset] = in0[source];
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  for (var i = 0u; i < 1u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// copy4_f32_software
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, offset: i32, dim0: u32, stride0: i32, dim1: u32, stride1: i32, dim2: u32, stride2: i32, dim3: u32, stride3: i32 }
@group(0) @binding(2) var<uniform> p: Params;
fn copy_element(offset: u32) {
  var rest = offset;
  var source = p.offset;
  let i3 = i32((rest % p.dim3));
  rest /= p.dim3;
  source += i3 * p.stride3;
  let i2 = i32((rest % p.dim2));
  rest /= p.dim2;
  source += i2 * p.stride2;
  let i1 = i32((rest % p.dim1));
  rest /= p.dim1;
  source += i1 * p.stride1;
  let i0 = i32(rest);
  source += i0 * p.stride0;
  out0[offset] = in0[source];
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 512u + lane;
  for (var i = 0u; i < 8u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}
