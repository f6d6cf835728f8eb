import type { DType } from './dtype.ts';

/** TensorProto.DataType numbers (onnx.proto, message TensorProto). */
export const elementTypes: Readonly<Record<DType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
  bfloat16: 16,
  uint4: 21,
  int4: 22,
};

/** dtype of a TensorProto.DataType number; undefined for one this engine does not hold. */
export function dtypeOfElementType(number: number): DType | undefined {
  return dtypeByNumber.get(number);
}

const dtypeByNumber = new Map(Object.entries(elementTypes).map(([dtype, number]) => [number, dtype as DType]));
