// software concat vec4, 3 bindings: concat2_f32_vec4_elements
@group(0) @binding(0) var<storage, read> part0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> part1: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> out0: array<vec4<f32>>;
struct Params { rows: u32, columns: u32, row: u32, base: u32, end0: u32, end1: u32 }
@group(0) @binding(3) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let to = row * p.row + p.base + column;
    if (column < p.end0) { out0[to] = part0[row * (p.end0 - 0u) + column - 0u]; }
    else { out0[to] = part1[row * (p.end1 - p.end0) + column - p.end0]; }
  }
}

// hardware concat vec4, 3 bindings: concat2_f32_vec4_elements
@group(0) @binding(0) var<storage, read> part0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> part1: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> out0: array<vec4<f32>>;
struct Params { rows: u32, columns: u32, row: u32, base: u32, end0: u32, end1: u32 }
@group(0) @binding(3) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let to = row * p.row + p.base + column;
    if (column < p.end0) { out0[to] = part0[row * (p.end0 - 0u) + column - 0u]; }
    else { out0[to] = part1[row * (p.end1 - p.end0) + column - p.end0]; }
  }
}

// software concat, 4 bindings: concat3_f32_elements
@group(0) @binding(0) var<storage, read> part0: array<f32>;
@group(0) @binding(1) var<storage, read> part1: array<f32>;
@group(0) @binding(2) var<storage, read> part2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, row: u32, base: u32, end0: u32, end1: u32, end2: u32 }
@group(0) @binding(4) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let to = row * p.row + p.base + column;
    if (column < p.end0) { out0[to] = part0[row * (p.end0 - 0u) + column - 0u]; }
    else if (column < p.end1) { out0[to] = part1[row * (p.end1 - p.end0) + column - p.end0]; }
    else { out0[to] = part2[row * (p.end2 - p.end1) + column - p.end1]; }
  }
}

// hardware concat, 4 bindings: concat3_f32_elements
@group(0) @binding(0) var<storage, read> part0: array<f32>;
@group(0) @binding(1) var<storage, read> part1: array<f32>;
@group(0) @binding(2) var<storage, read> part2: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, row: u32, base: u32, end0: u32, end1: u32, end2: u32 }
@group(0) @binding(4) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let to = row * p.row + p.base + column;
    if (column < p.end0) { out0[to] = part0[row * (p.end0 - 0u) + column - 0u]; }
    else if (column < p.end1) { out0[to] = part1[row * (p.end1 - p.end0) + column - p.end0]; }
    else { out0[to] = part2[row * (p.end2 - p.end1) + column - p.end1]; }
  }
}

// software concat, 8 bindings: concat7_f32_rows
@group(0) @binding(0) var<storage, read> part0: array<f32>;
@group(0) @binding(1) var<storage, read> part1: array<f32>;
@group(0) @binding(2) var<storage, read> part2: array<f32>;
@group(0) @binding(3) var<storage, read> part3: array<f32>;
@group(0) @binding(4) var<storage, read> part4: array<f32>;
@group(0) @binding(5) var<storage, read> part5: array<f32>;
@group(0) @binding(6) var<storage, read> part6: array<f32>;
@group(0) @binding(7) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, row: u32, base: u32, end0: u32, end1: u32, end2: u32, end3: u32, end4: u32, end5: u32, end6: u32 }
@group(0) @binding(8) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var row = workgroup.y; row < p.rows; row += groups.y) {
    for (var column = workgroup.x * 64u + lane; column < p.columns; column += groups.x * 64u) {
      let offset = row * p.columns + column;
      let to = row * p.row + p.base + column;
      if (column < p.end0) { out0[to] = part0[row * (p.end0 - 0u) + column - 0u]; }
      else if (column < p.end1) { out0[to] = part1[row * (p.end1 - p.end0) + column - p.end0]; }
      else if (column < p.end2) { out0[to] = part2[row * (p.end2 - p.end1) + column - p.end1]; }
      else if (column < p.end3) { out0[to] = part3[row * (p.end3 - p.end2) + column - p.end2]; }
      else if (column < p.end4) { out0[to] = part4[row * (p.end4 - p.end3) + column - p.end3]; }
      else if (column < p.end5) { out0[to] = part5[row * (p.end5 - p.end4) + column - p.end4]; }
      else { out0[to] = part6[row * (p.end6 - p.end5) + column - p.end5]; }
    }
  }
}

// software concat, dispatch 2, 8 bindings: concat7_f32_rows
@group(0) @binding(0) var<storage, read> part0: array<f32>;
@group(0) @binding(1) var<storage, read> part1: array<f32>;
@group(0) @binding(2) var<storage, read> part2: array<f32>;
@group(0) @binding(3) var<storage, read> part3: array<f32>;
@group(0) @binding(4) var<storage, read> part4: array<f32>;
@group(0) @binding(5) var<storage, read> part5: array<f32>;
@group(0) @binding(6) var<storage, read> part6: array<f32>;
@group(0) @binding(7) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, row: u32, base: u32, end0: u32, end1: u32, end2: u32, end3: u32, end4: u32, end5: u32, end6: u32 }
@group(0) @binding(8) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var row = workgroup.y; row < p.rows; row += groups.y) {
    for (var column = workgroup.x * 64u + lane; column < p.columns; column += groups.x * 64u) {
      let offset = row * p.columns + column;
      let to = row * p.row + p.base + column;
      if (column < p.end0) { out0[to] = part0[row * (p.end0 - 0u) + column - 0u]; }
      else if (column < p.end1) { out0[to] = part1[row * (p.end1 - p.end0) + column - p.end0]; }
      else if (column < p.end2) { out0[to] = part2[row * (p.end2 - p.end1) + column - p.end1]; }
      else if (column < p.end3) { out0[to] = part3[row * (p.end3 - p.end2) + column - p.end2]; }
      else if (column < p.end4) { out0[to] = part4[row * (p.end4 - p.end3) + column - p.end3]; }
      else if (column < p.end5) { out0[to] = part5[row * (p.end5 - p.end4) + column - p.end4]; }
      else { out0[to] = part6[row * (p.end6 - p.end5) + column - p.end5]; }
    }
  }
}

// software concat, dispatch 3, 6 bindings: concat5_f32_elements
@group(0) @binding(0) var<storage, read> part0: array<f32>;
@group(0) @binding(1) var<storage, read> part1: array<f32>;
@group(0) @binding(2) var<storage, read> part2: array<f32>;
@group(0) @binding(3) var<storage, read> part3: array<f32>;
@group(0) @binding(4) var<storage, read> part4: array<f32>;
@group(0) @binding(5) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, row: u32, base: u32, end0: u32, end1: u32, end2: u32, end3: u32, end4: u32 }
@group(0) @binding(6) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let to = row * p.row + p.base + column;
    if (column < p.end0) { out0[to] = part0[row * (p.end0 - 0u) + column - 0u]; }
    else if (column < p.end1) { out0[to] = part1[row * (p.end1 - p.end0) + column - p.end0]; }
    else if (column < p.end2) { out0[to] = part2[row * (p.end2 - p.end1) + column - p.end1]; }
    else if (column < p.end3) { out0[to] = part3[row * (p.end3 - p.end2) + column - p.end2]; }
    else { out0[to] = part4[row * (p.end4 - p.end3) + column - p.end3]; }
  }
}

// hardware concat, 8 bindings: concat7_f32_elements
@group(0) @binding(0) var<storage, read> part0: array<f32>;
@group(0) @binding(1) var<storage, read> part1: array<f32>;
@group(0) @binding(2) var<storage, read> part2: array<f32>;
@group(0) @binding(3) var<storage, read> part3: array<f32>;
@group(0) @binding(4) var<storage, read> part4: array<f32>;
@group(0) @binding(5) var<storage, read> part5: array<f32>;
@group(0) @binding(6) var<storage, read> part6: array<f32>;
@group(0) @binding(7) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, row: u32, base: u32, end0: u32, end1: u32, end2: u32, end3: u32, end4: u32, end5: u32, end6: u32 }
@group(0) @binding(8) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let to = row * p.row + p.base + column;
    if (column < p.end0) { out0[to] = part0[row * (p.end0 - 0u) + column - 0u]; }
    else if (column < p.end1) { out0[to] = part1[row * (p.end1 - p.end0) + column - p.end0]; }
    else if (column < p.end2) { out0[to] = part2[row * (p.end2 - p.end1) + column - p.end1]; }
    else if (column < p.end3) { out0[to] = part3[row * (p.end3 - p.end2) + column - p.end2]; }
    else if (column < p.end4) { out0[to] = part4[row * (p.end4 - p.end3) + column - p.end3]; }
    else if (column < p.end5) { out0[to] = part5[row * (p.end5 - p.end4) + column - p.end4]; }
    else { out0[to] = part6[row * (p.end6 - p.end5) + column - p.end5]; }
  }
}

// hardware concat, dispatch 2, 8 bindings: concat7_f32_elements
@group(0) @binding(0) var<storage, read> part0: array<f32>;
@group(0) @binding(1) var<storage, read> part1: array<f32>;
@group(0) @binding(2) var<storage, read> part2: array<f32>;
@group(0) @binding(3) var<storage, read> part3: array<f32>;
@group(0) @binding(4) var<storage, read> part4: array<f32>;
@group(0) @binding(5) var<storage, read> part5: array<f32>;
@group(0) @binding(6) var<storage, read> part6: array<f32>;
@group(0) @binding(7) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, row: u32, base: u32, end0: u32, end1: u32, end2: u32, end3: u32, end4: u32, end5: u32, end6: u32 }
@group(0) @binding(8) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let to = row * p.row + p.base + column;
    if (column < p.end0) { out0[to] = part0[row * (p.end0 - 0u) + column - 0u]; }
    else if (column < p.end1) { out0[to] = part1[row * (p.end1 - p.end0) + column - p.end0]; }
    else if (column < p.end2) { out0[to] = part2[row * (p.end2 - p.end1) + column - p.end1]; }
    else if (column < p.end3) { out0[to] = part3[row * (p.end3 - p.end2) + column - p.end2]; }
    else if (column < p.end4) { out0[to] = part4[row * (p.end4 - p.end3) + column - p.end3]; }
    else if (column < p.end5) { out0[to] = part5[row * (p.end5 - p.end4) + column - p.end4]; }
    else { out0[to] = part6[row * (p.end6 - p.end5) + column - p.end5]; }
  }
}

// hardware concat, dispatch 3, 6 bindings: concat5_f32_elements
@group(0) @binding(0) var<storage, read> part0: array<f32>;
@group(0) @binding(1) var<storage, read> part1: array<f32>;
@group(0) @binding(2) var<storage, read> part2: array<f32>;
@group(0) @binding(3) var<storage, read> part3: array<f32>;
@group(0) @binding(4) var<storage, read> part4: array<f32>;
@group(0) @binding(5) var<storage, read_write> out0: array<f32>;
struct Params { rows: u32, columns: u32, row: u32, base: u32, end0: u32, end1: u32, end2: u32, end3: u32, end4: u32 }
@group(0) @binding(6) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var offset = workgroup.x * 64u + lane; offset < p.rows * p.columns; offset += groups.x * 64u) {
    let row = offset / p.columns;
    let column = offset % p.columns;
    let to = row * p.row + p.base + column;
    if (column < p.end0) { out0[to] = part0[row * (p.end0 - 0u) + column - 0u]; }
    else if (column < p.end1) { out0[to] = part1[row * (p.end1 - p.end0) + column - p.end0]; }
    else if (column < p.end2) { out0[to] = part2[row * (p.end2 - p.end1) + column - p.end1]; }
    else if (column < p.end3) { out0[to] = part3[row * (p.end3 - p.end2) + column - p.end2]; }
    else { out0[to] = part4[row * (p.end4 - p.end3) + column - p.end3]; }
  }
}

// software concat, 3 bindings: concat2_i32_rows
@group(0) @binding(0) var<storage, read> part0: array<i32>;
@group(0) @binding(1) var<storage, read> part1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<i32>;
struct Params { rows: u32, columns: u32, row: u32, base: u32, end0: u32, end1: u32 }
@group(0) @binding(3) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var row = workgroup.y; row < p.rows; row += groups.y) {
    for (var column = workgroup.x * 64u + lane; column < p.columns; column += groups.x * 64u) {
      let offset = row * p.columns + column;
      let to = row * p.row + p.base + column;
      if (column < p.end0) { out0[to] = part0[row * (p.end0 - 0u) + column - 0u]; }
      else { out0[to] = part1[row * (p.end1 - p.end0) + column - p.end0]; }
    }
  }
}

// hardware concat, 3 bindings: concat2_i32_rows
@group(0) @binding(0) var<storage, read> part0: array<i32>;
@group(0) @binding(1) var<storage, read> part1: array<i32>;
@group(0) @binding(2) var<storage, read_write> out0: array<i32>;
struct Params { rows: u32, columns: u32, row: u32, base: u32, end0: u32, end1: u32 }
@group(0) @binding(3) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  for (var row = workgroup.y; row < p.rows; row += groups.y) {
    for (var column = workgroup.x * 64u + lane; column < p.columns; column += groups.x * 64u) {
      let offset = row * p.columns + column;
      let to = row * p.row + p.base + column;
      if (column < p.end0) { out0[to] = part0[row * (p.end0 - 0u) + column - 0u]; }
      else { out0[to] = part1[row * (p.end1 - p.end0) + column - p.end0]; }
    }
  }
}
