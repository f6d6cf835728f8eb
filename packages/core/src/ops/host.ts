import { EngineError } from '../errors.ts';
import { allocate } from '../tensor/dtype.ts';
import { normalizeAxis, sizeOf } from '../tensor/shape.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Throws what inference says of outputs that have no tensor type before they are there: the node becomes a host step. */
export function untyped(type: string): never {
  throw new EngineError('unsupported', `what ${type} gives has no type before it runs`);
}

/**
 * Tensors of one dtype joined along an axis.
 * @param stacked whether the axis is a new one
 * @returns undefined for none
 */
export function joinTensors(items: readonly Tensor[], axis: number, stacked: boolean): Tensor | undefined {
  const [first] = items;
  if (!first) return undefined;
  const at = normalizeAxis(axis, first.shape.length + (stacked ? 1 : 0));
  const shapes = items.map(({ shape }) => (stacked ? shape.toSpliced(at, 0, 1) : shape));
  const shape = (shapes[0] as readonly number[]).with(
    at,
    shapes.reduce((sum, each) => sum + (each[at] as number), 0),
  );
  const outer = sizeOf(shape.slice(0, at));
  const data = allocate(first.dtype, sizeOf(shape));
  let to = 0;
  for (let row = 0; row < outer; row++) {
    for (const item of items) {
      const length = item.size / Math.max(outer, 1);
      for (let offset = 0; offset < length; offset++) (data as unknown[])[to++] = item.data[row * length + offset];
    }
  }
  return Tensor.from(data, shape, first.dtype);
}
