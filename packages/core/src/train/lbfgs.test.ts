import { expect, test } from 'vitest';
import { uniform } from '../tensor/random.ts';
import { LbfgsMemory } from './lbfgs.ts';

const size = 12;
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, index) => sum + value * (b[index] as number), 0);
const combine = (coefficients: ArrayLike<number>, basis: readonly (readonly number[])[]) =>
  Array.from({ length: size }, (_, index) =>
    basis.reduce((sum, row, each) => sum + (coefficients[each] as number) * (row[index] as number), 0),
  );

/** A convex quadratic ½xᵀAx − bᵀx with a condition number of about 100. */
const diagonal = Array.from({ length: size }, (_, index) => 1 + 9 * index);
const b = Array.from({ length: size }, (_, index) => uniform(1, 'b', index) - 0.5);
const mix = Array.from({ length: size }, (_, index) => uniform(2, 'mix', index) / 4);
const product = (x: readonly number[]) =>
  x.map((value, index) => (diagonal[index] as number) * value + (mix[index] as number) * dot(mix, x));
const gradientAt = (x: readonly number[]) => product(x).map((value, index) => value - (b[index] as number));

/** Textbook two-loop recursion on explicit vectors. */
function twoLoop(gradient: readonly number[], pairs: readonly { s: number[]; y: number[] }[]): number[] {
  let q = [...gradient];
  const alphas = pairs.map(({ s, y }) => {
    const alpha = dot(s, q) / dot(s, y);
    q = q.map((value, index) => value - alpha * (y[index] as number));
    return alpha;
  });
  const newest = pairs[0];
  const scale = newest ? dot(newest.s, newest.y) / dot(newest.y, newest.y) : 1;
  let r = q.map((value) => value * scale);
  for (let age = pairs.length - 1; age >= 0; age--) {
    const { s, y } = pairs[age] as { s: number[]; y: number[] };
    const beta = dot(y, r) / dot(s, y);
    r = r.map((value, index) => value + (s[index] as number) * ((alphas[age] as number) - beta));
  }
  return r.map((value) => -value);
}

test('the direction from dot products is that of the two-loop recursion, and the iteration converges', () => {
  const memory = new LbfgsMemory(4);
  const zero = new Array<number>(size).fill(0);
  let x = [...zero];
  let gradient = gradientAt(x);
  let history: { s: number[]; y: number[] }[] = [];
  const slots: ({ s: number[]; y: number[] } | undefined)[] = [undefined, undefined, undefined, undefined];
  memory.restart(dot(gradient, gradient));
  for (let iteration = 0; iteration < 40; iteration++) {
    const rows = (pick: 's' | 'y') => slots.map((pair) => pair?.[pick] ?? zero);
    const basis = [...rows('s'), ...rows('y'), gradient];
    const direction = combine(memory.direction(), basis);
    const expected = twoLoop(gradient, history);
    const scale = Math.sqrt(dot(expected, expected));
    direction.forEach((value, index) => {
      expect(Math.abs(value - (expected[index] as number))).toBeLessThan(1e-8 * scale);
    });
    const step = -dot(gradient, direction) / dot(direction, product(direction));
    const s = direction.map((value) => value * step);
    x = x.map((value, index) => value + (s[index] as number));
    const next = gradientAt(x);
    const y = next.map((value, index) => value - (gradient[index] as number));
    history = [{ s, y }, ...history].slice(0, 4);
    slots[iteration % 4] = { s, y };
    gradient = next;
    const basisNow = [...rows('s'), ...rows('y'), gradient];
    const columns = [s, y, gradient];
    memory.update(
      basisNow.flatMap((row) => columns.map((column) => dot(row, column))),
      iteration % 4,
    );
    expect(memory.gradientNormSquared).toBeCloseTo(dot(gradient, gradient), 12);
    if (memory.gradientNormSquared < 1e-16) break;
  }
  expect(Math.sqrt(memory.gradientNormSquared)).toBeLessThan(1e-8);
});

test('a pair without positive curvature is not used', () => {
  const memory = new LbfgsMemory(2);
  memory.restart(4);
  expect([...memory.direction()]).toEqual([0, 0, 0, 0, -1]);
  // s = 0 (a step of length nothing): all its products are 0.
  memory.update([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* g·s, g·y, g·g */ 0, 0, 4], 0);
  expect([...memory.direction()]).toEqual([0, 0, 0, 0, -1]);
});
