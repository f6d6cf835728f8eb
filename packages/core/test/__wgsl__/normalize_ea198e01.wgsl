enable f16;
@group(0) @binding(0) var<storage, read> in0: array<f16>;
@group(0) @binding(1) var<storage, read_write> out0: array<f16>;
struct Params { rows: u32, width: u32, epsilon: f32 }
@group(0) @binding(2) var<uniform> p: Params;
fn load(offset: u32) -> f32 {
  return f32(in0[offset]);
}

fn store(offset: u32, column: u32, normalised: f32) {
  out0[offset] = f16(normalised);
}

fn load4(offset: u32) -> vec4f {
  return vec4f(load(offset), load(offset + 1u), load(offset + 2u), load(offset + 3u));
}

@compute @workgroup_size(8, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = (workgroup.x + workgroup.y * groups.x) * 8u + lane;
  if (row >= p.rows) { return; }
  let base = row * p.width;
  let mean = 0.0;
  var squares = vec4f();
  var k = 0u;
  for (; k + 4u <= p.width; k += 4u) {
    let d = load4(base + k) - mean;
    squares += d * d;
  }
  for (; k < p.width; k++) {
    let d = load(base + k) - mean;
    squares.x += d * d;
  }
  let inverse = inverseSqrt((squares.x + squares.y + squares.z + squares.w) / f32(p.width) + p.epsilon);
  for (var column = 0u; column < p.width; column++) {
    store(base + column, column, (load(base + column) - mean) * inverse);
  }
}
