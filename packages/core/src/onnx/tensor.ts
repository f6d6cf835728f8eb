import { EngineError } from '../errors.ts';
import { type DType, dtypes, type TensorData, type TypedArray } from '../tensor/dtype.ts';
import { dtypeOfElementType, elementTypes } from '../tensor/element-type.ts';
import { sizeOf } from '../tensor/shape.ts';
import { Tensor } from '../tensor/tensor.ts';
import { message, type TensorProto } from './proto.ts';

const otherTypes: Readonly<Record<number, string>> = {
  14: 'complex64',
  15: 'complex128',
  17: 'float8e4m3fn',
  18: 'float8e4m3fnuz',
  19: 'float8e5m2',
  20: 'float8e5m2fnuz',
  23: 'float4e2m1',
  24: 'float8e8m0',
  25: 'uint2',
  26: 'int2',
};

/** The dtype of an ONNX element type number; undefined for the types tensors here cannot have. */
export function dtypeOfDataType(dataType: number | undefined): DType | undefined {
  return dtypeOfElementType(dataType ?? 0);
}

export function dataTypeOf(dtype: DType): number {
  return elementTypes[dtype];
}

/** Weights files by the location the model names them by. */
export type ExternalData = ReadonlyMap<string, Uint8Array>;

/**
 * The tensor a TensorProto holds: raw bytes (a view where their alignment allows), typed fields, or external data.
 * @throws EngineError `invalid-model` when the data does not fill the dimensions; `unsupported` for element types such as float8
 */
export function tensorFromProto(proto: TensorProto, external?: ExternalData): Tensor {
  const where = `tensor '${proto.name ?? ''}'`;
  const dtype = dtypeOfDataType(proto.dataType);
  if (!dtype) {
    const name = otherTypes[proto.dataType ?? 0];
    if (name) throw new EngineError('unsupported', `element type ${name} is not supported`, { where });
    throw new EngineError('invalid-model', 'no such element type', { where, expected: '1..26', got: `${proto.dataType}` });
  }
  if (proto.segment) throw new EngineError('unsupported', 'tensors stored in segments are not supported', { where });
  const size = sizeOf(proto.dims);
  if (proto.dims.some((dim) => dim < 0) || !Number.isSafeInteger(size)) {
    throw new EngineError('invalid-model', 'dimensions no tensor can have', { where, got: `[${proto.dims.join(', ')}]` });
  }
  const raw = proto.dataLocation === 1 ? externalBytes(proto, external, where) : proto.rawData;
  const data = raw && (raw.length > 0 || size === 0) ? fromRaw(raw, dtype, size, where) : fromFields(proto, dtype, size, where);
  return Tensor.from(data, proto.dims, dtype);
}

/** Writes a tensor with raw bytes (strings: `stringData`); the bytes are a view of the tensor's where the format allows. */
export function tensorToProto(tensor: Tensor, name?: string): TensorProto {
  const { dtype, shape, data } = tensor;
  const fields = { dims: shape, dataType: elementTypes[dtype], ...(name === undefined ? {} : { name }) };
  if (Array.isArray(data)) return message('TensorProto', { ...fields, stringData: data.map((text) => new TextEncoder().encode(text)) });
  return message('TensorProto', { ...fields, rawData: rawBytes(data, dtype) });
}

/** Little-endian bytes as ONNX raw data has them; two elements a byte for the 4-bit types, the first in the low half. */
function rawBytes(data: TypedArray, dtype: DType): Uint8Array {
  if (dtypes[dtype].bytes !== 0.5) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const packed = new Uint8Array(Math.ceil(data.length / 2));
  for (let index = 0; index < data.length; index++) {
    packed[index >> 1] = (packed[index >> 1] as number) | ((Number(data[index]) & 15) << (4 * (index & 1)));
  }
  return packed;
}

function fromRaw(raw: Uint8Array, dtype: DType, size: number, where: string): TensorData {
  const { bytes, array } = dtypes[dtype];
  if (!array) throw new EngineError('invalid-model', 'strings cannot be raw data', { where });
  const expected = Math.ceil(size * bytes);
  if (raw.length !== expected) throw wrongLength(where, dtype, `${expected} bytes`, `${raw.length}`);
  if (bytes === 0.5) return unpackNibbles(raw, dtype, size);
  // Typed arrays must start at a multiple of their element size; protobuf aligns nothing.
  const aligned = raw.byteOffset % bytes === 0 ? raw : raw.slice();
  return new array(aligned.buffer, aligned.byteOffset, size);
}

function fromFields(proto: TensorProto, dtype: DType, size: number, where: string): TensorData {
  if (dtype === 'string') {
    if (proto.stringData.length !== size) throw wrongLength(where, dtype, `${size} elements`, `${proto.stringData.length}`);
    return proto.stringData.map((bytes) => new TextDecoder().decode(bytes));
  }
  const field = fieldOf(proto, dtype);
  const expected = dtypes[dtype].bytes === 0.5 ? Math.ceil(size / 2) : size;
  if (field.length !== expected) throw wrongLength(where, dtype, `${expected} elements`, `${field.length}`);
  if (dtypes[dtype].bytes === 0.5) return unpackNibbles(Uint8Array.from(field as Int32Array), dtype, size);
  if (dtype === 'float16') return new Float16Array(Uint16Array.from(field as Int32Array).buffer);
  if (dtype === 'uint32') return Uint32Array.from(field as BigUint64Array, Number);
  const { array } = dtypes[dtype];
  if (field instanceof (array as NonNullable<typeof array>)) return field;
  // What is left are the narrow integers, bool and bfloat16, all in int32Data.
  const out = new (array as NonNullable<typeof array>)(size);
  for (let index = 0; index < size; index++) out[index] = field[index] as number;
  return out;
}

function fieldOf(proto: TensorProto, dtype: DType): TypedArray {
  if (dtype === 'float32') return proto.floatData;
  if (dtype === 'float64') return proto.doubleData;
  if (dtype === 'int64') return proto.int64Data;
  return dtype === 'uint64' || dtype === 'uint32' ? proto.uint64Data : proto.int32Data;
}

function unpackNibbles(packed: Uint8Array, dtype: DType, size: number): TensorData {
  const out = dtype === 'int4' ? new Int8Array(size) : new Uint8Array(size);
  for (let index = 0; index < size; index++) {
    const nibble = ((packed[index >> 1] as number) >> (4 * (index & 1))) & 15;
    out[index] = dtype === 'int4' && nibble > 7 ? nibble - 16 : nibble;
  }
  return out;
}

function wrongLength(where: string, dtype: DType, expected: string, got: string): EngineError {
  return new EngineError('invalid-model', `the ${dtype} data does not fill the dimensions`, { where, expected, got });
}

function externalBytes(proto: TensorProto, external: ExternalData | undefined, where: string): Uint8Array {
  const entry = (key: string) => proto.externalData.find((pair) => pair.key === key)?.value;
  const location = entry('location') ?? '';
  const file = external?.get(location);
  if (!file) {
    throw new EngineError('invalid-model', `the weights are in the file '${location}', which was not given`, {
      where,
      hint: `Put '${location}' beside the model and open the model by its path or URL.`,
    });
  }
  const offset = Number(entry('offset') ?? 0);
  const length = Number(entry('length') ?? file.length - offset);
  if (!(Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0 && offset + length <= file.length)) {
    throw new EngineError('invalid-model', `the weights lie outside the file '${location}'`, {
      where,
      expected: `a range within its ${file.length} bytes`,
      got: `${length} bytes at ${offset}`,
      hint: 'The weights file is cut short or belongs to another model: get both again.',
    });
  }
  return file.subarray(offset, offset + length);
}
