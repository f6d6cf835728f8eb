import { EngineError } from '../../errors.ts';
import { type DType, dtypes } from '../../tensor/dtype.ts';
import type { Expression, Instruction, ScalarType } from './expression.ts';
import { type FunctionName, functions, type PointwiseFunction } from './functions.ts';
import { scalarOf } from './wgsl.ts';

/** Writes a pointwise expression step by step; slots are numbers. What computes a 64-bit integer is marked as `checked`. */
export class ExpressionBuilder {
  readonly #types: ScalarType[];
  /** Bits of the integers in each slot; of other slots 32. */
  readonly #bits: number[];
  readonly #instructions: Instruction[] = [];

  /** @param inputs dtypes of the input slots, in order */
  constructor(inputs: readonly DType[]) {
    this.#types = inputs.map(scalarOf);
    this.#bits = inputs.map(bitsOf);
  }

  typeOf(slot: number): ScalarType {
    const type = this.#types[slot];
    if (!type) throw new EngineError('internal', `no slot ${slot} in the expression`);
    return type;
  }

  /** @param wide whether the result is a 64-bit integer; it is where one of its arguments is, when left out */
  apply(fn: FunctionName, args: readonly number[], literals: readonly number[] = [], wide?: boolean): number {
    const row: PointwiseFunction = functions[fn];
    const last = this.typeOf(args.at(-1) as number);
    if (!row.wgsl[last]) {
      throw new EngineError('invalid-model', `${fn} is not defined for this type`, {
        expected: Object.keys(row.wgsl).join(', '),
        got: last,
      });
    }
    const operands = args.map((slot) => this.typeOf(slot));
    const alike = fn === 'Where' ? operands.slice(1) : operands;
    if (alike.some((type) => type !== last) || (fn === 'Where' && operands[0] !== 'bool')) {
      throw new EngineError('invalid-model', `${fn} is not defined for these types together`, {
        expected: fn === 'Where' ? `bool, ${last}, ${last}` : operands.map(() => last).join(', '),
        got: operands.join(', '),
      });
    }
    const type = row.result === 'same' ? last : row.result;
    const computesWide = wide ?? args.some((slot) => this.#bits[slot] === 64);
    const checked = computesWide && row.checked?.[last] !== undefined;
    return this.#push(
      { fn, args, ...(literals.length > 0 ? { literals } : {}), type, ...(checked ? { checked: true } : {}) },
      computesWide && (type === 'i32' || type === 'u32') ? 64 : 32,
    );
  }

  /** A literal. It is part of the shader text: for values that few graphs differ in. */
  constant(value: number, type: ScalarType, dtype?: DType): number {
    return this.#push({ fn: 'Const', args: [], literals: [value], type }, dtype === undefined ? 32 : bitsOf(dtype));
  }

  /** The slot's value in the scalar type of `to`, by the rules of ONNX Cast (floats saturate at the limits of an integer type). */
  cast(slot: number, to: DType): number {
    const target = scalarOf(to);
    const { bytes, kind } = dtypes[to];
    if (this.typeOf(slot) === target) return slot;
    const bits = bytes * 8;
    // Small numbers that are not negative fit whatever they become.
    const small = this.typeOf(slot) === 'u32' && (this.#bits[slot] as number) < 32;
    const wide = bits === 64 && !small;
    if (target === 'f32') return this.apply('ToF32', [slot]);
    if (target === 'bool') return this.apply('ToBool', [slot]);
    const limits = kind === 'signed' ? [-(2 ** (bits - 1)), 2 ** (bits - 1)] : [0, 2 ** bits];
    // A 64- or 32-bit limit rounds to a power of two in f32 and the conversion saturates by itself; narrower ones are exact.
    const high = bits < 32 ? (limits[1] as number) - 1 : (limits[1] as number);
    return this.apply(target === 'i32' ? 'ToI32' : 'ToU32', [slot], [limits[0] as number, high], wide);
  }

  /** Wraps the slot to the width of an 8- or 16-bit integer dtype; other dtypes pass. */
  narrow(slot: number, dtype: DType): number {
    const { bytes, kind } = dtypes[dtype];
    const integer = kind === 'signed' || kind === 'unsigned';
    return integer && bytes < 4 ? this.apply('Narrow', [slot], [bytes * 8]) : slot;
  }

  /** The expression whose value is `result`. */
  build(result: number): Expression {
    const inputs = this.#types.length - this.#instructions.length;
    if (result >= inputs) return this.#instructions.slice(0, result - inputs + 1);
    return result === 0 ? [] : [{ fn: 'Identity', args: [result], type: this.typeOf(result) }];
  }

  #push(instruction: Instruction, bits: number): number {
    this.#instructions.push(instruction);
    this.#types.push(instruction.type);
    this.#bits.push(bits);
    return this.#types.length - 1;
  }
}

function bitsOf(dtype: DType): number {
  const { bytes, kind } = dtypes[dtype];
  return kind === 'signed' || kind === 'unsigned' ? bytes * 8 : 32;
}
