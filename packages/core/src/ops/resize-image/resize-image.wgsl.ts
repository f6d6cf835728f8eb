import { sizeOf } from '../../tensor/shape.ts';
import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import { type Candidate, type Kernel, wgsl } from '../../wgsl/kernel.ts';
import type { BoundType, KernelContext } from '../op.ts';
import { precisionBits } from './coefficients.ts';
import type { ResizeImageAttributes } from './resize-image.ts';

const lanes = 64;

/** Shared by both passes: bytes of three channels weighted, rounded and clipped. */
const arithmetic = wgsl`fn bytes_of(pixel: u32) -> vec3i {
  return vec3i((vec3u(pixel) >> vec3u(0u, 8u, 16u)) & vec3u(255u));
}

fn to_bytes(sum: vec3i) -> vec3i {
  return clamp(sum >> vec3u(${precisionBits}u), vec3i(0), vec3i(255));
}
`;

const main =
  '@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32)';

const columnsPass: Kernel = {
  name: 'resize_image_columns',
  bindings: [
    { name: 'pixels', elem: 'u32', access: 'read' },
    { name: 'geometry', elem: 'i32', access: 'read' },
    { name: 'columns', elem: 'i32', access: 'read' },
    { name: 'between', elem: 'u32', access: 'read_write' },
  ],
  params: { width: 'u32', room: 'u32' },
  workgroupSize: [lanes, 1, 1],
  body: wgsl`${arithmetic}
${main} {
  let offset = (${flatGroup}) * ${lanes}u + lane;
  let row = offset / p.width;
  let column = offset % p.width;
  if (row >= p.room || i32(row) >= geometry[2]) { return; }
  let taps = columns[3u * column + 1u];
  let weights = columns[3u * column + 2u];
  let source = (i32(row) + geometry[1]) * geometry[0] + columns[3u * column];
  var sum = vec3i(${2 ** (precisionBits - 1)});
  for (var tap = 0; tap < taps; tap++) { sum += bytes_of(pixels[source + tap]) * columns[weights + tap]; }
  let bytes = vec3u(to_bytes(sum));
  between[offset] = bytes.x | (bytes.y << 8u) | (bytes.z << 16u);
}`,
};

const rowsPass: Kernel = {
  name: 'resize_image_rows',
  bindings: [
    { name: 'between', elem: 'u32', access: 'read' },
    { name: 'columns', elem: 'i32', access: 'read' },
    { name: 'rows', elem: 'i32', access: 'read' },
    { name: 'out0', elem: 'f32', access: 'read_write' },
  ],
  params: {
    width: 'u32',
    size: 'u32',
    bgr: 'u32',
    fill: 'u32',
    scale: 'f32',
    mean0: 'f32',
    mean1: 'f32',
    mean2: 'f32',
    std0: 'f32',
    std1: 'f32',
    std2: 'f32',
  },
  workgroupSize: [lanes, 1, 1],
  body: wgsl`${arithmetic}
${main} {
  let offset = (${flatGroup}) * ${lanes}u + lane;
  if (offset >= p.size) { return; }
  let row = offset / p.width;
  let column = offset % p.width;
  let start = rows[3u * row];
  let taps = rows[3u * row + 1u];
  let weights = rows[3u * row + 2u];
  var bytes = bytes_of(p.fill);
  if (taps > 0 && columns[3u * column + 1u] > 0) {
    var sum = vec3i(${2 ** (precisionBits - 1)});
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
}`,
};

/** One lane a pixel in both passes; neighbours share their taps through the cache. */
export function resizeImageCandidates(
  _inputs: readonly BoundType[],
  { height, width, sourceRows, bgr, scale, mean, std, fill }: ResizeImageAttributes,
  { caps, outputs }: KernelContext,
): readonly Candidate[] {
  const size = sizeOf((outputs[0] as BoundType).shape) / 3;
  const [mean0 = 0, mean1 = 0, mean2 = 0] = mean;
  const [std0 = 1, std1 = 1, std2 = 1] = std;
  const [red = 0, green = 0, blue = 0] = fill;
  return [
    {
      name: 'resize image',
      scratch: { between: sourceRows * width * 4 },
      dispatches: [
        {
          kernel: columnsPass,
          bind: ['in0', 'in1', 'in2', 'between'],
          params: { width, room: sourceRows },
          grid: linearGrid(sourceRows * width, lanes, caps),
        },
        {
          kernel: rowsPass,
          bind: ['between', 'in2', 'in3', 'out0'],
          params: { width, size, bgr, fill: red | (green << 8) | (blue << 16), scale, mean0, mean1, mean2, std0, std1, std2 },
          grid: linearGrid(height * width, lanes, caps),
        },
      ],
    },
  ];
}
