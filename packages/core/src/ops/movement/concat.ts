import { EngineError } from '../../errors.ts';
import { addDims } from '../../ir/dims.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import { allocate } from '../../tensor/dtype.ts';
import { normalizeAxis, sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape } from '../dims.ts';
import type { BoundType, Op } from '../op.ts';
import { concatCandidates } from './concat.wgsl.ts';
import { differentiable } from './copy.ts';
import { int64s } from './host.ts';

function concatType(inputs: readonly (ValueType | undefined)[], axis: number): ValueType {
  const types = inputs.filter((input) => input !== undefined);
  const [first] = types;
  if (!first || types.length !== inputs.length) throw new EngineError('invalid-model', 'Concat needs at least one input, none absent');
  const at = normalizeAxis(axis, first.shape.length);
  const shape = first.shape.map((dim, index): Dim => {
    if (index === at) return types.slice(1).reduce<Dim>((sum, type) => addDims(sum, type.shape[at] as Dim), dim);
    const dims = types.map((type) => type.shape[index]);
    const known = dims.find((each) => typeof each === 'number') ?? dim;
    if (
      types.some(({ shape: { length } }) => length !== first.shape.length) ||
      dims.some((each) => typeof each === 'number' && each !== known)
    ) {
      throw new EngineError('invalid-model', `inputs differ on axis ${index}`, {
        expected: `equal dimensions on all axes but ${at}`,
        got: types.map((type) => `[${type.shape.join(', ')}]`).join(' and '),
      });
    }
    return known;
  });
  return { dtype: first.dtype, shape };
}

function concatTensors(tensors: readonly Tensor[], axis: number): Tensor {
  const { dtype, shape } = concatType(tensors, axis) as { dtype: Tensor['dtype']; shape: readonly number[] };
  const at = normalizeAxis(axis, shape.length);
  const data = allocate(dtype, sizeOf(shape));
  const rows = sizeOf(shape.slice(0, at));
  let offset = 0;
  for (let row = 0; row < rows; row++) {
    for (const tensor of tensors) {
      const length = tensor.size / rows;
      for (let index = 0; index < length; index++) (data as unknown[])[offset++] = tensor.data[row * length + index];
    }
  }
  return Tensor.from(data, shape, dtype);
}

/** Joins tensors along an axis; all other dimensions are equal. */
export const concat: Op<{ axis: number }> = {
  type: 'Concat',
  since: 4,
  attributes: { axis: attribute.int() },
  infer: (inputs, { axis }) => [concatType(inputs, axis)],
  reference: (inputs, { axis }) => [concatTensors(inputs as readonly Tensor[], axis)],
  lower({ g, inputs, types, attributes: { axis } }) {
    const kept = inputs.filter((_, index) => sizeOf(boundShape(types[index])) > 0);
    if (kept.length <= 1) return [g.add('Identity', [kept[0] ?? (inputs[0] as string)])];
    return [g.add('Concat', kept, { axis: normalizeAxis(axis, boundShape(types[0]).length) }, { domain: 'headstart' })];
  },
  // dx_i = the part of dy that came from x_i
  vjp({ g, inputs, dy: [dy = ''], types, attributes: { axis } }) {
    if (dy === '' || !differentiable(g, inputs[0] as string)) return inputs.map(() => '');
    const sizes = types.map((type) => boundShape(type)[normalizeAxis(axis, boundShape(type).length)] as number);
    const parts = g.addAll(
      'Split',
      [dy, g.constant(int64s(sizes), g.fresh('split'))],
      { axis },
      { outputs: inputs.map((_, index) => g.fresh(`split_${index}`)) },
    );
    return parts;
  },
};

/** Core op: Concat with a normalised axis and no empty input. */
export const coreConcat: Op<{ axis: number }> = {
  type: 'Concat',
  domain: 'headstart',
  since: 1,
  attributes: { axis: attribute.int() },
  infer: (inputs, { axis }) => [concatType(inputs, axis)],
  reference: (inputs, { axis }) => [concatTensors(inputs as readonly Tensor[], axis)],
  kernels: (inputs, { axis }, context) => concatCandidates(inputs as readonly BoundType[], axis, context),
};
