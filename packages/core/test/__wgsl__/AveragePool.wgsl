// software average pool, 2 bindings: pool_average_3fe79cac
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, positions: u32, plane: u32, out_width: u32, stride_y: u32, stride_x: u32, top: u32, left: u32, kernel_height: u32, kernel_width: u32, dilation_y: u32, dilation_x: u32, height: u32, width: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32) -> f32 {
  return accumulator;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let output = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (output >= p.size) { return; }
  let plane = output / p.positions * p.plane;
  let position = output % p.positions;
  // Above and left of the input, coordinates wrap to huge numbers, which are past its end too.
  let y = position / p.out_width * p.stride_y - p.top;
  let x = position % p.out_width * p.stride_x - p.left;
  var value = 0.0;
  var count = 0u;
  for (var i = 0u; i < p.kernel_height; i++) {
    let row = y + i * p.dilation_y;
    for (var j = 0u; j < p.kernel_width; j++) {
      let column = x + j * p.dilation_x;
      
      if (row < p.height && column < p.width) {
        let at = plane + row * p.width + column;
        value += in0[at];
        count++;
      }
    }
  }
  out0[output] = epilogue(value / f32(max(count, 1u)), output);
}

// hardware average pool, 2 bindings: pool_average_3fe79cac
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, positions: u32, plane: u32, out_width: u32, stride_y: u32, stride_x: u32, top: u32, left: u32, kernel_height: u32, kernel_width: u32, dilation_y: u32, dilation_x: u32, height: u32, width: u32 }
@group(0) @binding(2) var<uniform> p: Params;
fn epilogue(accumulator: f32, offset: u32) -> f32 {
  return accumulator;
}

@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let output = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (output >= p.size) { return; }
  let plane = output / p.positions * p.plane;
  let position = output % p.positions;
  // Above and left of the input, coordinates wrap to huge numbers, which are past its end too.
  let y = position / p.out_width * p.stride_y - p.top;
  let x = position % p.out_width * p.stride_x - p.left;
  var value = 0.0;
  var count = 0u;
  for (var i = 0u; i < p.kernel_height; i++) {
    let row = y + i * p.dilation_y;
    for (var j = 0u; j < p.kernel_width; j++) {
      let column = x + j * p.dilation_x;
      
      if (row < p.height && column < p.width) {
        let at = plane + row * p.width + column;
        value += in0[at];
        count++;
      }
    }
  }
  out0[output] = epilogue(value / f32(max(count, 1u)), output);
}
