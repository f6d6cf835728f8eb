import { EngineError } from '../errors.ts';
import { allocate, type DType, dtypeOf, dtypes, type TensorData } from './dtype.ts';
import { type Shape, sizeOf } from './shape.ts';

/** A host tensor: dense, row-major, immutable by convention. */
export class Tensor {
  readonly dtype: DType;
  readonly shape: Shape;
  readonly data: TensorData;

  private constructor(data: TensorData, shape: Shape, dtype: DType) {
    this.data = data;
    this.shape = shape;
    this.dtype = dtype;
  }

  /**
   * A tensor over `data` (not copied when it already has the dtype's array type).
   * @param data a typed array, or plain numbers, bigints, booleans or strings; plain numbers are float32 unless `dtype` says otherwise
   * @param shape one integer an axis; the data's length when left out
   * @param dtype follows the array's type unless given
   * @throws EngineError `invalid-argument` when the length does not fit the shape
   */
  static from(
    data: TensorData | readonly (number | bigint | boolean | string)[],
    shape: Shape = [data.length],
    dtype: DType = dtypeOfAny(data),
  ): Tensor {
    const size = sizeOf(shape);
    if (shape.some((dim) => !Number.isInteger(dim) || dim < 0) || size !== data.length) {
      throw new EngineError('invalid-argument', 'data does not fill the shape', {
        where: 'Tensor.from',
        expected: `${size} elements for [${shape.join(', ')}]`,
        got: `${data.length}`,
      });
    }
    return new Tensor(toStorage(data, dtype), [...shape], dtype);
  }

  static scalar(value: number | bigint | boolean | string, dtype?: DType): Tensor {
    return Tensor.from([value], [], dtype ?? dtypeOfAny([value]));
  }

  static zeros(shape: Shape, dtype: DType = 'float32'): Tensor {
    return new Tensor(allocate(dtype, sizeOf(shape)), [...shape], dtype);
  }

  get size(): number {
    return this.data.length;
  }

  /** The same data under another shape of equal size. */
  reshape(shape: Shape): Tensor {
    return Tensor.from(this.data, shape, this.dtype);
  }

  /** Element at a flat offset as a number (bfloat16 decoded, int64 narrowed; out of safe range is an error). */
  at(offset: number): number {
    const value = this.data[offset];
    if (typeof value === 'bigint') {
      const number = Number(value);
      if (!Number.isSafeInteger(number)) {
        throw new EngineError('out-of-range', 'integer too large to compute with', { got: `${value}` });
      }
      return number;
    }
    if (typeof value !== 'number') throw new EngineError('invalid-argument', `no number at offset ${offset} of a ${this.dtype} tensor`);
    return this.dtype === 'bfloat16' ? bfloat16ToNumber(value) : value;
  }

  /** All elements as plain numbers. */
  toNumbers(): number[] {
    return Array.from({ length: this.size }, (_, offset) => this.at(offset));
  }

  /** The same values under another dtype, by the rules of ONNX Cast (saturation aside: integers wrap as typed arrays do). */
  cast(dtype: DType): Tensor {
    if (dtype === this.dtype) return this;
    const out = allocate(dtype, this.size);
    for (let offset = 0; offset < this.size; offset++)
      setElement(out, dtype, offset, this.data[offset] as number | bigint | string, this.dtype);
    return new Tensor(out, this.shape, dtype);
  }
}

/** Whether a tensor holds 64-bit integers that 32 bits do not. */
export function isWide({ data }: Tensor): boolean {
  if (data instanceof BigInt64Array) return data.some((value) => value !== BigInt.asIntN(32, value));
  return data instanceof BigUint64Array && data.some((value) => value !== BigInt.asUintN(32, value));
}

/** The float whose upper 16 bits these are. */
export function bfloat16ToNumber(bits: number): number {
  scratch.setUint32(0, bits << 16);
  return scratch.getFloat32(0);
}

/** Round-to-nearest-even bfloat16 bits of a number. */
export function numberToBfloat16(value: number): number {
  scratch.setFloat32(0, value);
  const bits = scratch.getUint32(0);
  if (Number.isNaN(value)) return 0x7fc0;
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
}

const scratch = new DataView(new ArrayBuffer(4));

function dtypeOfAny(data: TensorData | readonly (number | bigint | boolean | string)[]): DType {
  if (!Array.isArray(data)) return dtypeOf(data as TensorData);
  const first: unknown = data[0];
  if (typeof first === 'string') return 'string';
  if (typeof first === 'bigint') return 'int64';
  return typeof first === 'boolean' ? 'bool' : 'float32';
}

function toStorage(data: TensorData | readonly (number | bigint | boolean | string)[], dtype: DType): TensorData {
  const { array, kind } = dtypes[dtype];
  if (!array) return Array.from(data as readonly string[], String);
  if (data instanceof array) return data;
  if (dtype === 'float16' && data instanceof Uint16Array) return new Float16Array(data.buffer, data.byteOffset, data.length);
  const out = allocate(dtype, data.length);
  const from: DType = kind === 'float' || Array.isArray(data) ? 'float64' : dtypeOf(data as TensorData);
  for (let offset = 0; offset < data.length; offset++) setElement(out, dtype, offset, data[offset] as number | bigint | string, from);
  return out;
}

function setElement(out: TensorData, dtype: DType, offset: number, value: number | bigint | boolean | string, from: DType): void {
  if (Array.isArray(out)) {
    out[offset] = String(value);
    return;
  }
  if (out instanceof BigInt64Array || out instanceof BigUint64Array) {
    out[offset] = typeof value === 'bigint' ? value : BigInt(Math.trunc(Number(value)));
    return;
  }
  const number = from === 'bfloat16' ? bfloat16ToNumber(value as number) : Number(value);
  if (dtype === 'bool') out[offset] = number === 0 ? 0 : 1;
  else if (dtype === 'bfloat16') out[offset] = numberToBfloat16(number);
  else if (dtypes[dtype].kind === 'float') out[offset] = number;
  // Typed arrays wrap a bigint exactly; a Number beyond 2^53 would already have lost its low bits.
  else out[offset] = typeof value === 'bigint' ? Number(BigInt.asIntN(32, value)) : Math.trunc(number);
}
