import { EngineError } from '../../errors.ts';
import type { ValueType } from '../../ir/graph.ts';
import type { DType } from '../../tensor/dtype.ts';
import { dtypeOfElementType } from '../../tensor/element-type.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { type AttributeSpec, attribute } from '../attribute.ts';
import { required } from '../dims.ts';
import type { Op } from '../op.ts';
import { drawing } from './drawing.ts';

interface Seeded {
  readonly seed: number | undefined;
  readonly dtype: number | undefined;
}

interface UniformAttributes extends Seeded {
  readonly low: number;
  readonly high: number;
}

interface NormalAttributes extends Seeded {
  readonly mean: number;
  readonly scale: number;
}

const seeded = { seed: attribute.optionalFloat(), dtype: attribute.optionalInt() };
const uniformSpec: AttributeSpec<UniformAttributes> = { ...seeded, low: attribute.float(0), high: attribute.float(1) };
const normalSpec: AttributeSpec<NormalAttributes> = { ...seeded, mean: attribute.float(0), scale: attribute.float(1) };

type Draw<A> = (given: A) => (index: number) => number;

/** Random numbers in the shape of an attribute, or of the input. Host steps, for each run draws anew. */
function randomOps<A extends Seeded>(
  type: string,
  attributes: AttributeSpec<A>,
  draw: Draw<A>,
): readonly [Op<A & { shape: readonly number[] }>, Op<A>] {
  const fill = (shape: readonly number[], dtype: DType, given: A) => {
    const next = draw(given);
    return Tensor.from(
      Array.from({ length: sizeOf(shape) }, (_, index) => next(index)),
      shape,
      dtype,
    );
  };
  const typed = (given: Seeded, fallback: DType) => (given.dtype === undefined ? fallback : (dtypeOfElementType(given.dtype) ?? fallback));
  return [
    {
      type,
      since: 1,
      random: true,
      attributes: { ...attributes, shape: attribute.ints() } as AttributeSpec<A & { shape: readonly number[] }>,
      infer: (_, given) => [{ dtype: typed(given, 'float32'), shape: given.shape }],
      reference: (_, given) => [fill(given.shape, typed(given, 'float32'), given)],
    },
    {
      type: `${type}Like`,
      since: 1,
      random: true,
      attributes,
      infer: ([x], given) => [{ dtype: typed(given, required(x, 'input').dtype), shape: required(x, 'input').shape }],
      reference: ([x], given) => [fill((x as Tensor).shape, typed(given, (x as Tensor).dtype), given)],
    },
  ];
}

/** 1 with the probability that each element is. */
const bernoulli: Op<Seeded> = {
  type: 'Bernoulli',
  since: 15,
  random: true,
  attributes: seeded,
  infer([x], { dtype }): readonly ValueType[] {
    const { dtype: own, shape } = required(x, 'input');
    return [{ dtype: dtype === undefined ? own : (dtypeOfElementType(dtype) ?? own), shape }];
  },
  reference([input], { dtype, seed }) {
    const x = input as Tensor;
    const next = drawing(seed);
    const values = x.toNumbers().map((probability, index) => Number(next.uniform(index) < probability));
    return [Tensor.from(values, x.shape, dtype === undefined ? x.dtype : (dtypeOfElementType(dtype) ?? x.dtype))];
  },
};

/** Classes drawn by their log-probabilities [N, C]: [N, sample_size]. */
const multinomial: Op<Seeded & { sample_size: number }> = {
  type: 'Multinomial',
  since: 7,
  random: true,
  attributes: { ...seeded, sample_size: attribute.int(1) },
  infer: ([x], { dtype, sample_size }) => [
    { dtype: dtype === 7 ? 'int64' : 'int32', shape: [required(x, 'input').shape[0] as number, sample_size] },
  ],
  reference([input], { dtype, sample_size, seed }) {
    const x = input as Tensor;
    const [rows = 0, classes = 0] = x.shape;
    if (classes === 0) throw new EngineError('invalid-data', 'no classes to draw from');
    const next = drawing(seed);
    const picked = Array.from({ length: rows * sample_size }, (_, index) => {
      const logs = Array.from({ length: classes }, (__, each) => x.at(Math.floor(index / sample_size) * classes + each));
      const largest = Math.max(...logs);
      const weights = logs.map((value) => Math.exp(value - largest));
      let rest = next.uniform(index) * weights.reduce((sum, value) => sum + value, 0);
      const at = weights.findIndex((weight) => {
        rest -= weight;
        return rest < 0;
      });
      return at < 0 ? classes - 1 : at;
    });
    return [Tensor.from(picked, [rows, sample_size], dtype === 7 ? 'int64' : 'int32')];
  },
};

export const randomOperators = [
  ...randomOps<UniformAttributes>('RandomUniform', uniformSpec, ({ seed, low, high }) => {
    const next = drawing(seed);
    return (index) => low + (high - low) * next.uniform(index);
  }),
  ...randomOps<NormalAttributes>('RandomNormal', normalSpec, ({ seed, mean, scale }) => {
    const next = drawing(seed);
    return (index) => mean + scale * next.normal(index);
  }),
  bernoulli,
  multinomial,
] as const;
