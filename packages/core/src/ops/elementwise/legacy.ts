import { EngineError } from '../../errors.ts';
import type { ValueType } from '../../ir/graph.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape, required } from '../dims.ts';
import { reshapeTo } from '../movement/reshape-to.ts';
import type { AnyOp, Op } from '../op.ts';
import { binaryOps, pow, pRelu } from './binary.ts';

interface LegacyAttributes {
  readonly axis: number | undefined;
  readonly broadcast: number;
}

/** Up to opset 6, two operands have one shape, or `broadcast` says that the second is a run of the first's axes, from `axis` on (by default the last ones). */
function aligned(a: readonly number[], b: readonly number[], { axis, broadcast }: LegacyAttributes): readonly number[] {
  if (broadcast === 0 || b.length === 0 || b.length >= a.length) return b;
  const start = axis === undefined ? a.length - b.length : axis < 0 ? axis + a.length : axis;
  if (start + b.length > a.length) throw new EngineError('invalid-model', "attribute 'axis' is past the first operand", { got: `${axis}` });
  return [...b, ...new Array<number>(a.length - b.length - start).fill(1)];
}

function legacy(modern: Op): Op<LegacyAttributes> {
  const { type } = modern;
  const context = { constant: () => undefined, outputs: 1 };
  return {
    type,
    since: 1,
    attributes: { axis: attribute.optionalInt(), broadcast: attribute.int(0) },
    infer([a, b]) {
      const first = required(a, 'A');
      return [
        {
          dtype: (modern.infer([first, { ...required(b, 'B'), shape: first.shape }], {}, context)[0] as ValueType).dtype,
          shape: first.shape,
        },
      ];
    },
    reference([a, b], given) {
      const [first, second] = [a as Tensor, b as Tensor];
      return modern.reference([first, second.reshape(aligned(first.shape, second.shape, given))], {}, 1);
    },
    lower({ g, inputs: [a = '', b = ''], types, attributes: given }) {
      const shape = boundShape(types[1]);
      const target = aligned(boundShape(types[0]), shape, given);
      return [g.add(type, [a, target.length === shape.length ? b : reshapeTo(g, b, target)])];
    },
  };
}

/** One slope for each channel, which stands on the second axis, whatever follows it. */
const pRelu1: Op = {
  ...pRelu,
  since: 1,
  infer: ([x]) => [required(x, 'X')],
  reference([x, slope]) {
    const [data, own] = [x as Tensor, slope as Tensor];
    return pRelu.reference([data, own.reshape(channelForm(data.shape, own.shape))], {}, 1);
  },
  lower({ g, inputs: [x = '', slope = ''], types }) {
    const shape = boundShape(types[1]);
    const form = channelForm(boundShape(types[0]), shape);
    return [g.add('PRelu', [x, form.length === shape.length ? slope : reshapeTo(g, slope, form)])];
  },
};

function channelForm(x: readonly number[], slope: readonly number[]): readonly number[] {
  const isChannels = slope.length === 1 && slope[0] !== 1 && x.length > 2;
  return isChannels ? [...slope, ...new Array<number>(x.length - 2).fill(1)] : slope;
}

/** The same operator, written for older operator sets, where what has changed since does not matter here. */
export function asOf<A>(since: number, op: Op<A>): Op<A> {
  return { ...op, since };
}

const broadcasting = new Set(['Add', 'And', 'Div', 'Equal', 'Greater', 'Less', 'Mul', 'Or', 'Sub', 'Xor']);

export const legacyOps: readonly AnyOp[] = [...binaryOps.filter(({ type }) => broadcasting.has(type)), pow].map(legacy);
export const legacyPRelu: AnyOp = pRelu1;
