import type { GraphBuilder } from '../../ir/builder.ts';
import { derived } from '../../tensor/derived.ts';
import type { DType } from '../../tensor/dtype.ts';
import { elementTypes } from '../../tensor/element-type.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { boundShape } from '../dims.ts';
import type { Expression } from '../elementwise/expression.ts';
import { int64s } from '../movement/host.ts';
import type { IntegerProductAttributes } from './integer-product.ts';
import { packedShift, packWeights } from './pack.ts';

export interface ProductInputs {
  readonly x: string;
  readonly w: string;
  /** Scalars; '' where 0. */
  readonly xZero: string;
  /** A scalar or one value a row; '' where 0. */
  readonly wZero: string;
}

/**
 * Emits an integer product. Constant weights are packed four a word; weights that the graph computes are read one a word.
 * @param form `wSteps` say how the weights lie: steps of a group, a row, a channel and a tap
 */
export function addIntegerProduct(
  g: GraphBuilder,
  { x, w, xZero, wZero }: ProductInputs,
  form: Omit<IntegerProductAttributes, 'packed' | 'xZero' | 'dtype' | 'expression'>,
  dtype: DType,
  expression: Expression,
  operands: readonly string[],
): string {
  const { group, rows, channels, kernel, wSteps } = form;
  const weights = g.constantOf(w);
  const constantZero = xZero === '' ? 0 : g.constantOf(xZero)?.at(0);
  const zeroInput = constantZero === undefined ? xZero : '';
  const attributes = { ...form, xZero: constantZero ?? 0, dtype, expression };
  const emit = (inputs: readonly string[], packed: 0 | 1) =>
    g.add('IntegerProduct', [...inputs, ...operands], { ...attributes, packed }, { domain: 'headstart' });

  // Groups whose weights follow each other are one list of rows.
  const listed = group === 1 || wSteps[0] === rows * (wSteps[1] as number);
  if (!weights || !listed) return emit([x, w, zeroInput, rowZeros(g, wZero, group * rows, 0), ''], 0);
  const { words, sums } = packWeights(weights, {
    rows: group * rows,
    channels,
    taps: sizeOf(kernel),
    rowStride: wSteps[1] as number,
    channelStride: wSteps[2] as number,
    tapStride: wSteps[3] as number,
  });
  const zeros = rowZeros(g, wZero, group * rows, packedShift(weights.dtype));
  return emit([x, g.constant(words, g.fresh('packed')), zeroInput, zeros, g.constant(sums, g.fresh('sums'))], 1);
}

/** Zero points less `shift` as int32 [rows]; '' when they are known to be 0. */
function rowZeros(g: GraphBuilder, zero: string, rows: number, shift: number): string {
  const constant = zero === '' ? Tensor.scalar(0, 'int32') : g.constantOf(zero);
  if (constant) {
    const all =
      zero === '' ? rowsOf(constant, rows, shift) : derived(constant, `row-zeros/${rows}/${shift}`, () => rowsOf(constant, rows, shift));
    return (all.data as Int32Array).every((value) => value === 0) ? '' : g.constant(all, g.fresh('zeros'));
  }
  const wide = g.add('Cast', [zero], { to: elementTypes.int32 });
  const moved = shift === 0 ? wide : g.add('Sub', [wide, g.constant(Tensor.scalar(shift, 'int32'), g.fresh('shift'))]);
  const [length = 1] = boundShape(g.typeOf(zero));
  if (length === rows && rows > 1) return moved;
  const expanded = g.add('Expand', [moved, g.constant(int64s([rows / length, length]), g.fresh('shape'))]);
  return g.add('Reshape', [expanded, g.constant(int64s([rows]), g.fresh('shape'))]);
}

function rowsOf(zero: Tensor, rows: number, shift: number): Tensor {
  return Tensor.from(
    Int32Array.from({ length: rows }, (_, row) => zero.at(row % zero.size) - shift),
    [rows],
  );
}
