// software resample audio, 4 bindings: resample_audio
@group(0) @binding(0) var<storage, read> samples: array<f32>;
@group(0) @binding(1) var<storage, read> place: array<i32>;
@group(0) @binding(2) var<storage, read> filters: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, source: i32, target_rate: i32, taps: i32, before: i32 }
@group(0) @binding(4) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let offset = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (offset >= p.size) { return; }
  let position = i32(offset) + place[1];
  // position · source / target without the product, which may pass 32 bits.
  let whole = position / p.target_rate;
  let phase = position % p.target_rate;
  let nearest = whole * p.source + (phase * p.source) / p.target_rate;
  let first = nearest - p.before;
  var sum = 0.0;
  if (position >= 0 && nearest < place[0]) {
    let end = min(p.taps, place[0] - first);
    for (var tap = max(0, -first); tap < end; tap++) { sum += samples[first + tap] * filters[phase * p.taps + tap]; }
  }
  out0[offset] = sum;
}

// hardware resample audio, 4 bindings: resample_audio
@group(0) @binding(0) var<storage, read> samples: array<f32>;
@group(0) @binding(1) var<storage, read> place: array<i32>;
@group(0) @binding(2) var<storage, read> filters: array<f32>;
@group(0) @binding(3) var<storage, read_write> out0: array<f32>;
struct Params { size: u32, source: i32, target_rate: i32, taps: i32, before: i32 }
@group(0) @binding(4) var<uniform> p: Params;
@compute @workgroup_size(64, 1, 1) fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let offset = (workgroup.x + workgroup.y * groups.x) * 64u + lane;
  if (offset >= p.size) { return; }
  let position = i32(offset) + place[1];
  // position · source / target without the product, which may pass 32 bits.
  let whole = position / p.target_rate;
  let phase = position % p.target_rate;
  let nearest = whole * p.source + (phase * p.source) / p.target_rate;
  let first = nearest - p.before;
  var sum = 0.0;
  if (position >= 0 && nearest < place[0]) {
    let end = min(p.taps, place[0] - first);
    for (var tap = max(0, -first); tap < end; tap++) { sum += samples[first + tap] * filters[phase * p.taps + tap]; }
  }
  out0[offset] = sum;
}
