@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, count: u32, kept_dim0: u32, kept_stride0: u32, gone_dim0: u32, gone_stride0: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32) -> f32 {
  let e0: f32 = 0f;
  let e1: bool = (accumulator > e0);
  let e2: f32 = 1f;
  let e3: f32 = select(e2, accumulator, e1);
  return e3;
}

fn load(index: u32) -> f32 {
  return in0[index];
}

fn kept_offset(offset: u32) -> u32 {
  return offset * p.kept_stride0;
}

fn gone_offset(offset: u32) -> u32 {
  return offset * p.gone_stride0;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let output = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (output >= p.size) { return; }
  let base = kept_offset(output);
  var sum = f32(0);
  for (var i = 0u; i < p.count; i += 1u) {
    let x = load(base + gone_offset(i));
    sum = sum + x * x;
  }
  out0[output] = epilogue(sqrt(sum), output);
}
