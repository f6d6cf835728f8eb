import { EngineError } from '../errors.ts';
import type { Dim } from '../ir/graph.ts';

/**
 * Multidirectional broadcasting (ONNX spec "Broadcasting in ONNX") of shapes that may have symbolic dimensions.
 * A symbol against a number above 1 must turn out to be that number; of two different symbols the first is kept until they are bound.
 */
export function broadcastDims(...shapes: readonly (readonly Dim[])[]): Dim[] {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    let dim: Dim = 1;
    for (const shape of shapes) {
      const own = shape[axis - rank + shape.length] ?? 1;
      if (own === 1 || own === dim) continue;
      if (dim === 1 || (typeof dim === 'string' && typeof own === 'number')) dim = own;
      else if (typeof dim === 'number' && typeof own === 'number') {
        throw new EngineError('invalid-argument', 'shapes do not broadcast', {
          expected: `equal dimensions or 1 on axis ${axis}`,
          got: shapes.map((each) => `[${each.join(', ')}]`).join(' and '),
        });
      }
    }
    return dim;
  });
}
