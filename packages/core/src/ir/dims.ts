import type { Dim } from './graph.ts';

/** Arithmetic on dimensions: numbers are computed, symbols become readable expressions (`batch*8`, `(height+1)/2`). */
export function addDims(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (a === 0) return b;
  if (b === 0) return a;
  return typeof b === 'number' && b < 0 ? `${a}${b}` : `${a}+${b}`;
}

export function multiplyDims(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  if (a === 1) return b;
  if (b === 1) return a;
  if (a === 0 || b === 0) return 0;
  return `${atom(a)}*${atom(b)}`;
}

/** Floor division; exact cancellation (`batch*8 / 8`) is recognised. */
export function divideDims(a: Dim, b: Dim): Dim {
  if (b === 1) return a;
  if (a === b) return 1;
  if (typeof a === 'number' && typeof b === 'number') return Math.floor(a / b);
  if (typeof a === 'string' && a.endsWith(`*${b}`)) return a.slice(0, -`*${b}`.length);
  return `${atom(a)}/${atom(b)}`;
}

/** Product of dimensions; 1 for none. */
export function productOfDims(dims: readonly Dim[]): Dim {
  const bound = dims.reduce<number>((product, dim) => (typeof dim === 'number' ? product * dim : product), 1);
  return dims.filter((dim): dim is string => typeof dim === 'string').reduce<Dim>((product, dim) => multiplyDims(product, dim), bound);
}

function atom(dim: Dim): string {
  return typeof dim === 'string' && /[+\-/]/.test(dim) ? `(${dim})` : `${dim}`;
}
