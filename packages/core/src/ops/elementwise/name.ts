import type { Binding } from '../../wgsl/kernel.ts';
import type { Expression } from './expression.ts';

/**
 * A kernel name that differs where the text differs: what it is, the first functions it applies, and a fingerprint of all that the
 * text depends on (`elementwise_add_relu_1f2e3d4c`). It stays the same when a template is edited, so golden text shows the edit.
 * @param variant whatever else than the expression and the bindings is written into the text
 */
export function kernelName(base: string, expression: Expression, bindings: readonly Binding[], variant: string): string {
  const functions = expression.filter(({ fn }) => fn !== 'Const').map(({ fn }) => fn.toLowerCase());
  return [base, ...functions.slice(0, 4), fingerprint(JSON.stringify([expression, bindings, variant]))].join('_');
}

/** FNV-1a, 32 bits, eight hexadecimal digits. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
