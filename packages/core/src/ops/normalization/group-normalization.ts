import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import type { ValueType } from '../../ir/graph.ts';
import { sizeOf } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { type AttributeSpec, attribute } from '../attribute.ts';
import { boundShape, required } from '../dims.ts';
import { arithmetic } from '../elementwise/arithmetic.ts';
import { tensorOf } from '../elementwise/evaluate.ts';
import { int64s } from '../movement/host.ts';
import type { GradientContext, Op } from '../op.ts';
import { addNormalization } from './affine.ts';
import { addStatistics, floating } from './layer-normalization.ts';
import { normalizeRows } from './normalize.ts';

interface GroupAttributes {
  readonly epsilon: number;
  readonly num_groups: number;
}

interface GroupSpec<A> {
  readonly type: string;
  readonly since: number;
  readonly attributes: AttributeSpec<A>;
  /** Whether scale and bias have one value a channel; else one a group. */
  readonly perChannel: boolean;
  groups(channels: number, attributes: A): number;
}

/**
 * Normalises each group of channels of x [N, C, …] over its channels and positions: x is seen as [N, G, C/G, P] with rows of the
 * last two axes, scale and bias as [G, C/G, 1] (or [G, 1, 1]).
 */
function groupOp<A extends { readonly epsilon: number }>({ type, since, attributes, perChannel, groups }: GroupSpec<A>): Op<A> {
  const formOf = (shape: readonly number[], given: A): readonly [number, number, number, number] => {
    const [n = 1, c = 1] = shape;
    const g = groups(c, given);
    return [n, g, c / g, sizeOf(shape.slice(2))];
  };
  const parameterForm = ([, g, inGroup]: readonly number[]) => [g as number, perChannel ? (inGroup as number) : 1, 1];
  return {
    type,
    since,
    attributes,
    infer(inputs, given) {
      const x = floating(inputs[0], 'X');
      required(inputs[1], 'scale');
      required(inputs[2], 'bias');
      const channels = x.shape[1];
      if (x.shape.length < 2)
        throw new EngineError('invalid-model', 'x has no channels', { expected: '[N, C, …]', got: `rank ${x.shape.length}` });
      if (typeof channels === 'number' && channels % groups(channels, given) !== 0) {
        throw new EngineError('invalid-model', 'the channels do not divide into the groups', {
          expected: `a multiple of ${groups(channels, given)}`,
          got: `${channels}`,
        });
      }
      return [x];
    },
    reference([input, scale, bias], given) {
      const x = input as Tensor;
      const form = formOf(x.shape, given);
      const { values } = normalizeRows(x.reshape(form), 2, true, given.epsilon);
      const [, g, inGroup, positions] = form;
      const slot = (offset: number) => {
        const channel = Math.floor(offset / positions) % (g * inGroup);
        return perChannel ? channel : Math.floor(channel / inGroup);
      };
      const y = values.map((value, offset) => value * (scale as Tensor).at(slot(offset)) + (bias as Tensor).at(slot(offset)));
      return [tensorOf(y, x.shape, x.dtype)];
    },
    lower({ g, inputs: [x = '', scale = '', bias = ''], types, attributes: given }) {
      const shape = boundShape(types[0]);
      const form = formOf(shape, given);
      const parameters = g.constant(int64s(parameterForm(form)), g.fresh('shape'));
      const y = addNormalization(g, reshape(g, x, form), g.add('Reshape', [scale, parameters]), g.add('Reshape', [bias, parameters]), {
        axis: 2,
        centred: true,
        epsilon: given.epsilon,
      });
      return [reshape(g, y, shape)];
    },
    vjp: (context) => groupGradient(context, formOf(boundShape(context.types[0]), context.attributes), parameterForm),
  };
}

function reshape(g: GraphBuilder, name: string, shape: readonly number[]): string {
  return g.add('Reshape', [name, g.constant(int64s(shape), g.fresh('shape'))], { allowzero: 1 });
}

/** As for layer normalisation with rows [C/G, P]; dscale and dbias are summed over what they broadcast to. */
function groupGradient<A extends { readonly epsilon: number }>(
  { g, inputs: [x = '', scale = ''], dy: [dy = ''], types, attributes: { epsilon } }: GradientContext<A>,
  form: readonly number[],
  parameterForm: (form: readonly number[]) => readonly number[],
): readonly string[] {
  if (dy === '') return ['', '', ''];
  const { dtype, shape } = types[0] as ValueType;
  const m = arithmetic(g, dtype);
  const parameters = parameterForm(form);
  const over = g.constant(int64s([2, 3]), g.fresh('axes'));
  const average = (name: string) => g.add('ReduceMean', [name, over], { keepdims: 1 });
  const { difference, inverse } = addStatistics(g, reshape(g, x, form), 2, true, epsilon);
  const n = m.mul(difference, inverse);
  const flow = reshape(g, dy, form);
  const s = m.mul(flow, reshape(g, scale, parameters));
  const dx = m.mul(m.sub(m.sub(s, average(s)), m.mul(n, average(m.mul(s, n)))), inverse);
  const summed = g.constant(int64s(parameters[1] === 1 && form[2] !== 1 ? [0, 2, 3] : [0, 3]), g.fresh('axes'));
  const total = (name: string) =>
    reshape(g, g.add('ReduceSum', [name, summed], { keepdims: 0 }), (types[1] as ValueType).shape as number[]);
  return [reshape(g, dx, shape as number[]), total(m.mul(flow, n)), total(flow)];
}

const groupAttributes: AttributeSpec<GroupAttributes> = { epsilon: attribute.float(1e-5), num_groups: attribute.int() };

/** Opset 18: scale and bias [G]. */
export const groupNormalization18 = groupOp<GroupAttributes>({
  type: 'GroupNormalization',
  since: 18,
  attributes: groupAttributes,
  perChannel: false,
  groups: (_, { num_groups }) => num_groups,
});

/** Opset 21: scale and bias [C]. */
export const groupNormalization = groupOp<GroupAttributes>({
  type: 'GroupNormalization',
  since: 21,
  attributes: groupAttributes,
  perChannel: true,
  groups: (_, { num_groups }) => num_groups,
});

/** Each channel is a group. */
export const instanceNormalization = groupOp<{ epsilon: number }>({
  type: 'InstanceNormalization',
  since: 1,
  attributes: { epsilon: attribute.float(1e-5) },
  perChannel: true,
  groups: (channels) => channels,
});
