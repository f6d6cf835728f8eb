// software resize image, 4 bindings: resize_image_columns
@group(0) @binding(0) var<storage, read> pixels: array<u32>;
@group(0) @binding(1) var<storage, read> geometry: array<i32>;
@group(0) @binding(2) var<storage, read> columns: array<i32>;
@group(0) @binding(3) var<storage, read_write> between: array<u32>;
struct Params { width: u32, room: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn bytes_of(pixel: u32) -> vec3i {
  return vec3i((vec3u(pixel) >> vec3u(0u, 8u, 16u)) & vec3u(255u));
}

fn to_bytes(sum: vec3i) -> vec3i {
  return clamp(sum >> vec3u(22u), vec3i(0), vec3i(255));
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let offset = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  let row = offset / p.width;
  let column = offset % p.width;
  if (row >= p.room || i32(row) >= geometry[2]) { return; }
  let taps = columns[3u * column + 1u];
  let weights = columns[3u * column + 2u];
  let source = (i32(row) + geometry[1]) * geometry[0] + columns[3u * column];
  var sum = vec3i(2097152);
  for (var tap = 0; tap < taps; tap++) { sum += bytes_of(pixels[source + tap]) * columns[weights + tap]; }
  let bytes = vec3u(to_bytes(sum));
  between[offset] = bytes.x | (bytes.y << 8u) | (bytes.z << 16u);
}

// software resize image, dispatch 2, 4 bindings: resize_image_rows
@group(0) @binding(0) var<storage, read> between: array<u32>;
@group(0) @binding(1) var<storage, read> columns: array<i32>;
@group(0) @binding(2) var<storage, read> rows: array<i32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { width: u32, size: u32, bgr: u32, fill: u32, scale: f32, mean0: f32, mean1: f32, mean2: f32, std0: f32, std1: f32, std2: f32 }
@group(0) @binding(4) var<uniform> p: Params;
fn bytes_of(pixel: u32) -> vec3i {
  return vec3i((vec3u(pixel) >> vec3u(0u, 8u, 16u)) & vec3u(255u));
}

fn to_bytes(sum: vec3i) -> vec3i {
  return clamp(sum >> vec3u(22u), vec3i(0), vec3i(255));
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let offset = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (offset >= p.size) { return; }
  let row = offset / p.width;
  let column = offset % p.width;
  let start = rows[3u * row];
  let taps = rows[3u * row + 1u];
  let weights = rows[3u * row + 2u];
  var bytes = bytes_of(p.fill);
  if (taps > 0 && columns[3u * column + 1u] > 0) {
    var sum = vec3i(2097152);
    for (var tap = 0; tap < taps; tap++) {
      sum += bytes_of(between[u32(start + tap) * p.width + column]) * rows[weights + tap];
    }
    bytes = to_bytes(sum);
  }
  let ordered = select(vec3f(bytes), vec3f(bytes.zyx), p.bgr != 0u);
  let value = (ordered * p.scale - vec3f(p.mean0, p.mean1, p.mean2)) / vec3f(p.std0, p.std1, p.std2);
  out0[offset] = value.x;
  out0[offset + p.size] = value.y;
  out0[offset + 2u * p.size] = value.z;
}

// hardware resize image, 4 bindings: resize_image_columns
@group(0) @binding(0) var<storage, read> pixels: array<u32>;
@group(0) @binding(1) var<storage, read> geometry: array<i32>;
@group(0) @binding(2) var<storage, read> columns: array<i32>;
@group(0) @binding(3) var<storage, read_write> between: array<u32>;
struct Params { width: u32, room: u32 }
@group(0) @binding(4) var<uniform> p: Params;
fn bytes_of(pixel: u32) -> vec3i {
  return vec3i((vec3u(pixel) >> vec3u(0u, 8u, 16u)) & vec3u(255u));
}

fn to_bytes(sum: vec3i) -> vec3i {
  return clamp(sum >> vec3u(22u), vec3i(0), vec3i(255));
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let offset = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  let row = offset / p.width;
  let column = offset % p.width;
  if (row >= p.room || i32(row) >= geometry[2]) { return; }
  let taps = columns[3u * column + 1u];
  let weights = columns[3u * column + 2u];
  let source = (i32(row) + geometry[1]) * geometry[0] + columns[3u * column];
  var sum = vec3i(2097152);
  for (var tap = 0; tap < taps; tap++) { sum += bytes_of(pixels[source + tap]) * columns[weights + tap]; }
  let bytes = vec3u(to_bytes(sum));
  between[offset] = bytes.x | (bytes.y << 8u) | (bytes.z << 16u);
}

// hardware resize image, dispatch 2, 4 bindings: resize_image_rows
@group(0) @binding(0) var<storage, read> between: array<u32>;
@group(0) @binding(1) var<storage, read> columns: array<i32>;
@group(0) @binding(2) var<storage, read> rows: array<i32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { width: u32, size: u32, bgr: u32, fill: u32, scale: f32, mean0: f32, mean1: f32, mean2: f32, std0: f32, std1: f32, std2: f32 }
@group(0) @binding(4) var<uniform> p: Params;
fn bytes_of(pixel: u32) -> vec3i {
  return vec3i((vec3u(pixel) >> vec3u(0u, 8u, 16u)) & vec3u(255u));
}

fn to_bytes(sum: vec3i) -> vec3i {
  return clamp(sum >> vec3u(22u), vec3i(0), vec3i(255));
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let offset = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (offset >= p.size) { return; }
  let row = offset / p.width;
  let column = offset % p.width;
  let start = rows[3u * row];
  let taps = rows[3u * row + 1u];
  let weights = rows[3u * row + 2u];
  var bytes = bytes_of(p.fill);
  if (taps > 0 && columns[3u * column + 1u] > 0) {
    var sum = vec3i(2097152);
    for (var tap = 0; tap < taps; tap++) {
      sum += bytes_of(between[u32(start + tap) * p.width + column]) * rows[weights + tap];
    }
    bytes = to_bytes(sum);
  }
  let ordered = select(vec3f(bytes), vec3f(bytes.zyx), p.bgr != 0u);
  let value = (ordered * p.scale - vec3f(p.mean0, p.mean1, p.mean2)) / vec3f(p.std0, p.std1, p.std2);
  out0[offset] = value.x;
  out0[offset + p.size] = value.y;
  out0[offset + 2u * p.size] = value.z;
}
