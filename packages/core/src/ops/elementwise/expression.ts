/** Types an expression computes in. Floats are always computed in f32, whatever they are stored as. */
export type ScalarType = 'f32' | 'i32' | 'u32' | 'bool';

/**
 * One step of a pointwise expression. `args` are slots: the expression's inputs first, then the results of earlier steps.
 * `fn` names a row of `functions` (ops/elementwise/functions.ts), which gives its WGSL and its host definition.
 */
export interface Instruction {
  readonly fn: string;
  readonly args: readonly number[];
  /** Literal parameters of the function (Clip's bounds, LeakyRelu's slope). */
  readonly literals?: readonly number[];
  readonly type: ScalarType;
  /** Whether it computes a 64-bit integer, which 32 bits may not hold: its WGSL then reports what does not fit (wgsl/overflow.ts). */
  readonly checked?: true;
}

/**
 * A pointwise expression over input slots 0..n-1; its value is the last instruction's (or slot 0 when there is none).
 * It is the body of a `headstart.Elementwise` node and the epilogue of Conv, MatMul, Reduce and the normalisations: there slot 0
 * is the accumulator (f32) and slots 1.. are operand inputs that broadcast to the output.
 */
export type Expression = readonly Instruction[];
