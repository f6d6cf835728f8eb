import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import { type Dim, formatType, type ValueType } from '../../ir/graph.ts';
import { isInteger } from '../../tensor/dtype.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape } from '../dims.ts';
import { ExpressionBuilder } from '../elementwise/build.ts';
import { tensorOf } from '../elementwise/evaluate.ts';
import type { Expression } from '../elementwise/expression.ts';
import type { GradientContext, Op } from '../op.ts';
import { integerProductOnHost, productOnHost, roundTo } from './matmul.ref.ts';
import { floatPair, productShape, requireFloat } from './shape.ts';

/** 1-D operands stand for one row (the first) or one column (the second); that axis is dropped from the result. NumPy `matmul`. */
function asMatrix(shape: readonly Dim[], side: 'first' | 'second'): readonly Dim[] {
  if (shape.length === 0)
    throw new EngineError('invalid-model', 'a matrix product has a scalar operand', { expected: 'at least one axis' });
  if (shape.length > 1) return shape;
  return side === 'first' ? [1, ...shape] : [...shape, 1];
}

function resultShape(a: ValueType, b: ValueType, transA: boolean, transB: boolean): readonly Dim[] {
  const { batch, m, n } = productShape(asMatrix(a.shape, 'first'), asMatrix(b.shape, 'second'), transA, transB);
  return [...batch, ...(a.shape.length === 1 ? [] : [m]), ...(b.shape.length === 1 ? [] : [n])];
}

interface FusedAttributes {
  readonly alpha: number;
  readonly transA: number;
  readonly transB: number;
}

/** MatMul and its relative with transposed operands and a factor. */
function matrixProduct<A>(
  type: string,
  domain: '' | 'com.microsoft',
  attributes: Op<A>['attributes'],
  read: (given: A) => FusedAttributes,
): Op<A> {
  return {
    type,
    ...(domain === '' ? {} : { domain }),
    since: 1,
    attributes,
    infer([first, second], given) {
      const [a, b] = floatPair(first, second);
      const { transA, transB } = read(given);
      if ((transA && a.shape.length < 2) || (transB && b.shape.length < 2)) {
        throw new EngineError('invalid-model', 'a transposed operand has fewer than two axes', {
          got: `${formatType(a)} × ${formatType(b)}`,
        });
      }
      return [{ dtype: a.dtype, shape: resultShape(a, b, transA === 1, transB === 1) }];
    },
    reference([first, second], given) {
      const [a, b] = [first as Tensor, second as Tensor];
      const { alpha, transA, transB } = read(given);
      const x = a.reshape(asMatrix(a.shape, 'first') as readonly number[]);
      const y = b.reshape(asMatrix(b.shape, 'second') as readonly number[]);
      const shape = resultShape(a, b, transA === 1, transB === 1) as readonly number[];
      if (isInteger(a.dtype) && alpha === 1) return [tensorOf(integerProductOnHost(x, y, transA === 1, transB === 1), shape, a.dtype)];
      const { values } = productOnHost(x, y, transA === 1, transB === 1);
      return [
        roundTo(
          values.map((value) => alpha * value),
          shape,
          a.dtype,
        ),
      ];
    },
    lower({ g, inputs: [a = '', b = ''], types, attributes: given }) {
      const [x, y] = floatPair(types[0], types[1]);
      requireFloat(x, type);
      const { alpha, transA, transB } = read(given);
      const left = reshape(g, a, boundShape(x), asMatrix(boundShape(x), 'first'));
      const right = reshape(g, b, boundShape(y), asMatrix(boundShape(y), 'second'));
      const product = g.add('MatMul', [left, right], { transA, transB, expression: times(alpha, x) }, { domain: 'headstart' });
      return [reshape(g, product, boundShape(g.typeOf(product)), resultShape(x, y, transA === 1, transB === 1))];
    },
    vjp: (context) => productGradient(context, read(context.attributes)),
  };
}

/** The accumulator times a factor; nothing for 1. */
function times(alpha: number, { dtype }: ValueType): Expression {
  if (alpha === 1) return [];
  const e = new ExpressionBuilder([dtype]);
  return e.build(e.apply('Mul', [0, e.constant(alpha, 'f32')]));
}

function reshape(g: GraphBuilder, value: string, from: readonly Dim[], to: readonly Dim[]): string {
  if (from.length === to.length) return value;
  return g.add('Reshape', [value, g.constant(Tensor.from(to as readonly number[], [to.length], 'int64'), g.fresh('shape'))], {
    allowzero: 1,
  });
}

/**
 * Y = α op(A) op(B):  d op(A) = α dY op(B)ᵀ and d op(B) = α op(A)ᵀ dY, transposed back where the operand was.
 * A 1-D operand is taken as a matrix of one row or column.
 */
function productGradient(
  { g, inputs, dy: [dy = ''], types }: GradientContext<unknown>,
  { alpha, transA, transB }: FusedAttributes,
): string[] {
  if (dy === '') return ['', ''];
  const [a, b] = floatPair(types[0], types[1]);
  const axes = (...values: number[]) => g.constant(Tensor.from(values, [values.length], 'int64'), g.fresh('axes'));
  const grow = (value: string, ...at: number[]) => (at.length === 0 ? value : g.add('Unsqueeze', [value, axes(...at)]));
  const shrink = (value: string, ...at: number[]) => (at.length === 0 ? value : g.add('Squeeze', [value, axes(...at)]));
  const row = a.shape.length === 1;
  const column = b.shape.length === 1;
  const left = grow(inputs[0] as string, ...(row ? [0] : []));
  const right = grow(inputs[1] as string, ...(column ? [1] : []));
  const flow = grow(grow(dy, ...(column ? [-1] : [])), ...(row ? [-2] : []));
  const product = (x: string, y: string, tx: number, ty: number) =>
    g.add('FusedMatMul', [x, y], { alpha, transA: tx, transB: ty }, { domain: 'com.microsoft' });
  const da = transA ? product(right, flow, transB, 1) : product(flow, right, 0, 1 - transB);
  const db = transB ? product(flow, left, 1, transA) : product(left, flow, 1 - transA, 0);
  return [shrink(da, ...(row ? [-2] : [])), shrink(db, ...(column ? [-1] : []))];
}

/** ONNX MatMul: NumPy's matmul, any ranks. */
export const matmul: Op = matrixProduct('MatMul', '', {}, () => ({ alpha: 1, transA: 0, transB: 0 }));

/** com.microsoft FusedMatMul: α op(A) op(B). (Its batch transpositions, transBatchA and transBatchB, are not used by any exporter known to us.) */
export const fusedMatMul: Op<FusedAttributes & { readonly transBatchA: number; readonly transBatchB: number }> = matrixProduct(
  'FusedMatMul',
  'com.microsoft',
  {
    alpha: attribute.float(1),
    transA: attribute.int(0),
    transB: attribute.int(0),
    transBatchA: attribute.int(0),
    transBatchB: attribute.int(0),
  },
  (given) => {
    if (given.transBatchA || given.transBatchB) {
      throw new EngineError('unsupported', 'FusedMatMul with transposed batches has no kernel', {
        hint: "Use the 'wasm' engine for this model.",
      });
    }
    return given;
  },
);
