import { EngineError } from '../../errors.ts';
import { divideDims, multiplyDims, productOfDims } from '../../ir/dims.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import { isBound } from '../../ir/graph.ts';
import { normalizeAxis } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { type AttributeSpec, attribute } from '../attribute.ts';
import { lengthOf, required, unknownDim } from '../dims.ts';
import type { GradientContext, InferContext, Op } from '../op.ts';
import { differentiable } from './copy.ts';
import { int64s } from './host.ts';

/** An op whose output is its first input's bytes under another shape. */
function reshaping<A>(spec: {
  type: string;
  since: number;
  attributes: AttributeSpec<A>;
  shape(
    x: ValueType,
    attributes: A,
    constant: (index: number) => Tensor | undefined,
    inputs: readonly (ValueType | undefined)[],
  ): readonly Dim[];
}): Op<A> {
  return {
    type: spec.type,
    since: spec.since,
    attributes: spec.attributes,
    alias: true,
    infer(inputs, attributes, context: InferContext) {
      const x = required(inputs[0], 'data');
      return [{ dtype: x.dtype, shape: spec.shape(x, attributes, (index) => context.constant(index), inputs) }];
    },
    reference(inputs, attributes) {
      const x = inputs[0] as Tensor;
      return [x.reshape(spec.shape(x, attributes, (index) => inputs[index], inputs) as readonly number[])];
    },
    vjp: reshapeBack,
  };
}

/** dx = dy in x's shape. */
export function reshapeBack({ g, inputs, dy: [dy = ''], types: [x] }: GradientContext<unknown>): readonly string[] {
  const none = inputs.slice(1).map(() => '');
  if (dy === '' || !differentiable(g, inputs[0] as string)) return ['', ...none];
  const { shape } = x as ValueType;
  const target = isBound(shape) ? g.constant(int64s(shape), g.fresh('shape')) : g.add('Shape', [inputs[0] as string]);
  return [g.add('Reshape', [dy, target], { allowzero: 1 }), ...none];
}

/** Reshape's target for given numbers: 0 keeps the input's dimension (unless `allowzero`), −1 takes what is left. */
function resolve(x: ValueType, wanted: readonly number[], allowZero: boolean): readonly Dim[] {
  const dims = wanted.map((dim, axis): Dim => {
    if (dim === 0 && !allowZero) {
      const own = x.shape[axis];
      if (own === undefined)
        throw new EngineError('invalid-model', `shape has 0 on axis ${axis}, which the input does not have`, {
          got: `rank ${x.shape.length}`,
        });
      return own;
    }
    return dim;
  });
  const open = dims.indexOf(-1);
  if (open < 0) {
    if (isBound(x.shape) && isBound(dims) && productOfDims(x.shape) !== productOfDims(dims)) throw misfit(x, wanted);
    return dims;
  }
  const rest = dims.filter((_, axis) => axis !== open);
  if (isBound(x.shape) && isBound(rest)) {
    const size = productOfDims(x.shape) as number;
    const known = productOfDims(rest) as number;
    if (known === 0 ? size !== 0 : size % known !== 0) throw misfit(x, wanted);
    return dims.with(open, known === 0 ? 0 : size / known);
  }
  return dims.with(open, leftOver(x.shape, rest));
}

/** Product of `shape` over that of `rest`, dimensions on both sides cancelled. */
function leftOver(shape: readonly Dim[], rest: readonly Dim[]): Dim {
  const above = [...shape];
  const below = rest.filter((dim) => {
    const position = above.indexOf(dim);
    if (position < 0) return true;
    above.splice(position, 1);
    return false;
  });
  const numbers = (dims: readonly Dim[]) => dims.filter((dim) => typeof dim === 'number').reduce((product, dim) => product * dim, 1);
  const symbols = (dims: readonly Dim[]) => dims.filter((dim) => typeof dim === 'string');
  const [top, bottom] = [numbers(above), numbers(below)];
  if (bottom !== 0 && top % bottom === 0) {
    const product = productOfDims([top / bottom, ...symbols(above)]);
    return symbols(below).reduce<Dim>((quotient, dim) => divideDims(quotient, dim), product);
  }
  return divideDims(productOfDims(above), multiplyDims(productOfDims(below), 1));
}

function misfit(x: ValueType, wanted: readonly number[]): EngineError {
  return new EngineError('invalid-model', 'the shape does not fit the input', {
    expected: `as many elements as [${x.shape.join(', ')}]`,
    got: `[${wanted.join(', ')}]`,
  });
}

/** Squeeze's result; without axes every dimension of size 1 goes. */
function squeezed(x: ValueType, axes: readonly number[] | undefined): readonly Dim[] {
  const rank = x.shape.length;
  const gone = new Set(axes?.map((axis) => normalizeAxis(axis, rank)) ?? x.shape.flatMap((dim, axis) => (dim === 1 ? [axis] : [])));
  for (const axis of gone) {
    const dim = x.shape[axis];
    if (typeof dim === 'number' && dim !== 1)
      throw new EngineError('invalid-model', `axis ${axis} cannot be squeezed`, { expected: 'size 1', got: `${dim}` });
  }
  return x.shape.filter((_, axis) => !gone.has(axis));
}

function unsqueezed(x: ValueType, axes: readonly number[]): readonly Dim[] {
  const rank = x.shape.length + axes.length;
  const added = new Set(axes.map((axis) => normalizeAxis(axis, rank)));
  if (added.size !== axes.length) throw new EngineError('invalid-model', 'an axis is named twice', { got: `[${axes.join(', ')}]` });
  const rest = [...x.shape];
  return Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : (rest.shift() as Dim)));
}

const unknownAxes = (name: string) =>
  new EngineError('unsupported', `${name}: axes are computed by the graph`, { expected: 'constant axes' });

export const reshapeOps = [
  reshaping<{ allowzero: number }>({
    type: 'Reshape',
    since: 5,
    attributes: { allowzero: attribute.int(0) },
    shape(x, { allowzero }, constant, inputs) {
      const wanted = constant(1);
      if (wanted) return resolve(x, wanted.toNumbers(), allowzero === 1);
      return Array.from({ length: lengthOf(required(inputs[1], 'shape'), 'shape') }, unknownDim);
    },
  }),
  reshaping<{ axis: number }>({
    type: 'Flatten',
    since: 1,
    attributes: { axis: attribute.int(1) },
    shape({ shape }, { axis }) {
      const at = axis === shape.length ? axis : normalizeAxis(axis, shape.length);
      return [productOfDims(shape.slice(0, at)), productOfDims(shape.slice(at))];
    },
  }),
  { ...reshaping({ type: 'Identity', since: 1, attributes: {}, shape: (x) => x.shape }), passes: true },
  reshaping<{ axes: readonly number[] | undefined }>({
    type: 'Squeeze',
    since: 1,
    attributes: { axes: attribute.optionalInts() },
    shape: (x, { axes }) => squeezed(x, axes),
  }),
  reshaping({
    type: 'Squeeze',
    since: 13,
    attributes: {},
    shape(x, _, constant, inputs) {
      const axes = constant(1);
      if (inputs[1] && !axes) throw unknownAxes('Squeeze');
      return squeezed(x, axes?.toNumbers());
    },
  }),
  reshaping<{ axes: readonly number[] }>({
    type: 'Unsqueeze',
    since: 1,
    attributes: { axes: attribute.ints() },
    shape: (x, { axes }) => unsqueezed(x, axes),
  }),
  reshaping({
    type: 'Unsqueeze',
    since: 13,
    attributes: {},
    shape(x, _, constant) {
      const axes = constant(1);
      if (!axes) throw unknownAxes('Unsqueeze');
      return unsqueezed(x, axes.toNumbers());
    },
  }),
] as const;
