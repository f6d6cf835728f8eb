import { EngineError } from '../errors.ts';

/*
 * Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
 * Every number is a pure function of (seed, stream, counter), so the order of calls, the front end and the platform do not matter.
 * Only integer arithmetic, + − × ÷ and sqrt are used: those are exact or correctly rounded in every JavaScript engine, while
 * Math.log and Math.cos are not.
 */

export type Words = readonly [number, number, number, number];

/** The Philox4x32-10 block: 4 counter words and 2 key words to 4 random words, all uint32. */
export function philox4x32(counter: Words, key: readonly [number, number]): Words {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const low0 = Math.imul(0xd2511f53, c0) >>> 0;
    const low1 = Math.imul(0xcd9e8d57, c2) >>> 0;
    const high0 = multiplyHigh(0xd2511f53, c0);
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1, (high0 ^ c3 ^ k1) >>> 0, low0];
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/**
 * Four random uint32 words.
 * @param seed integer in 0..2^53−1, the user's
 * @param stream what the numbers are for (`'split'`, `'bootstrap'`, a tensor's name): different streams are independent
 * @param counter index in the stream, integer in 0..2^53−1
 */
export function randomWords(seed: number, stream: string, counter: number): Words {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new EngineError('invalid-argument', 'not a seed', { expected: 'an integer from 0 to 2^53 − 1', got: `${seed}` });
  }
  return philox4x32([counter >>> 0, Math.floor(counter / 2 ** 32), hashText(stream), 0], [seed >>> 0, Math.floor(seed / 2 ** 32)]);
}

/** Uniform in [0, 1), a multiple of 2^−53. */
export function uniform(seed: number, stream: string, counter: number): number {
  const [a, b] = randomWords(seed, stream, counter);
  return unit(a, b);
}

/** Uniform integer in 0..bound−1. */
export function randomInteger(seed: number, stream: string, counter: number, bound: number): number {
  return Math.floor(uniform(seed, stream, counter) * bound);
}

/** Standard normal (Box–Muller: √(−2 ln u) · cos 2πv). */
export function normal(seed: number, stream: string, counter: number): number {
  const [a, b, c, d] = randomWords(seed, stream, counter);
  return Math.sqrt(-2 * logarithm(1 - unit(a, b))) * cosineOfTurns(unit(c, d));
}

/** A random order of 0..length−1 (Fisher–Yates), int32[length]. */
export function permutation(seed: number, stream: string, length: number): Int32Array {
  const order = Int32Array.from({ length }, (_, index) => index);
  for (let last = length - 1; last > 0; last--) {
    const other = randomInteger(seed, stream, last, last + 1);
    const held = order[last] as number;
    order[last] = order[other] as number;
    order[other] = held;
  }
  return order;
}

function unit(high: number, low: number): number {
  return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
}

/** Upper 32 bits of a 32 × 32 bit product. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = (middle % 0x10000) + aLow * bHigh;
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) >>> 0;
}

/** FNV-1a over UTF-16 units, uint32. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** ln x for x in (0, 1], to about 1e-16: powers of two out, then 2·artanh((x − 1)/(x + 1)) by its series. */
function logarithm(x: number): number {
  let exponent = 0;
  let mantissa = x;
  while (mantissa < Math.SQRT1_2) {
    mantissa *= 2;
    exponent--;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let sum = 0;
  for (let term = 23; term >= 1; term -= 2) sum = sum * square + 1 / term;
  return exponent * Math.LN2 + 2 * s * sum;
}

/** cos 2πt for t in [0, 1): the nearest quarter turn out, then the Taylor series of sine or cosine on ±π/4. */
function cosineOfTurns(t: number): number {
  const quarter = Math.round(t * 4);
  const x = (t - quarter / 4) * 2 * Math.PI;
  const square = x * x;
  const series = (first: number) => {
    let sum = 1;
    for (let term = first + 16; term > first; term -= 2) sum = 1 - (sum * square) / (term * (term - 1));
    return sum;
  };
  if (quarter % 2 === 0) return quarter === 2 ? -series(0) : series(0);
  return (quarter === 1 ? -1 : 1) * x * series(1);
}
