import { EngineError } from '../../errors.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import { dtypes } from '../../tensor/dtype.ts';
import { sizeOf, stridesOf } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { required } from '../dims.ts';
import { broadcastReader, evaluateExpression, scalarAt, tensorOf } from '../elementwise/evaluate.ts';
import type { Expression } from '../elementwise/expression.ts';
import type { HostScalar } from '../elementwise/functions.ts';
import type { BoundType, Op } from '../op.ts';
import { type ReduceName, reduceKinds } from './kinds.ts';
import { reduceCandidates } from './reduce.wgsl.ts';

export interface ReduceAttributes {
  readonly kind: ReduceName;
  /** In 0..rank-1, ascending. */
  readonly axes: readonly number[];
  /** 1: reduced axes stay with size 1. */
  readonly keepdims: number;
  /** Slot 0 is the result, slots 1.. are inputs[1..], which broadcast to the output. */
  readonly expression: Expression;
}

export function reducedShape(shape: readonly Dim[], axes: readonly number[], keepdims: number): readonly Dim[] {
  return shape.flatMap((dim, axis) => (axes.includes(axis) ? (keepdims ? [1] : []) : [dim]));
}

/** Core op: reduces any axes by one of `reduceKinds`, accumulating floats in f32, then applies an expression. */
export const reduce: Op<ReduceAttributes> = {
  type: 'Reduce',
  domain: 'headstart',
  since: 1,
  attributes: {
    kind: attribute.any<ReduceName>(),
    axes: attribute.ints(),
    keepdims: attribute.int(1),
    expression: attribute.any<Expression>([]),
  },
  operandsFrom: 1,
  infer([input], { axes, keepdims }) {
    const x = required(input, 'data');
    return [{ dtype: x.dtype, shape: reducedShape(x.shape, axes, keepdims) }];
  },
  reference([input, ...operands], attributes) {
    const x = input as Tensor;
    const shape = reducedShape(x.shape, attributes.axes, attributes.keepdims) as readonly number[];
    const values = reduceOnHost(x, attributes.kind, attributes.axes);
    const readers = (operands as Tensor[]).map((operand) => broadcastReader(operand, shape));
    const results = values.map((value, offset) =>
      evaluateExpression(attributes.expression, [value, ...readers.map((read) => read(offset))]),
    );
    return [tensorOf(results, shape, x.dtype)];
  },
  kernels: (inputs, attributes, context) => reduceCandidates(inputs as readonly BoundType[], attributes, context),
};

/** The reduced elements in the order of the output. */
export function reduceOnHost(x: Tensor, kind: ReduceName, axes: readonly number[]): readonly HostScalar[] {
  const kept = x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  const strides = stridesOf(x.shape);
  const offsets = (over: readonly number[]) =>
    over.reduce<number[]>(
      (bases, axis) =>
        bases.flatMap((base) => Array.from({ length: x.shape[axis] as number }, (_, index) => base + index * (strides[axis] as number))),
      [0],
    );
  const inner = offsets(axes);
  const { float, integer } = reduceKinds[kind];
  const isFloat = dtypes[x.dtype].kind === 'float';
  if (!isFloat && !integer) throw new EngineError('unsupported', `reduction ${kind} is defined for floats only`, { got: x.dtype });
  return offsets(kept).map((base) => {
    const values = inner.map((offset) => scalarAt(x, base + offset));
    return isFloat ? float(values as number[]) : (integer as (values: readonly bigint[]) => bigint)(values.map((value) => BigInt(value)));
  });
}

/** How many elements go into one output element. */
export function reducedCount(type: ValueType, axes: readonly number[]): number {
  return sizeOf(axes.map((axis) => type.shape[axis] as number));
}
