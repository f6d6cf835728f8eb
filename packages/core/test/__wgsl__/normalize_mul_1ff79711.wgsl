@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read> in1: array<f32>;
@group(0) @binding(2) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, width: u32, epsilon: f32 }
@group(0) @binding(3) var<uniform> p: Params;
var<workgroup> partial: array<f32, 64>;

fn load(offset: u32) -> f32 {
  return in0[offset];
}

fn store(offset: u32, column: u32, normalised: f32) {
  let e_in1: f32 = in1[column];
  let e0: f32 = (normalised * e_in1);
  out0[offset] = e0;
}

fn total(value: f32, lane: u32) -> f32 {
  partial[lane] = value;
  for (var half = 32u; half > 0u; half = half >> 1u) {
    workgroupBarrier();
    if (lane < half) { partial[lane] += partial[lane + half]; }
  }
  workgroupBarrier();
  let sum = partial[0];
  workgroupBarrier();
  return sum;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = workgroup.x + workgroup.y * groups.x;
  if (row >= p.rows) { return; }
  let base = row * p.width;
  let mean = 0.0;
  var squares = 0.0;
  for (var i = lane; i < p.width; i += 64u) {
    let d = load(base + i) - mean;
    squares += d * d;
  }
  let inverse = inverseSqrt(total(squares, lane) / f32(p.width) + p.epsilon);
  for (var column = lane; column < p.width; column += 64u) {
    store(base + column, column, (load(base + column) - mean) * inverse);
  }
}
