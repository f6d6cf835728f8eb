import type { GraphBuilder } from '../../ir/builder.ts';
import type { DType } from '../../tensor/dtype.ts';
import { dtypes } from '../../tensor/dtype.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { ExpressionBuilder } from '../elementwise/build.ts';
import { roundHalfEven } from '../elementwise/host.ts';

/** Least and greatest value of an integer dtype. */
export function limitsOf(dtype: DType): readonly [number, number] {
  const { bytes, kind } = dtypes[dtype];
  const bits = bytes * 8;
  return kind === 'signed' ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
}

/** saturate(round(value) + zero), ties to even, on the host. */
export function quantizeOnHost(value: number, zero: number, dtype: DType): number {
  const [low, high] = limitsOf(dtype);
  const rounded = roundHalfEven(value) + zero;
  return Number.isNaN(rounded) ? 0 : Math.min(Math.max(rounded, low), high);
}

/** Appends saturate(round(slot) + zero) in `dtype` to an expression; no zero point is 0. */
export function applyQuantize(e: ExpressionBuilder, slot: number, zero: number | undefined, dtype: DType): number {
  const rounded = e.apply('Round', [slot]);
  const moved = zero === undefined ? rounded : e.apply('Add', [rounded, e.cast(zero, 'float32')]);
  return e.cast(moved, dtype);
}

/** Appends slot − zero as a float: exact, since 8- and 16-bit differences fit f32. */
export function applyCentre(e: ExpressionBuilder, slot: number, zero: number | undefined): number {
  const value = e.cast(slot, 'float32');
  return zero === undefined ? value : e.apply('Sub', [value, e.cast(zero, 'float32')]);
}

/** A core Elementwise whose expression `write` makes; absent inputs ('') have undefined slots. */
export function addExpression(
  g: GraphBuilder,
  inputs: readonly string[],
  dtype: DType,
  write: (e: ExpressionBuilder, slots: readonly (number | undefined)[]) => number,
): string {
  const present = inputs.filter((name) => name !== '');
  const e = new ExpressionBuilder(present.map((name) => g.typeOf(name).dtype));
  let next = 0;
  const slots = inputs.map((name) => (name === '' ? undefined : next++));
  return g.add('Elementwise', present, { expression: e.build(write(e, slots)), dtype }, { domain: 'headstart' });
}

/** A vector [C] as [C, 1, …] with `after` ones, so that it varies along one axis; scalars and other shapes stay. */
export function alongAxis(g: GraphBuilder, name: string, after: number): string {
  if (name === '') return name;
  const { shape } = g.typeOf(name);
  if (shape.length !== 1 || after === 0) return name;
  const target = [shape[0] as number, ...new Array<number>(after).fill(1)];
  return g.add('Reshape', [name, g.constant(Tensor.from(target, [target.length], 'int64'), g.fresh('shape'))]);
}

/** Reads a scale or zero point on the host: a scalar, or one value along an axis of a tensor. */
export function parameterAt(tensor: Tensor | undefined, index: number, absent: number): number {
  if (!tensor) return absent;
  return tensor.size === 1 ? tensor.at(0) : tensor.at(index);
}
