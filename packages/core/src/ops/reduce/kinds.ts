import { EngineError } from '../../errors.ts';
import type { HelperName } from '../../wgsl/overflow.ts';

/** How a reduction combines: WGSL for its accumulator, and its definition on the host. */
export interface ReduceKind extends Accumulation {
  readonly float: (values: readonly number[]) => number;
  /** Undefined where the kind makes no sense of integers. */
  readonly integer?: (values: readonly bigint[]) => bigint;
}

/** WGSL of an accumulator. */
export interface Accumulation {
  /** Start value; undefined: the first element. */
  readonly start: string | undefined;
  /** WGSL of the accumulator with one more element `x`. */
  step(accumulator: string, x: string): string;
  /** WGSL that combines two accumulators. */
  join(a: string, b: string): string;
  /** WGSL of the result; `count` is the number of elements reduced. */
  finish(accumulator: string, count: string): string;
}

/** A 64-bit integer on its way, wider than 32 bits: a vec2u, which `finish` gives as one word or reports. */
export interface WideAccumulation extends Accumulation {
  readonly start: string;
  /** Functions of wgsl/overflow.ts that it calls. */
  readonly helpers: readonly HelperName[];
}

/** The accumulator of a kind over 64-bit integers; undefined where nothing leaves the range of the elements. */
export function wideAccumulation(kind: ReduceName, suffix: 'i64' | 'u64'): WideAccumulation | undefined {
  if (kind === 'max' || kind === 'min') return undefined;
  if (kind !== 'sum' && kind !== 'prod') throw new EngineError('unsupported', `reduction ${kind} of 64-bit integers has no kernel`);
  const [load, combine] =
    kind === 'sum' ? ([`words_${suffix}`, 'add_words'] as const) : ([suffix === 'i64' ? 'kept_i64' : 'words_u64', 'mul_kept'] as const);
  return {
    start: kind === 'sum' ? 'vec2u()' : 'vec2u(1u, 0u)',
    step: (a, x) => `${combine}(${a}, ${load}(${x}))`,
    join: (a, b) => `${combine}(${a}, ${b})`,
    finish: (a) => `from_${load}(${a})`,
    helpers: [load, combine, `from_${load}`],
  };
}

const add = (a: string, b: string) => `${a} + ${b}`;
const plain = (accumulator: string) => accumulator;
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const totalOf = (values: readonly bigint[]) => values.reduce((sum, value) => sum + value, 0n);
const squares = (values: readonly number[]) => total(values.map((value) => value * value));

function larger(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}

function smaller(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

export type ReduceName = 'sum' | 'mean' | 'max' | 'min' | 'prod' | 'sumSquare' | 'l1' | 'l2' | 'logSum' | 'logSumExp';

/** Every kind, one entry each. `logSumExp` is computed in two rounds around the largest element; its accumulator is the second round's. */
export const reduceKinds: Readonly<Record<ReduceName, ReduceKind>> = {
  sum: { start: '0', step: add, join: add, finish: plain, float: total, integer: totalOf },
  mean: {
    start: '0',
    step: add,
    join: add,
    finish: (accumulator, count) => `${accumulator} / ${count}`,
    float: (values) => total(values) / values.length,
    integer: (values) => totalOf(values) / BigInt(values.length),
  },
  max: {
    start: undefined,
    step: (a, x) => `max(${a}, ${x})`,
    join: (a, b) => `max(${a}, ${b})`,
    finish: plain,
    float: (values) => values.reduce((a, b) => Math.max(a, b), -Infinity),
    integer: (values) => values.reduce(larger),
  },
  min: {
    start: undefined,
    step: (a, x) => `min(${a}, ${x})`,
    join: (a, b) => `min(${a}, ${b})`,
    finish: plain,
    float: (values) => values.reduce((a, b) => Math.min(a, b), Infinity),
    integer: (values) => values.reduce(smaller),
  },
  prod: {
    start: '1',
    step: (a, x) => `${a} * ${x}`,
    join: (a, b) => `${a} * ${b}`,
    finish: plain,
    float: (values) => values.reduce((a, b) => a * b, 1),
    integer: (values) => values.reduce((a, b) => a * b, 1n),
  },
  sumSquare: {
    start: '0',
    step: (a, x) => `${a} + ${x} * ${x}`,
    join: add,
    finish: plain,
    float: squares,
    integer: (values) => totalOf(values.map((value) => value * value)),
  },
  l1: {
    start: '0',
    step: (a, x) => `${a} + abs(${x})`,
    join: add,
    finish: plain,
    float: (values) => total(values.map(Math.abs)),
    integer: (values) => totalOf(values.map((value) => (value < 0n ? -value : value))),
  },
  l2: {
    start: '0',
    step: (a, x) => `${a} + ${x} * ${x}`,
    join: add,
    finish: (a) => `sqrt(${a})`,
    float: (values) => Math.sqrt(squares(values)),
  },
  logSum: { start: '0', step: add, join: add, finish: (a) => `log(${a})`, float: (values) => Math.log(total(values)) },
  logSumExp: {
    start: '0',
    step: (a, x) => `${a} + exp(${x} - largest)`,
    join: add,
    finish: (a) => `largest + log(${a})`,
    float(values) {
      const largest = Math.max(...values);
      return largest + Math.log(total(values.map((value) => Math.exp(value - largest))));
    },
  },
};
