/** ONNX element types, by their NumPy names. */
export type DType =
  | 'float32'
  | 'float16'
  | 'bfloat16'
  | 'float64'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'bool'
  | 'int4'
  | 'uint4'
  | 'string';

export type TypedArray =
  | Float32Array
  | Float16Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** Host storage of a dtype. bfloat16 is held as its 16 bits, bool and the 4-bit types as one byte an element. */
export type TensorData = TypedArray | string[];

interface DTypeInfo {
  /** Bytes one element takes in ONNX raw data (4-bit types: half a byte). */
  readonly bytes: number;
  readonly kind: 'float' | 'signed' | 'unsigned' | 'bool' | 'string';
  readonly array:
    | { new (length: number): TypedArray; new (buffer: ArrayBufferLike, offset?: number, length?: number): TypedArray }
    | undefined;
}

export const dtypes: Readonly<Record<DType, DTypeInfo>> = {
  float32: { bytes: 4, kind: 'float', array: Float32Array },
  float16: { bytes: 2, kind: 'float', array: Float16Array },
  bfloat16: { bytes: 2, kind: 'float', array: Uint16Array },
  float64: { bytes: 8, kind: 'float', array: Float64Array },
  int8: { bytes: 1, kind: 'signed', array: Int8Array },
  uint8: { bytes: 1, kind: 'unsigned', array: Uint8Array },
  int16: { bytes: 2, kind: 'signed', array: Int16Array },
  uint16: { bytes: 2, kind: 'unsigned', array: Uint16Array },
  int32: { bytes: 4, kind: 'signed', array: Int32Array },
  uint32: { bytes: 4, kind: 'unsigned', array: Uint32Array },
  int64: { bytes: 8, kind: 'signed', array: BigInt64Array },
  uint64: { bytes: 8, kind: 'unsigned', array: BigUint64Array },
  bool: { bytes: 1, kind: 'bool', array: Uint8Array },
  int4: { bytes: 0.5, kind: 'signed', array: Int8Array },
  uint4: { bytes: 0.5, kind: 'unsigned', array: Uint8Array },
  string: { bytes: 0, kind: 'string', array: undefined },
};

export function isFloat(dtype: DType): boolean {
  return dtypes[dtype].kind === 'float';
}

export function isInteger(dtype: DType): boolean {
  const { kind } = dtypes[dtype];
  return kind === 'signed' || kind === 'unsigned';
}

/** Whether values of `dtype` are 64-bit integers, which the GPU holds in 32 bits. */
export function isInt64(dtype: DType): boolean {
  return dtype === 'int64' || dtype === 'uint64';
}

/** A zeroed host array for `length` elements of `dtype` (strings: empty). */
export function allocate(dtype: DType, length: number): TensorData {
  const { array } = dtypes[dtype];
  return array ? new array(length) : new Array<string>(length).fill('');
}

/** The dtype a typed array has when none is named. */
export function dtypeOf(data: TensorData): DType {
  if (Array.isArray(data)) return 'string';
  if (data instanceof Float32Array) return 'float32';
  if (data instanceof Float16Array) return 'float16';
  if (data instanceof Float64Array) return 'float64';
  if (data instanceof Int8Array) return 'int8';
  if (data instanceof Uint8Array) return 'uint8';
  if (data instanceof Int16Array) return 'int16';
  if (data instanceof Uint16Array) return 'uint16';
  if (data instanceof Int32Array) return 'int32';
  if (data instanceof Uint32Array) return 'uint32';
  if (data instanceof BigInt64Array) return 'int64';
  return 'uint64';
}
