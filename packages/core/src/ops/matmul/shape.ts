import { EngineError } from '../../errors.ts';
import { type Dim, formatType, type ValueType } from '../../ir/graph.ts';
import { isFloat } from '../../tensor/dtype.ts';
import { broadcastDims } from '../broadcast.ts';

/** The matrix product A[…, M, K] × B[…, K, N] as kernels see it. */
export interface ProductShape {
  readonly batch: readonly Dim[];
  readonly m: Dim;
  readonly n: Dim;
  readonly k: Dim;
}

/**
 * Dimensions of a product of at least 2-D operands, transposed on their last two axes where told.
 * @throws EngineError `invalid-argument` when the inner dimensions differ or the outer ones do not broadcast
 */
export function productShape(a: readonly Dim[], b: readonly Dim[], transA: boolean, transB: boolean): ProductShape {
  const [m, k] = lastTwo(a, transA);
  const [inner, n] = lastTwo(b, transB);
  if (typeof k === 'number' && typeof inner === 'number' && k !== inner) {
    throw new EngineError('invalid-argument', 'inner dimensions of a matrix product differ', {
      expected: `${k} rows in the second operand`,
      got: `[${a.join(', ')}] × [${b.join(', ')}]${transA || transB ? ` (transA ${transA}, transB ${transB})` : ''}`,
    });
  }
  return { batch: broadcastDims(a.slice(0, -2), b.slice(0, -2)), m, n, k };
}

function lastTwo(shape: readonly Dim[], transposed: boolean): [Dim, Dim] {
  const [rows = 1, columns = 1] = shape.slice(-2);
  return transposed ? [columns, rows] : [rows, columns];
}

/** Both operands of a product, of one float dtype. */
export function floatPair(a: ValueType | undefined, b: ValueType | undefined): readonly [ValueType, ValueType] {
  if (!a || !b) throw new EngineError('invalid-model', 'a matrix product needs two inputs');
  if (a.dtype !== b.dtype) {
    throw new EngineError('invalid-model', 'inputs differ in dtype', {
      expected: 'one dtype',
      got: `${formatType(a)} and ${formatType(b)}`,
    });
  }
  return [a, b];
}

export function requireFloat({ dtype }: ValueType, where: string): void {
  if (!isFloat(dtype)) {
    throw new EngineError('unsupported', `${where} of integers has no WGSL kernel`, {
      got: dtype,
      hint: "Use the 'wasm' engine for this model.",
    });
  }
}
