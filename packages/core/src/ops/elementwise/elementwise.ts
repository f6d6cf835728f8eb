import { EngineError } from '../../errors.ts';
import type { DType } from '../../tensor/dtype.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { broadcastDims } from '../broadcast.ts';
import type { BoundType, Op } from '../op.ts';
import { elementwiseCandidates } from './elementwise.wgsl.ts';
import { evaluatePointwise } from './evaluate.ts';
import type { Expression } from './expression.ts';

export interface ElementwiseAttributes {
  /** Slots are the inputs, in order. */
  readonly expression: Expression;
  /** dtype of the output; its scalar type is that of the expression. */
  readonly dtype: DType;
}

/** Core op: one output, each element the expression of the inputs broadcast to each other. Every pointwise ONNX op lowers to it. */
export const elementwise: Op<ElementwiseAttributes> = {
  type: 'Elementwise',
  domain: 'headstart',
  since: 1,
  attributes: { expression: attribute.any<Expression>(), dtype: attribute.any<DType>() },
  infer(inputs, { dtype }) {
    const shapes = inputs.map((input) => {
      if (!input) throw new EngineError('internal', 'Elementwise has an absent input');
      return input.shape;
    });
    return [{ dtype, shape: broadcastDims(...shapes) }];
  },
  reference: (inputs, { expression, dtype }) => [evaluatePointwise(expression, inputs as readonly Tensor[], dtype)],
  operandsFrom: 0,
  kernels: (inputs, { expression }, context) => elementwiseCandidates(inputs as readonly BoundType[], expression, context),
};
