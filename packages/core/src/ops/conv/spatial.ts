import type { GraphBuilder } from '../../ir/builder.ts';
import { derived } from '../../tensor/derived.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { int64s } from '../movement/host.ts';
import { reshapeTo } from '../movement/reshape-to.ts';
import type { Window } from './window.ts';

/** A convolution window with explicit pads, over any number of spatial axes. */
export interface PaddedWindow extends Window {
  readonly pads: readonly number[];
}

/**
 * Writes a convolution over three or more spatial axes as one over fewer: the offsets of the kernel along the first spatial axis become
 * channels, and the output positions along it become samples.
 *
 *   X[N, C, D, …] → X'[N·D', C·k, …],  W[M, C/g, k, …] → W'[M, C/g·k, …]
 *
 * @returns the new operands with what is left of the window, and what puts the result [N·D', M, …] back to [N, M, D', …]
 */
export function unfoldFirstAxis(
  g: GraphBuilder,
  x: string,
  w: string,
  shape: readonly number[],
  weights: readonly number[],
  { kernel, strides, dilations, pads }: PaddedWindow,
): { readonly x: string; readonly w: string; readonly window: PaddedWindow; restore(result: string): string } {
  const [batch = 1, channels = 1, depth = 1, ...inner] = shape;
  const rank = kernel.length;
  const [size = 1, stride = 1, dilation = 1] = [kernel[0], strides[0], dilations[0]];
  const [begin = 0, end = 0] = [pads[0], pads[rank]];
  const slices = Math.floor((depth + begin + end - dilation * (size - 1) - 1) / stride) + 1;
  const padded =
    begin === 0 && end === 0
      ? x
      : g.add('Pad', [x, g.constant(int64s([0, 0, begin, ...inner.map(() => 0), 0, 0, end, ...inner.map(() => 0)]), g.fresh('pads'))]);
  // positions[d'][i] = d'·stride + i·dilation
  const positions = Int32Array.from({ length: slices * size }, (_, index) => Math.floor(index / size) * stride + (index % size) * dilation);
  const taken = g.add('Gather', [padded, g.constant(Tensor.from(positions, [slices, size]), g.fresh('positions'))], { axis: 2 });
  const axes = inner.map((_, axis) => axis + 4);
  const samples = reshapeTo(g, g.add('Transpose', [taken], { perm: [0, 2, 1, 3, ...axes] }), [batch * slices, channels * size, ...inner]);
  const [outputs = 1, own = 1, , ...kernelInner] = weights;
  const constant = g.constantOf(w);
  const form = [outputs, own * size, ...kernelInner];
  return {
    x: samples,
    w: constant
      ? g.constant(
          derived(constant, `reshape/${form.join()}`, () => constant.reshape(form)),
          g.fresh('weights'),
        )
      : reshapeTo(g, w, form),
    window: {
      kernel: kernel.slice(1),
      strides: strides.slice(1),
      dilations: dilations.slice(1),
      pads: [...pads.slice(1, rank), ...pads.slice(rank + 1)],
    },
    restore(result) {
      const [, rows = 1, ...spatial] = g.typeOf(result).shape as readonly number[];
      const split = reshapeTo(g, result, [batch, slices, rows, ...spatial]);
      return g.add('Transpose', [split], { perm: [0, 2, 1, ...spatial.map((_, axis) => axis + 3)] });
    },
  };
}

/** Visits all positions of a shape in row-major order. */
export function positionsOf(shape: readonly number[]): readonly (readonly number[])[] {
  return Array.from({ length: sizeOf(shape) }, (_, offset) => {
    let rest = offset;
    return shape
      .toReversed()
      .map((dim) => {
        const index = rest % dim;
        rest = Math.floor(rest / dim);
        return index;
      })
      .reverse();
  });
}
