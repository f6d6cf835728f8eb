// software copy, 2 bindings: copy3_f32_elements
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, start: i32, step: i32, dim0: u32, stride0: i32, dim1: u32, stride1: i32 }
@group(0) @binding(2) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    var rest = row;
    var base = p.start;
    let i1 = i32(rest % p.dim1);
    rest /= p.dim1;
    base += i1 * p.stride1;
    let i0 = i32(rest);
    base += i0 * p.stride0;
    let i = i32(column);
    out0[offset] = in0[base + i * p.step];
  }
}

// hardware copy, 2 bindings: copy3_f32_elements
@group(0) @binding(0) var<storage, read> in0: array<f32>;
@group(0) @binding(1) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, start: i32, step: i32, dim0: u32, stride0: i32, dim1: u32, stride1: i32 }
@group(0) @binding(2) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    var rest = row;
    var base = p.start;
    let i1 = i32(rest % p.dim1);
    rest /= p.dim1;
    base += i1 * p.stride1;
    let i0 = i32(rest);
    base += i0 * p.stride0;
    let i = i32(column);
    out0[offset] = in0[base + i * p.step];
  }
}
