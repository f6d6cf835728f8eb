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

// resample_f32
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, rows: u32, columns: u32, inner: u32, taps: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn resample(offset: u32) {
  let slice = offset / p.inner;
  let base = slice / p.columns * p.rows * p.inner + offset % p.inner;
  let first = slice % p.columns * p.taps;
  var sum = 0.0;
  for (var tap = first; tap < first + p.taps; tap++) {
    sum += in2[tap] * f32(in0[base + u32(in1[tap]) * p.inner]);
  }
  out0[offset] = f32(sum);
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  for (var i = 0u; i < 1u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { resample(offset); }
  }
}

// resample_f32_software
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<i32>;
@group(0) @binding(2) var<storage, read> in2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, rows: u32, columns: u32, inner: u32, taps: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn resample(offset: u32) {
  let slice = offset / p.inner;
  let base = slice / p.columns * p.rows * p.inner + offset % p.inner;
  let first = slice % p.columns * p.taps;
  var sum = 0.0;
  for (var tap = first; tap < first + p.taps; tap++) {
    sum += in2[tap] * f32(in0[base + u32(in1[tap]) * p.inner]);
  }
  out0[offset] = f32(sum);
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let start = (workgroup.x + workgroup.y * groups.x) * 512u + lane;
  for (var i = 0u; i < 8u; i++) {
    let offset = start + i * 64u;
    if (offset < p.size) { resample(offset); }
  }
}
