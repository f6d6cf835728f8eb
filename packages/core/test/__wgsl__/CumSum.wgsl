// software cumsum, 2 bindings: cumsum_f32
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { columns: u32, dim: u32, inner: u32 }
@group(0) @binding(2) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let column = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (column >= p.columns) { return; }
  let base = column / p.inner * p.dim * p.inner + column % p.inner;
  var sum = f32(0);
  for (var i = 0u; i < p.dim; i++) {
    let offset = base + i * p.inner;
    sum += f32(in0[offset]);
    out0[offset] = f32(sum);
  }
}

// hardware cumsum, 2 bindings: cumsum_f32
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { columns: u32, dim: u32, inner: u32 }
@group(0) @binding(2) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let column = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (column >= p.columns) { return; }
  let base = column / p.inner * p.dim * p.inner + column % p.inner;
  var sum = f32(0);
  for (var i = 0u; i < p.dim; i++) {
    let offset = base + i * p.inner;
    sum += f32(in0[offset]);
    out0[offset] = f32(sum);
  }
}

// software cumsum, 3 bindings: cumsum_i64
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read_write> out0: array<i32>;
@group(0) @binding(2) var<storage, read_write> overflow: array<atomic<u32>>;
struct Params { columns: u32, dim: u32, inner: u32, overflow_mark: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn report_overflow() {
  atomicMax(&overflow[0], p.overflow_mark);
}

fn add_words(a: vec2u, b: vec2u) -> vec2u {
  let low = a.x + b.x;
  return vec2u(low, a.y + b.y + select(0u, 1u, low < a.x));
}

fn words_i64(x: i32) -> vec2u {
  return vec2u(bitcast<u32>(x), bitcast<u32>(x >> 31u));
}

fn from_words_i64(words: vec2u) -> i32 {
  let x = bitcast<i32>(words.x);
  if (any(words_i64(x) != words)) { report_overflow(); }
  return x;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let column = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (column >= p.columns) { return; }
  let base = column / p.inner * p.dim * p.inner + column % p.inner;
  var sum = vec2u();
  for (var i = 0u; i < p.dim; i++) {
    let offset = base + i * p.inner;
    sum = add_words(sum, words_i64(in0[offset]));
    out0[offset] = from_words_i64(sum);
  }
}

// hardware cumsum, 3 bindings: cumsum_i64
@group(0) @binding(0) var<storage, read> in0: array<i32>;
@group(0) @binding(1) var<storage, read_write> out0: array<i32>;
@group(0) @binding(2) var<storage, read_write> overflow: array<atomic<u32>>;
struct Params { columns: u32, dim: u32, inner: u32, overflow_mark: u32 }
@group(0) @binding(3) var<uniform> p: Params;
fn report_overflow() {
  atomicMax(&overflow[0], p.overflow_mark);
}

fn add_words(a: vec2u, b: vec2u) -> vec2u {
  let low = a.x + b.x;
  return vec2u(low, a.y + b.y + select(0u, 1u, low < a.x));
}

fn words_i64(x: i32) -> vec2u {
  return vec2u(bitcast<u32>(x), bitcast<u32>(x >> 31u));
}

fn from_words_i64(words: vec2u) -> i32 {
  let x = bitcast<i32>(words.x);
  if (any(words_i64(x) != words)) { report_overflow(); }
  return x;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let column = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (column >= p.columns) { return; }
  let base = column / p.inner * p.dim * p.inner + column % p.inner;
  var sum = vec2u();
  for (var i = 0u; i < p.dim; i++) {
    let offset = base + i * p.inner;
    sum = add_words(sum, words_i64(in0[offset]));
    out0[offset] = from_words_i64(sum);
  }
}
