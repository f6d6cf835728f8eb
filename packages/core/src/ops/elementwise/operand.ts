import { EngineError } from '../../errors.ts';

/**
 * How an operand is read at a flat output offset:
 * `same` element for element · `scalar` one element · `block` one axis of it varies, `(offset / inner) % dim` (a bias per channel, a row vector)
 * · `general` strides over up to eight collapsed axes.
 */
export type OperandKind = 'same' | 'scalar' | 'block' | 'general';

export interface Operand {
  readonly kind: OperandKind;
  /** Distinguishes kernel text: kinds with the same key read by the same WGSL (`general3` has three axes). */
  readonly key: string;
  /** Members of the uniform struct it needs, prefixed by the slot name, and their values. */
  readonly params: Readonly<Record<string, 'u32'>>;
  readonly values: Readonly<Record<string, number>>;
  /** WGSL text of the operand's element index for the flat output offset given as text. */
  index(offset: string): string;
}

/** Most axes a general operand may have after collapsing. */
const maxRank = 8;

/** Axes of `shape` broadcast to `target`, runs of axes that behave alike merged: each has a size and whether the operand varies along it. */
function collapseBroadcast(shape: readonly number[], target: readonly number[]): { dim: number; varies: boolean }[] {
  const lead = target.length - shape.length;
  const axes: { dim: number; varies: boolean }[] = [];
  target.forEach((dim, axis) => {
    if (dim === 1) return;
    const own = axis < lead ? 1 : shape[axis - lead];
    if (own !== 1 && own !== dim) {
      throw new EngineError('invalid-model', 'operand does not broadcast to the output', {
        expected: `[${target.join(', ')}]`,
        got: `[${shape.join(', ')}]`,
      });
    }
    const varies = own === dim;
    const last = axes.at(-1);
    if (last && last.varies === varies) last.dim *= dim;
    else axes.push({ dim, varies });
  });
  return axes;
}

/**
 * Decides how `shape` is read when broadcast to `target`.
 * @param name slot name that prefixes its params (`in1`)
 */
export function operandOf(name: string, shape: readonly number[], target: readonly number[]): Operand {
  if (shape.length > target.length) {
    const extra = shape.slice(0, shape.length - target.length);
    if (extra.every((dim) => dim === 1)) return operandOf(name, shape.slice(extra.length), target);
    throw new EngineError('invalid-model', 'operand has more axes than the output', { got: `[${shape.join(', ')}]` });
  }
  const axes = collapseBroadcast(shape, target);
  const none = { params: {}, values: {} };
  const varying = axes.filter((axis) => axis.varies);
  if (varying.length === 0) return { kind: axes.length === 0 ? 'same' : 'scalar', key: 'scalar', ...none, index: () => '0u' };
  if (axes.length === 1) return { kind: 'same', key: 'same', ...none, index: (offset) => offset };
  if (varying.length === 1) {
    const position = axes.findIndex((axis) => axis.varies);
    const inner = axes.slice(position + 1).reduce((product, { dim }) => product * dim, 1);
    return {
      kind: 'block',
      key: 'block',
      params: { [`${name}_inner`]: 'u32', [`${name}_dim`]: 'u32' },
      values: { [`${name}_inner`]: inner, [`${name}_dim`]: (varying[0] as { dim: number }).dim },
      index: (offset) => `((${offset}) / p.${name}_inner) % p.${name}_dim`,
    };
  }
  return general(name, axes);
}

/**
 * Mixed radix over the collapsed axes: axis i covers `(offset / inner_i) % dim_i`, and varying ones have stride `stride_i` in the operand.
 * Only varying axes need terms.
 */
function general(name: string, axes: readonly { dim: number; varies: boolean }[]): Operand {
  const params: Record<string, 'u32'> = {};
  const values: Record<string, number> = {};
  const terms: string[] = [];
  let inner = 1;
  let stride = 1;
  let count = 0;
  for (const { dim, varies } of [...axes].reverse()) {
    if (varies) {
      const members = { [`${name}_inner${count}`]: inner, [`${name}_dim${count}`]: dim, [`${name}_stride${count}`]: stride };
      for (const [key, value] of Object.entries(members)) {
        params[key] = 'u32';
        values[key] = value;
      }
      const at = count;
      terms.push(`((#) / p.${name}_inner${at} % p.${name}_dim${at}) * p.${name}_stride${at}`);
      stride *= dim;
      count++;
    }
    inner *= dim;
  }
  if (count > maxRank) {
    throw new EngineError('unsupported', 'broadcast over too many separate axes', { expected: `at most ${maxRank}`, got: `${count}` });
  }
  return {
    kind: 'general',
    key: `general${count}`,
    params,
    values,
    index: (offset) => `(${terms.map((term) => term.replaceAll('#', offset)).join(' + ')})`,
  };
}
