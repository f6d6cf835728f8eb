import { EngineError } from '../../errors.ts';
import type { ValueType } from '../../ir/graph.ts';
import { isFloat } from '../../tensor/dtype.ts';
import { normalizeAxis } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { type AttributeSpec, attribute } from '../attribute.ts';
import { boundShape, required, requiredConstant, unknownDim } from '../dims.ts';
import { type Arithmetic, arithmetic } from '../elementwise/arithmetic.ts';
import { tensorOf } from '../elementwise/evaluate.ts';
import { differentiable } from '../movement/copy.ts';
import { int64s } from '../movement/host.ts';
import type { AnyOp, Op } from '../op.ts';
import { type ReduceName, reduceKinds } from './kinds.ts';
import { reducedCount, reducedShape, reduceOnHost } from './reduce.ts';

/** dx from dy, y (both with the reduced axes kept as 1) and x; broadcasting brings it to x's shape. */
type Gradient = (m: Arithmetic, dy: string, y: string, x: string, count: number) => string;

/** Gradient of each kind. */
const gradients: Readonly<Record<ReduceName, Gradient>> = {
  sum: (_, dy) => dy,
  mean: (m, dy, _, __, count) => m.div(dy, count),
  // dx = dy where x is the extremum
  max: (m, dy, y, x) => m.where(m.apply('Equal', [x, y]), dy, 0),
  min: (m, dy, y, x) => m.where(m.apply('Equal', [x, y]), dy, 0),
  // dx = dy·y/x
  prod: (m, dy, y, x) => m.div(m.mul(dy, y), x),
  // dx = 2x·dy
  sumSquare: (m, dy, _, x) => m.mul(m.mul(x, 2), dy),
  // dx = sign(x)·dy
  l1: (m, dy, _, x) => m.mul(m.apply('Sign', [x]), dy),
  // dx = x/y·dy
  l2: (m, dy, y, x) => m.mul(m.div(x, y), dy),
  // dx = dy/Σx = dy·exp(−y)
  logSum: (m, dy, y) => m.mul(dy, m.exp(m.neg(y))),
  // dx = exp(x − y)·dy
  logSumExp: (m, dy, y, x) => m.mul(m.exp(m.sub(x, y)), dy),
};

function normalizeAxes(axes: readonly number[] | undefined, rank: number): readonly number[] {
  const all = axes && axes.length > 0 ? axes.map((axis) => normalizeAxis(axis, rank)) : Array.from({ length: rank }, (_, axis) => axis);
  return [...new Set(all)].sort((a, b) => a - b);
}

interface Common {
  readonly keepdims: number;
}

/**
 * An ONNX reduction.
 * @param axesOf the axes of a node: undefined while they are not known; empty for "reduce nothing"
 */
function reduction<A extends Common>(
  type: string,
  kind: ReduceName,
  since: number,
  attributes: AttributeSpec<A>,
  axesOf: (attributes: A, axes: Tensor | undefined, given: boolean, rank: number) => readonly number[] | undefined,
): Op<A> {
  const known = (given: A, axes: Tensor | undefined, hasAxes: boolean, rank: number) =>
    requiredConstant(axesOf(given, axes, hasAxes, rank), 'axes');
  return {
    type,
    since,
    attributes,
    infer(inputs, given, { constant }) {
      const x = required(inputs[0], 'data');
      const axes = axesOf(given, constant(1), inputs[1] !== undefined, x.shape.length);
      if (axes) return [{ dtype: x.dtype, shape: reducedShape(x.shape, axes, given.keepdims) }];
      if (!given.keepdims) throw new EngineError('unsupported', 'the axes are computed by the graph', { expected: 'constant axes' });
      return [{ dtype: x.dtype, shape: x.shape.map(unknownDim) }];
    },
    reference([input, axes], given) {
      const x = input as Tensor;
      const over = known(given, axes, axes !== undefined, x.shape.length);
      if (over.length === 0) return [x];
      return [tensorOf(reduceOnHost(x, kind, over), reducedShape(x.shape, over, given.keepdims) as readonly number[], x.dtype)];
    },
    lower({ g, inputs: [x = '', axes = ''], types, attributes: given, constant }) {
      const shape = boundShape(types[0]);
      const over = known(given, constant(1), axes !== '', shape.length);
      if (over.length === 0) return [g.add('Identity', [x])];
      const { dtype } = types[0] as ValueType;
      if (!isFloat(dtype) && !reduceKinds[kind].integer)
        throw new EngineError('unsupported', `${type} of integers has no kernel`, { got: dtype });
      return [g.add('Reduce', [x], { kind, axes: over, keepdims: given.keepdims }, { domain: 'headstart' })];
    },
    vjp({ g, inputs, outputs, dy: [dy = ''], types, attributes: given, constant }) {
      const none = inputs.slice(1).map(() => '');
      const [x = '', axes = ''] = inputs;
      if (dy === '' || !differentiable(g, x)) return ['', ...none];
      const data = types[0] as ValueType;
      const over = known(given, constant(1), axes !== '', data.shape.length);
      if (over.length === 0) return [dy, ...none];
      const kept = (value: string) => (given.keepdims ? value : g.add('Unsqueeze', [value, g.constant(int64s(over), g.fresh('axes'))]));
      const m = arithmetic(g, data.dtype);
      const flow = gradients[kind](m, kept(dy), kept(outputs[0] as string), x, reducedCount(data, over));
      const target = g.constant(int64s(boundShape(data)), g.fresh('shape'));
      return [g.add('Expand', [flow, target]), ...none];
    },
  };
}

const withAttribute = (type: string, kind: ReduceName): AnyOp =>
  reduction<Common & { axes: readonly number[] | undefined }>(
    type,
    kind,
    1,
    { axes: attribute.optionalInts(), keepdims: attribute.int(1) },
    ({ axes }, _, __, rank) => normalizeAxes(axes, rank),
  );

const withInput = (type: string, kind: ReduceName, since: number): AnyOp =>
  reduction<Common & { noop_with_empty_axes: number }>(
    type,
    kind,
    since,
    { keepdims: attribute.int(1), noop_with_empty_axes: attribute.int(0) },
    ({ noop_with_empty_axes }, axes, given, rank) => {
      if (given && !axes) return undefined;
      return noop_with_empty_axes && (axes?.size ?? 0) === 0 ? [] : normalizeAxes(axes?.toNumbers(), rank);
    },
  );

const named: Readonly<Record<string, ReduceName>> = {
  ReduceL1: 'l1',
  ReduceL2: 'l2',
  ReduceLogSum: 'logSum',
  ReduceLogSumExp: 'logSumExp',
  ReduceMax: 'max',
  ReduceMean: 'mean',
  ReduceMin: 'min',
  ReduceProd: 'prod',
  ReduceSum: 'sum',
  ReduceSumSquare: 'sumSquare',
};

/** Axes are an attribute at first and an input from opset 18 on (ReduceSum: 13). */
export const reduceOps: readonly AnyOp[] = Object.entries(named).flatMap(([type, kind]) => [
  withAttribute(type, kind),
  withInput(type, kind, kind === 'sum' ? 13 : 18),
]);
