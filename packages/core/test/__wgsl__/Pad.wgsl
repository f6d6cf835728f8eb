// copy1_fill_i32
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read_write> out0: array<i32>;
struct Params { size: u32, offset: i32, fill: i32, dim0: u32, stride0: i32, low0: i32, high0: i32 }
@group(0) @binding(2) var<uniform> p: Params;
fn copy_element(offset: u32) {
  let rest = offset;
  var source = p.offset;
  var inside = true;
  let i0 = i32(rest);
  source += i0 * p.stride0;
  inside = inside && i0 >= p.low0 && i0 < p.high0;
  if (inside) { out0[offset] = in0[source]; } else { out0[offset] = p.fill; }
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  for (var i = 0u; i < 1u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// copy1_fill_i32_software
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read_write> out0: array<i32>;
struct Params { size: u32, offset: i32, fill: i32, dim0: u32, stride0: i32, low0: i32, high0: i32 }
@group(0) @binding(2) var<uniform> p: Params;
fn copy_element(offset: u32) {
  let rest = offset;
  var source = p.offset;
  var inside = true;
  let i0 = i32(rest);
  source += i0 * p.stride0;
  inside = inside && i0 >= p.low0 && i0 < p.high0;
  if (inside) { out0[offset] = in0[source]; } else { out0[offset] = p.fill; }
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 512u + lane;
  for (var i = 0u; i < 8u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// copy2_fill_f32
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, offset: i32, fill: f32, dim0: u32, stride0: i32, low0: i32, high0: i32, dim1: u32, stride1: i32, low1: i32, high1: i32 }
@group(0) @binding(2) var<uniform> p: Params;
fn copy_element(offset: u32) {
  var rest = offset;
  var source = p.offset;
  var inside = true;
  let i1 = i32((rest % p.dim1));
  rest /= p.dim1;
  source += i1 * p.stride1;
  inside = inside && i1 >= p.low1 && i1 < p.high1;
  let i0 = i32(rest);
  source += i0 * p.stride0;
  inside = inside && i0 >= p.low0 && i0 < p.high0;
  if (inside) { out0[offset] = in0[source]; } else { out0[offset] = p.fill; }
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  for (var i = 0u; i < 1u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// copy2_fill_f32_software
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, offset: i32, fill: f32, dim0: u32, stride0: i32, low0: i32, high0: i32, dim1: u32, stride1: i32, low1: i32, high1: i32 }
@group(0) @binding(2) var<uniform> p: Params;
fn copy_element(offset: u32) {
  var rest = offset;
  var source = p.offset;
  var inside = true;
  let i1 = i32((rest % p.dim1));
  rest /= p.dim1;
  source += i1 * p.stride1;
  inside = inside && i1 >= p.low1 && i1 < p.high1;
  let i0 = i32(rest);
  source += i0 * p.stride0;
  inside = inside && i0 >= p.low0 && i0 < p.high0;
  if (inside) { out0[offset] = in0[source]; } else { out0[offset] = p.fill; }
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 512u + lane;
  for (var i = 0u; i < 8u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// copy3_fill_f32
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, offset: i32, fill: f32, dim0: u32, stride0: i32, low0: i32, high0: i32, dim1: u32, stride1: i32, low1: i32, high1: i32, dim2: u32, stride2: i32, low2: i32, high2: i32 }
@group(0) @binding(2) var<uniform> p: Params;
fn copy_element(offset: u32) {
  var rest = offset;
  var source = p.offset;
  var inside = true;
  let i2 = i32((rest % p.dim2));
  rest /= p.dim2;
  source += i2 * p.stride2;
  inside = inside && i2 >= p.low2 && i2 < p.high2;
  let i1 = i32((rest % p.dim1));
  rest /= p.dim1;
  source += i1 * p.stride1;
  inside = inside && i1 >= p.low1 && i1 < p.high1;
  let i0 = i32(rest);
  source += i0 * p.stride0;
  inside = inside && i0 >= p.low0 && i0 < p.high0;
  if (inside) { out0[offset] = in0[source]; } else { out0[offset] = p.fill; }
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  for (var i = 0u; i < 1u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// copy3_fill_f32_software
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, offset: i32, fill: f32, dim0: u32, stride0: i32, low0: i32, high0: i32, dim1: u32, stride1: i32, low1: i32, high1: i32, dim2: u32, stride2: i32, low2: i32, high2: i32 }
@group(0) @binding(2) var<uniform> p: Params;
fn copy_element(offset: u32) {
  var rest = offset;
  var source = p.offset;
  var inside = true;
  let i2 = i32((rest % p.dim2));
  rest /= p.dim2;
  source += i2 * p.stride2;
  inside = inside && i2 >= p.low2 && i2 < p.high2;
  let i1 = i32((rest % p.dim1));
  rest /= p.dim1;
  source += i1 * p.stride1;
  inside = inside && i1 >= p.low1 && i1 < p.high1;
  let i0 = i32(rest);
  source += i0 * p.stride0;
  inside = inside && i0 >= p.low0 && i0 < p.high0;
  if (inside) { out0[offset] = in0[source]; } else { out0[offset] = p.fill; }
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 512u + lane;
  for (var i = 0u; i < 8u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { copy_element(offset); }
  }
}

// gather_f32_i32
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, count: u32, dim: u32, inner: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn gather(offset: u32) {
  let slice = offset / p.inner;
  let picked = in1[slice % p.count];
  let index = u32(clamp(select(picked, picked + i32(p.dim), picked < 0), 0, i32(p.dim) - 1));
  out0[offset] = in0[(slice / p.count * p.dim + index) * p.inner + offset % p.inner];
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  for (var i = 0u; i < 1u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { gather(offset); }
  }
}

// gather_f32_i32_software
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, count: u32, dim: u32, inner: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn gather(offset: u32) {
  let slice = offset / p.inner;
  let picked = in1[slice % p.count];
  let index = u32(clamp(select(picked, picked + i32(p.dim), picked < 0), 0, i32(p.dim) - 1));
  out0[offset] = in0[(slice / p.count * p.dim + index) * p.inner + offset % p.inner];
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 512u + lane;
  for (var i = 0u; i < 8u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { gather(offset); }
  }
}

// gather_f32_i32_vec4
@group(0) @binding(0) var<storage, read> in0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<vec4<f32>>;
struct Params { size: u32, count: u32, dim: u32, inner: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn gather(offset: u32) {
  let slice = offset / p.inner;
  let picked = in1[slice % p.count];
  let index = u32(clamp(select(picked, picked + i32(p.dim), picked < 0), 0, i32(p.dim) - 1));
  out0[offset] = in0[(slice / p.count * p.dim + index) * p.inner + offset % p.inner];
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  for (var i = 0u; i < 1u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { gather(offset); }
  }
}
