import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import { formatType, type ValueType } from '../../ir/graph.ts';
import type { DType } from '../../tensor/dtype.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { boundShape } from '../dims.ts';
import { arithmetic } from '../elementwise/arithmetic.ts';
import { int64s } from '../movement/host.ts';

/** Shape of a key padding mask, so that it broadcasts to [B, H, S, T]: of [B, T] or [B, S, T]; undefined for [B], the lengths. */
function maskForm(shape: readonly number[], batch: number, queries: number, keys: number): readonly number[] | undefined {
  const [b, second, third] = shape;
  if (shape.length === 1 && b === batch) return undefined;
  if (shape.length === 2 && b === batch && second === keys) return [batch, 1, 1, keys];
  if (shape.length === 3 && b === batch && second === queries && third === keys) return [batch, 1, queries, keys];
  throw new EngineError('unsupported', 'this form of mask', {
    expected: `[${batch}], [${batch}, ${keys}] or [${batch}, ${queries}, ${keys}]`,
    got: `[${shape.join(', ')}]`,
    hint: "Use the 'wasm' engine for this model.",
  });
}

/** Emits `filter` where a key is padding and 0 elsewhere, broadcastable to [B, H, S, T]. The mask is 1 (or the number of keys) where keys count. */
export function addMaskBias(
  g: GraphBuilder,
  mask: string,
  { batch, queries, keys }: { readonly batch: number; readonly queries: number; readonly keys: number },
  filter: number,
  dtype: DType,
): string {
  const type: ValueType = g.typeOf(mask);
  const shape = boundShape(type);
  const form = maskForm(shape, batch, queries, keys);
  const m = arithmetic(g, dtype);
  const reshape = (name: string, to: readonly number[]) => g.add('Reshape', [name, g.constant(int64s(to), g.fresh('shape'))]);
  if (form) {
    const zero = g.constant(Tensor.scalar(0, type.dtype), g.fresh('zero'));
    return m.where(g.add('Greater', [reshape(mask, form), zero]), 0, filter);
  }
  const range = Array.from({ length: keys }, (_, t) => t);
  const positions = g.constant(Tensor.from(range, [1, 1, 1, keys], type.dtype), g.fresh('positions'));
  return m.where(g.add('Less', [positions, reshape(mask, [batch, 1, 1, 1])]), 0, filter);
}

/** The same on the host. */
export function maskBiasOf(mask: Tensor, batch: number, queries: number, keys: number, filter: number): Tensor {
  const form = maskForm(mask.shape, batch, queries, keys);
  const values = form
    ? mask.toNumbers().map((value) => (value > 0 ? 0 : filter))
    : mask.toNumbers().flatMap((length) => Array.from({ length: keys }, (_, t) => (t < length ? 0 : filter)));
  return Tensor.from(values, form ?? [batch, 1, 1, keys], 'float64');
}

/** Throws for an input that is there and not computed here. */
export function refuse(types: readonly (ValueType | undefined)[], names: Readonly<Record<number, string>>): void {
  for (const [index, name] of Object.entries(names)) {
    const type = types[Number(index)];
    if (!type) continue;
    throw new EngineError('unsupported', `input '${name}' is not computed by this engine`, {
      got: formatType(type),
      hint: "Use the 'wasm' engine for this model.",
    });
  }
}
