import type { GraphBuilder } from '../../ir/builder.ts';
import type { AttributeMap } from '../../ir/graph.ts';
import { type DType, dtypes } from '../../tensor/dtype.ts';
import { Tensor } from '../../tensor/tensor.ts';

/** A value name, or a number that becomes a scalar constant. */
export type Term = string | number;

/** Emits standard operators on values of one dtype; gradients are written with it. */
export interface Arithmetic {
  number(value: number): string;
  apply(type: string, inputs: readonly Term[], attributes?: AttributeMap): string;
  add(a: Term, b: Term): string;
  sub(a: Term, b: Term): string;
  mul(a: Term, b: Term): string;
  div(a: Term, b: Term): string;
  neg(a: Term): string;
  exp(a: Term): string;
  sqrt(a: Term): string;
  tanh(a: Term): string;
  sigmoid(a: Term): string;
  greater(a: Term, b: Term): string;
  where(condition: string, a: Term, b: Term): string;
  cast(a: string, dtype: DType): string;
}

export function arithmetic(g: GraphBuilder, dtype: DType): Arithmetic {
  const number = (value: number) => g.constant(Tensor.scalar(value, dtype), g.fresh('constant'));
  const name = (term: Term) => (typeof term === 'number' ? number(term) : term);
  const apply = (type: string, inputs: readonly Term[], attributes: AttributeMap = {}) => g.add(type, inputs.map(name), attributes);
  return {
    number,
    apply,
    add: (a, b) => apply('Add', [a, b]),
    sub: (a, b) => apply('Sub', [a, b]),
    mul: (a, b) => apply('Mul', [a, b]),
    div: (a, b) => apply('Div', [a, b]),
    neg: (a) => apply('Neg', [a]),
    exp: (a) => apply('Exp', [a]),
    sqrt: (a) => apply('Sqrt', [a]),
    tanh: (a) => apply('Tanh', [a]),
    sigmoid: (a) => apply('Sigmoid', [a]),
    greater: (a, b) => apply('Greater', [a, b]),
    where: (condition, a, b) => apply('Where', [condition, a, b]),
    cast: (a, to) => g.add('Cast', [a], { to: elementTypes[to] }),
  };
}

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
  return (Object.keys(dtypes) as DType[]).find((dtype) => elementTypes[dtype] === number);
}
