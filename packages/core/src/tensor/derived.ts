import type { Tensor } from './tensor.ts';

const memo = new WeakMap<Tensor, Map<string, unknown>>();
const identities = new WeakMap<Tensor, number>();
let nextIdentity = 0;

/**
 * What `compute` makes of constant tensors, computed once for as long as the first of them lives.
 *
 * A model is bound to many shapes (batches, sequence lengths), and every binding lowers the same weights again. Lowerings that
 * repack, transpose or dequantise a weight do it through here, so that all bindings share one tensor object and the device
 * holds it once.
 * @param sources the tensors the result depends on, compared by identity
 * @param key everything else it depends on (`'matmulnbits/4/32'`)
 */
export function derived<T>(sources: Tensor | readonly [Tensor, ...(Tensor | undefined)[]], key: string, compute: () => T): T {
  const [owner, ...others] = Array.isArray(sources) ? sources : [sources];
  const full = `${others.map(identityOf).join(',')}:${key}`;
  let entries = memo.get(owner);
  if (!entries) {
    entries = new Map();
    memo.set(owner, entries);
  }
  if (!entries.has(full)) entries.set(full, compute());
  return entries.get(full) as T;
}

function identityOf(tensor: Tensor | undefined): string {
  if (!tensor) return '';
  const known = identities.get(tensor) ?? nextIdentity++;
  identities.set(tensor, known);
  return `${known}`;
}
