import { dtypes } from '@headstart/core/src/tensor/dtype.ts';
import type { Tensor } from '@headstart/core/src/tensor/tensor.ts';

/** Default tolerance by dtype: |a − b| ≤ tolerance · (1 + |b|). Integers must be equal. */
function toleranceOf(dtype: Tensor['dtype']): number {
  if (dtypes[dtype].kind !== 'float') return 0;
  if (dtype === 'float16') return 2e-3;
  return dtype === 'bfloat16' ? 2e-2 : 1e-5;
}

/** Throws, naming the worst element, unless two tensors have one dtype and shape and values within the tolerance. */
export function expectClose(actual: Tensor | undefined, expected: Tensor | undefined, what: string, tolerance?: number): void {
  if (!actual || !expected) throw new Error(`${what}: ${actual ? 'expected' : 'actual'} tensor is missing`);
  const describe = (tensor: Tensor) => `${tensor.dtype}[${tensor.shape.join(', ')}]`;
  if (describe(actual) !== describe(expected)) throw new Error(`${what}: expected ${describe(expected)}, got ${describe(actual)}`);
  const limit = tolerance ?? toleranceOf(expected.dtype);
  let worst = { excess: 0, offset: -1 };
  for (let offset = 0; offset < expected.size; offset++) {
    const [a, b] = [actual.at(offset), expected.at(offset)];
    if (Object.is(a, b) || a === b || (Number.isNaN(a) && Number.isNaN(b))) continue;
    const excess = Math.abs(a - b) / (1 + Math.abs(b));
    if (!(excess <= limit) && !(excess <= worst.excess)) worst = { excess, offset };
  }
  if (worst.offset >= 0) {
    const { offset, excess } = worst;
    throw new Error(
      `${what}: element ${offset} is ${actual.at(offset)}, expected ${expected.at(offset)} (error ${excess.toExponential(2)}, tolerance ${limit})`,
    );
  }
}

/** Cosine of the angle between two tensors taken as vectors; 1 for two zero vectors. */
export function cosine(a: Tensor, b: Tensor): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let offset = 0; offset < Math.max(a.size, b.size); offset++) {
    const [x, y] = [a.at(offset), b.at(offset)];
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa === 0 && bb === 0 ? 1 : dot / Math.sqrt(aa * bb);
}
