import { EngineError } from '../../errors.ts';
import { isFloat } from '../../tensor/dtype.ts';
import { sizeOf, stridesOf } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { positionsOf } from '../conv/spatial.ts';
import type { Window } from '../conv/window.ts';
import { scalarAt } from '../elementwise/evaluate.ts';
import type { HostScalar } from '../elementwise/functions.ts';
import { lowest } from './pool-core.ts';

interface PoolGeometry extends Window {
  readonly kind: 'max' | 'average';
  /** `[begin…, end…]` */
  readonly pads: readonly number[];
  readonly countIncludePad: number;
}

/** Each window's largest element (with its flat position in x) or mean, over any number of spatial axes. */
export function poolOverAxes(
  x: Tensor,
  shape: readonly number[],
  { kind, kernel, strides, dilations, pads, countIncludePad }: PoolGeometry,
): { readonly values: HostScalar[]; readonly indices: number[] } {
  if (kind === 'average' && !isFloat(x.dtype)) throw new EngineError('invalid-model', 'an average of integers', { got: x.dtype });
  const spatial = x.shape.slice(2);
  const rank = spatial.length;
  const inner = sizeOf(spatial);
  const places = stridesOf(spatial);
  const taps = positionsOf(kernel);
  const values: HostScalar[] = [];
  const indices: number[] = [];
  for (const [sample = 0, channel = 0, ...position] of positionsOf(shape)) {
    const base = (sample * (x.shape[1] as number) + channel) * inner;
    let [sum, inside, counted, at] = [0, 0, 0, -1];
    let largest = lowest(x.dtype);
    for (const tap of taps) {
      let offset = base;
      let [within, padded] = [true, true];
      for (let axis = 0; axis < rank; axis++) {
        const dim = spatial[axis] as number;
        const index =
          (position[axis] as number) * (strides[axis] as number) +
          (tap[axis] as number) * (dilations[axis] as number) -
          (pads[axis] as number);
        if (index >= dim + (pads[axis + rank] as number)) padded = false;
        if (index < 0 || index >= dim) within = false;
        offset += index * (places[axis] as number);
      }
      if (padded) counted++;
      if (!within) continue;
      inside++;
      const value = scalarAt(x, offset);
      if (kind === 'average') sum += Number(value);
      else if (at < 0 || value > largest || Number.isNaN(value)) [largest, at] = [value, offset];
    }
    values.push(kind === 'average' ? sum / (countIncludePad ? counted : Math.max(inside, 1)) : largest);
    indices.push(Math.max(at, 0));
  }
  return { values, indices };
}

/** Flat positions counted with the first spatial axis fastest, where `order` is 1. */
export function columnMajor(indices: readonly number[], shape: readonly number[], order: number): bigint[] {
  if (order === 0) return indices.map(BigInt);
  const spatial = shape.slice(2);
  const inner = sizeOf(spatial);
  const strides = stridesOf(spatial);
  return indices.map((index) => {
    let rest = index % inner;
    let place = 1;
    let result = index - rest;
    const position = strides.map((stride) => {
      const own = Math.floor(rest / stride);
      rest -= own * stride;
      return own;
    });
    position.forEach((own, axis) => {
      result += own * place;
      place *= spatial[axis] as number;
    });
    return BigInt(result);
  });
}
