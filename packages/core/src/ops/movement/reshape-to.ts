import type { GraphBuilder } from '../../ir/builder.ts';
import { int64s } from './host.ts';

/** Emits a Reshape to a known shape. */
export function reshapeTo(g: GraphBuilder, x: string, shape: readonly number[]): string {
  return g.add('Reshape', [x, g.constant(int64s(shape), g.fresh('shape'))], { allowzero: 1 });
}
