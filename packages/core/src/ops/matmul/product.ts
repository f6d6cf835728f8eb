import { sizeOf } from '../../tensor/shape.ts';
import type { Capabilities, Elem } from '../../wgsl/kernel.ts';
import { type Epilogue, epilogueOf } from '../elementwise/epilogue.ts';
import type { Expression } from '../elementwise/expression.ts';
import { operandOf } from '../elementwise/operand.ts';
import type { BoundType, KernelContext } from '../op.ts';
import { productShape } from './shape.ts';

/** A product with everything kernels need of it: `batches` matrices of m × n with inner dimension k. */
export interface Product {
  readonly a: BoundType;
  readonly b: BoundType;
  readonly output: BoundType;
  readonly transA: boolean;
  readonly transB: boolean;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly batches: number;
  readonly batchParams: Readonly<Record<string, 'u32'>>;
  readonly batchValues: Readonly<Record<string, number>>;
  /** Text of where A's and B's matrices of a batch start. */
  matrixOf(batch: string): readonly [string, string];
  readonly expression: Expression;
  readonly epilogue: Epilogue;
  readonly floats: number;
  readonly caps: Capabilities;
}

export interface ProductAttributes {
  readonly transA: number;
  readonly transB: number;
  readonly expression: Expression;
}

/**
 * Reads a `headstart.MatMul` for its kernels. Where one B serves all of A's batches, they are one taller matrix.
 * @param inputs A, B, then the operands of the epilogue
 */
export function productOf(
  inputs: readonly (BoundType | undefined)[],
  { transA, transB, expression }: ProductAttributes,
  { outputs, caps }: KernelContext,
): Product {
  const [a, b] = inputs as [BoundType, BoundType];
  const output = outputs[0] as BoundType;
  const shape = productShape(a.shape, b.shape, transA === 1, transB === 1) as { batch: number[]; m: number; n: number; k: number };
  const aBatch = a.shape.slice(0, -2);
  const bBatch = b.shape.slice(0, -2);
  const folds = !transA && sizeOf(bBatch) === 1;
  const batch = folds ? [] : shape.batch;
  const m = folds ? sizeOf(shape.batch) * shape.m : shape.m;
  const { n, k } = shape;
  const aRead = operandOf('a_batch', folds ? [] : aBatch, batch);
  const bRead = operandOf('b_batch', folds ? [] : bBatch, batch);
  const matrix = (index: string, size: string) => (index === '0u' ? '0u' : `(${index}) * ${size}`);
  const operands = inputs.slice(2).map((type, index) => ({ name: `in${index + 2}`, type: type as BoundType }));
  return {
    a,
    b,
    output,
    transA: transA === 1,
    transB: transB === 1,
    m,
    n,
    k,
    batches: sizeOf(batch),
    batchParams: { a_matrix: 'u32', b_matrix: 'u32', ...aRead.params, ...bRead.params },
    batchValues: { a_matrix: m * k, b_matrix: k * n, ...aRead.values, ...bRead.values },
    matrixOf: (index) => [matrix(aRead.index(index), 'p.a_matrix'), matrix(bRead.index(index), 'p.b_matrix')],
    expression,
    epilogue: epilogueOf(expression, 'f32', operands, output, [
      { name: 'row', inner: n, dim: m },
      { name: 'column', inner: 1, dim: n },
    ]),
    floats: 2 * sizeOf(batch) * m * n * k,
    caps,
  };
}

/** One operand as a kernel reads it: rows (or columns) `stride` apart, terms of the sums `step` apart. */
export interface Operand {
  readonly binding: string;
  readonly elem: Elem;
  readonly stride: number;
  readonly step: number;
  /** Terms lie side by side in memory; else rows (columns) do. */
  readonly termsContiguous: boolean;
  /** 4: four neighbouring terms, or else four neighbouring rows (columns), can be loaded at once. */
  readonly vector: 1 | 4;
}

export interface Sides {
  readonly rows: number;
  readonly columns: number;
  readonly row: Operand;
  readonly column: Operand;
  readonly swapped: boolean;
}

/** The operands of a product, or of its transpose Cᵀ = Bᵀ Aᵀ when `swapped`. */
export function sidesOf({ a, b, m, n, k, transA, transB }: Product, swapped: boolean): Sides {
  const operand = (binding: string, elem: Elem, length: number, termsContiguous: boolean): Operand => ({
    binding,
    elem,
    ...(termsContiguous ? { stride: k, step: 1 } : { stride: 1, step: length }),
    termsContiguous,
    vector: (termsContiguous ? k : length) % 4 === 0 ? 4 : 1,
  });
  const left = operand('in0', a.elem, m, !transA);
  const right = operand('in1', b.elem, n, transB);
  return swapped ? { rows: n, columns: m, row: right, column: left, swapped } : { rows: m, columns: n, row: left, column: right, swapped };
}
