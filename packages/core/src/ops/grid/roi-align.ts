import { EngineError } from '../../errors.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import type { Candidate } from '../../wgsl/kernel.ts';
import { attribute } from '../attribute.ts';
import { deformConv } from '../conv/deform-conv.ts';
import { positionsOf } from '../conv/spatial.ts';
import { required } from '../dims.ts';
import type { AnyOp, BoundType, KernelContext, Op } from '../op.ts';
import { maxRoiPool } from './max-roi-pool.ts';

interface RoiAttributes {
  readonly coordinate_transformation_mode: string;
  readonly mode: string;
  readonly output_height: number;
  readonly output_width: number;
  readonly sampling_ratio: number;
  readonly spatial_scale: number;
}

/**
 * Regions of X [N, C, H, W] brought to one size: rois [R, 4] of (x1, y1, x2, y2), the sample of each → [R, C, output_height, output_width].
 * Each output is the mean (or the largest) of bilinear samples spread over its bin.
 */
function roiAlignOp(since: number, fallback: string): Op<RoiAttributes> {
  return {
    type: 'RoiAlign',
    since,
    attributes: {
      coordinate_transformation_mode: attribute.string(fallback),
      mode: attribute.string('avg'),
      output_height: attribute.int(1),
      output_width: attribute.int(1),
      sampling_ratio: attribute.int(0),
      spatial_scale: attribute.float(1),
    },
    infer([input, rois], { mode, output_height, output_width }) {
      if (mode !== 'avg' && mode !== 'max')
        throw new EngineError('invalid-model', "unknown attribute 'mode'", { expected: 'avg or max', got: mode });
      const x = required(input, 'X');
      return [{ dtype: x.dtype, shape: [required(rois, 'rois').shape[0] as number, x.shape[1] as number, output_height, output_width] }];
    },
    reference([input, rois, batches], given) {
      const [x, regions] = [input as Tensor, rois as Tensor];
      const [, channels = 1, height = 1, width = 1] = x.shape;
      const shape = [regions.shape[0] as number, channels, given.output_height, given.output_width];
      const offset = given.coordinate_transformation_mode === 'half_pixel' ? 0.5 : 0;
      const values = positionsOf(shape).map(([region = 0, channel = 0, row = 0, column = 0]) => {
        const corner = (index: number) => regions.at(region * 4 + index) * given.spatial_scale - offset;
        const least = offset === 0 ? 1 : 0;
        const [roiWidth, roiHeight] = [Math.max(corner(2) - corner(0), least), Math.max(corner(3) - corner(1), least)];
        const [binHeight, binWidth] = [roiHeight / given.output_height, roiWidth / given.output_width];
        const [down, across] =
          given.sampling_ratio > 0 ? [given.sampling_ratio, given.sampling_ratio] : [Math.ceil(binHeight), Math.ceil(binWidth)];
        const base = ((batches as Tensor).at(region) * channels + channel) * height * width;
        const samples: number[] = [];
        for (let i = 0; i < down; i++) {
          for (let j = 0; j < across; j++) {
            const y = corner(1) + row * binHeight + ((i + 0.5) * binHeight) / down;
            const z = corner(0) + column * binWidth + ((j + 0.5) * binWidth) / across;
            samples.push(...bilinear(x, base, height, width, y, z, given.mode === 'max'));
          }
        }
        if (given.mode === 'max') return Math.max(...samples);
        return samples.reduce((sum, value) => sum + value, 0) / Math.max(down * across, 1);
      });
      return [Tensor.from(values, shape, 'float64').cast(x.dtype)];
    },
    kernels: (inputs, given, context) => roiCandidates(inputs as readonly BoundType[], given, context),
  };
}

/** The bilinear value at (y, x), as one number; its four weighted parts for the largest of them (as onnxruntime has it). 0 outside. */
function bilinear(x: Tensor, base: number, height: number, width: number, row: number, column: number, parts: boolean): readonly number[] {
  if (row < -1 || row > height || column < -1 || column > width) return [0];
  const [y, z] = [Math.min(Math.max(row, 0), height - 1), Math.min(Math.max(column, 0), width - 1)];
  const [top, left] = [Math.floor(y), Math.floor(z)];
  const [bottom, right] = [Math.min(top + 1, height - 1), Math.min(left + 1, width - 1)];
  const [fy, fx] = [y - top, z - left];
  const at = (i: number, j: number) => x.at(base + i * width + j);
  const four = [
    (1 - fy) * (1 - fx) * at(top, left),
    (1 - fy) * fx * at(top, right),
    fy * (1 - fx) * at(bottom, left),
    fy * fx * at(bottom, right),
  ];
  return parts ? four : [four.reduce((sum, value) => sum + value, 0)];
}

/** What samples a picture at places that data name: regions, and the moved taps of a convolution. */
export const roiAlignOps: readonly AnyOp[] = [roiAlignOp(10, 'output_half_pixel'), roiAlignOp(16, 'half_pixel'), deformConv, maxRoiPool];

const lanes = 64;

function roiCandidates([x, rois]: readonly BoundType[], given: RoiAttributes, { outputs, caps }: KernelContext): readonly Candidate[] {
  const [input, regions, output] = [x as BoundType, rois as BoundType, outputs[0] as BoundType];
  const [, channels = 1, height = 1, width = 1] = input.shape;
  const half = given.coordinate_transformation_mode === 'half_pixel';
  const max = given.mode === 'max';
  const gather = max ? 'result = max(result, max(max(a, b), max(c, d)));' : 'result += a + b + c + d;';
  return [
    {
      name: 'roialign',
      dispatches: [
        {
          kernel: {
            name: `roialign_${given.mode}_${half ? 'half' : 'whole'}_${input.elem}_${regions.elem}`,
            bindings: [
              { name: 'in0', elem: input.elem, access: 'read' },
              { name: 'in1', elem: regions.elem, access: 'read' },
              { name: 'in2', elem: 'i32', access: 'read' },
              { name: 'out0', elem: output.elem, access: 'read_write' },
            ],
            params: { size: 'u32', channels: 'u32', height: 'u32', width: 'u32', rows: 'u32', columns: 'u32', ratio: 'u32', scale: 'f32' },
            workgroupSize: [lanes, 1, 1],
            body: `@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let offset = (${flatGroup}) * ${lanes}u + lane;
  if (offset >= p.size) { return; }
  let region = offset / (p.channels * p.rows * p.columns);
  let channel = offset / (p.rows * p.columns) % p.channels;
  let left = f32(in1[region * 4u]) * p.scale - ${half ? '0.5' : '0.0'};
  let top = f32(in1[region * 4u + 1u]) * p.scale - ${half ? '0.5' : '0.0'};
  let right = f32(in1[region * 4u + 2u]) * p.scale - ${half ? '0.5' : '0.0'};
  let bottom = f32(in1[region * 4u + 3u]) * p.scale - ${half ? '0.5' : '0.0'};
  let bin = vec2f(max(bottom - top, ${half ? '0.0' : '1.0'}), max(right - left, ${half ? '0.0' : '1.0'})) / vec2f(f32(p.rows), f32(p.columns));
  let samples = select(vec2u(ceil(bin)), vec2u(p.ratio), p.ratio > 0u);
  let base = (u32(in2[region]) * p.channels + channel) * p.height * p.width;
  let start = vec2f(top, left) + vec2f(f32(offset / p.columns % p.rows), f32(offset % p.columns)) * bin;
  let limit = vec2f(f32(p.height), f32(p.width));
  var result = ${max ? '-3.4e38' : '0.0'};
  for (var i = 0u; i < samples.x; i++) {
    for (var j = 0u; j < samples.y; j++) {
      let raw = start + (vec2f(f32(i), f32(j)) + 0.5) * bin / vec2f(samples);
      if (any(raw < vec2f(-1.0)) || any(raw > limit)) { ${max ? 'result = max(result, 0.0); ' : ''}continue; }
      let at = clamp(raw, vec2f(0.0), limit - 1.0);
      let low = vec2u(floor(at));
      let high = min(low + 1u, vec2u(p.height, p.width) - 1u);
      let t = at - floor(at);
      let a = (1.0 - t.x) * (1.0 - t.y) * f32(in0[base + low.x * p.width + low.y]);
      let b = (1.0 - t.x) * t.y * f32(in0[base + low.x * p.width + high.y]);
      let c = t.x * (1.0 - t.y) * f32(in0[base + high.x * p.width + low.y]);
      let d = t.x * t.y * f32(in0[base + high.x * p.width + high.y]);
      ${gather}
    }
  }
  out0[offset] = ${output.elem}(result${max ? '' : ' / max(f32(samples.x * samples.y), 1.0)'});
}`,
          },
          bind: ['in0', 'in1', 'in2', 'out0'],
          params: {
            size: sizeOf(output.shape),
            channels,
            height,
            width,
            rows: given.output_height,
            columns: given.output_width,
            ratio: given.sampling_ratio,
            scale: given.spatial_scale,
          },
          grid: linearGrid(sizeOf(output.shape), lanes, caps),
        },
      ],
    },
  ];
}
