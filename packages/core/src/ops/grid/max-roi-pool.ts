import type { Dim } from '../../ir/graph.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { positionsOf } from '../conv/spatial.ts';
import { required } from '../dims.ts';
import type { Op } from '../op.ts';

/** The largest element in each bin of regions [R, 5] of (sample, x1, y1, x2, y2), whose corners are rounded to whole elements. A host step. */
export const maxRoiPool: Op<{ pooled_shape: readonly number[]; spatial_scale: number }> = {
  type: 'MaxRoiPool',
  since: 1,
  attributes: { pooled_shape: attribute.ints(), spatial_scale: attribute.float(1) },
  infer: ([input, rois], { pooled_shape }) => {
    const x = required(input, 'X');
    return [{ dtype: x.dtype, shape: [required(rois, 'rois').shape[0] as Dim, x.shape[1] as Dim, ...pooled_shape] }];
  },
  reference([input, regions], { pooled_shape, spatial_scale }) {
    const [x, rois] = [input as Tensor, regions as Tensor];
    const [, channels = 1, height = 1, width = 1] = x.shape;
    const shape = [rois.shape[0] as number, channels, ...pooled_shape];
    const values = positionsOf(shape).map(([region = 0, channel = 0, row = 0, column = 0]) => {
      const corner = (index: number) => Math.round(rois.at(region * 5 + index) * spatial_scale);
      const span = (start: number, end: number, bins: number, bin: number, limit: number) => {
        const size = Math.max(end - start + 1, 1) / bins;
        const clamp = (value: number) => Math.min(Math.max(value + start, 0), limit);
        return [clamp(Math.floor(bin * size)), clamp(Math.ceil((bin + 1) * size))] as const;
      };
      const [top, bottom] = span(corner(2), corner(4), pooled_shape[0] as number, row, height);
      const [left, right] = span(corner(1), corner(3), pooled_shape[1] as number, column, width);
      const base = (rois.at(region * 5) * channels + channel) * height * width;
      let largest = Number.NEGATIVE_INFINITY;
      for (let i = top; i < bottom; i++) for (let j = left; j < right; j++) largest = Math.max(largest, x.at(base + i * width + j));
      return largest === Number.NEGATIVE_INFINITY ? 0 : largest;
    });
    return [Tensor.from(values, shape, 'float64').cast(x.dtype)];
  },
};
