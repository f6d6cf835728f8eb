import { sizeOf } from '../../tensor/shape.ts';
import { type Operand, operandOf } from './operand.ts';

/** An output seen as [rows, columns]: along the columns each operand either runs element by element or stays. */
export interface RowLayout {
  readonly rows: number;
  readonly columns: number;
  readonly operands: readonly {
    /** How the operand's rows are read at a row of the output. */
    readonly row: Operand;
    /** Whether it runs along the columns. */
    readonly runs: boolean;
  }[];
}

/**
 * The longest columns for which that holds: trailing axes are joined as long as no operand changes between repeating and running.
 * @param names slot names, which prefix params
 */
export function rowLayout(names: readonly string[], shapes: readonly (readonly number[])[], target: readonly number[]): RowLayout {
  // An operand of higher rank than the target has leading ones.
  const aligned = shapes.map((shape) => [
    ...new Array<number>(Math.max(0, target.length - shape.length)).fill(1),
    ...shape.slice(Math.max(0, shape.length - target.length)),
  ]);
  let first = target.length;
  let pattern: string | undefined;
  while (first > 0) {
    const dim = target[first - 1];
    const own = aligned.map((shape) => (shape[first - 1] === dim ? 'runs' : 'stays')).join();
    if (dim !== 1 && pattern !== undefined && own !== pattern) break;
    if (dim !== 1) pattern = own;
    first--;
  }
  const rowTarget = target.slice(0, first);
  return {
    rows: sizeOf(rowTarget),
    columns: sizeOf(target.slice(first)),
    operands: aligned.map((shape, index) => ({
      row: operandOf(names[index] as string, shape.slice(0, first), rowTarget),
      runs: sizeOf(target.slice(first)) === sizeOf(shape.slice(first)),
    })),
  };
}
