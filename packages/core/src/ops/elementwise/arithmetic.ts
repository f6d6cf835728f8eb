import type { GraphBuilder } from '../../ir/builder.ts';
import type { AttributeMap } from '../../ir/graph.ts';
import type { DType } from '../../tensor/dtype.ts';
import { elementTypes } from '../../tensor/element-type.ts';
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
