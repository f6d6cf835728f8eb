import { EngineError } from '../errors.ts';

/** A bound shape: one non-negative integer an axis. */
export type Shape = readonly number[];

/** Number of elements of a shape; 1 for a scalar. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, dim) => product * dim, 1);
}

/** Row-major strides in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis] as number;
  }
  return strides;
}

/** Axis in 0..rank-1 for an ONNX axis in -rank..rank-1. */
export function normalizeAxis(axis: number, rank: number): number {
  if (axis < -rank || axis >= rank) {
    throw new EngineError('out-of-range', 'axis out of range', { expected: `${-rank}..${rank - 1}`, got: `${axis}` });
  }
  return axis < 0 ? axis + rank : axis;
}

/** Multidirectional (NumPy) broadcasting, ONNX spec "Broadcasting in ONNX". */
export function broadcastShapes(...shapes: readonly Shape[]): number[] {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    let dim = 1;
    for (const shape of shapes) {
      const own = shape[axis - rank + shape.length] ?? 1;
      if (own === 1 || own === dim) continue;
      if (dim !== 1) {
        throw new EngineError('invalid-argument', 'shapes do not broadcast', {
          expected: `equal dimensions or 1 on axis ${axis}`,
          got: shapes.map((each) => `[${each.join(', ')}]`).join(' and '),
        });
      }
      dim = own;
    }
    return dim;
  });
}

/** Strides, in elements of `shape`, to read it broadcast to `target`: 0 where it is repeated. */
export function broadcastStrides(shape: Shape, target: Shape): number[] {
  const strides = stridesOf(shape);
  const lead = target.length - shape.length;
  return target.map((_, axis) => (axis < lead || shape[axis - lead] === 1 ? 0 : (strides[axis - lead] as number)));
}

export function sameShape(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((dim, axis) => dim === b[axis]);
}
