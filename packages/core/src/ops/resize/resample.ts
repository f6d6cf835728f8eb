import { EngineError } from '../../errors.ts';
import type { ValueType } from '../../ir/graph.ts';
import { dtypes, isInt64 } from '../../tensor/dtype.ts';
import { sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import type { Candidate } from '../../wgsl/kernel.ts';
import { visit } from '../../wgsl/visit.ts';
import { attribute } from '../attribute.ts';
import type { BoundType, KernelContext, Op } from '../op.ts';

interface ResampleAttributes {
  readonly axis: number;
  /** Input positions that make one output position. */
  readonly taps: number;
}

/**
 * Core op: weighted sums along one axis. x [outer, from, inner], indices int32 [to × taps], weights float32 [to × taps] →
 * y[o, i, k] = Σ_t weights[i, t] · x[o, indices[i, t], k]. Every mode of Resize is a table of these, one axis after the other.
 */
export const resample: Op<ResampleAttributes> = {
  type: 'Resample',
  domain: 'headstart',
  since: 1,
  attributes: { axis: attribute.int(), taps: attribute.int() },
  infer([x, indices], { axis, taps }) {
    const { dtype, shape } = x as ValueType;
    return [{ dtype, shape: shape.with(axis, ((indices as ValueType).shape[0] as number) / taps) }];
  },
  reference([x, indices, weights], { axis, taps }) {
    const [input, places, factors] = [x as Tensor, indices as Tensor, weights as Tensor];
    const shape = input.shape.with(axis, places.size / taps);
    const inner = sizeOf(input.shape.slice(axis + 1));
    const [from, to] = [input.shape[axis] as number, shape[axis] as number];
    const integer = dtypes[input.dtype].kind !== 'float';
    const values = Array.from({ length: sizeOf(shape) }, (_, offset) => {
      const slice = Math.floor(offset / inner);
      let sum = 0;
      for (let tap = 0; tap < taps; tap++) {
        const entry = (slice % to) * taps + tap;
        sum += factors.at(entry) * input.at((Math.floor(slice / to) * from + places.at(entry)) * inner + (offset % inner));
      }
      return integer ? Math.trunc(sum) : sum;
    });
    return [Tensor.from(values, shape, input.dtype)];
  },
  kernels: (inputs, attributes, context) => resampleCandidates(inputs as readonly BoundType[], attributes, context),
};

function resampleCandidates(
  [x]: readonly BoundType[],
  { axis, taps }: ResampleAttributes,
  { outputs, caps }: KernelContext,
): readonly Candidate[] {
  const { dtype, elem, shape } = x as BoundType;
  if (isInt64(dtype)) throw new EngineError('unsupported', 'weighted sums of 64-bit integers are computed on the host', { got: dtype });
  const to = (outputs[0] as BoundType).shape[axis] as number;
  const plan = visit(sizeOf(shape.slice(0, axis)) * to, sizeOf(shape.slice(axis + 1)), caps);
  const perRow = ['let first = row % p.to * p.taps;', 'let base = row / p.to * p.from_rows * p.columns;'];
  const perElement = [
    'var sum = 0.0;',
    'for (var tap = first; tap < first + p.taps; tap++) {',
    '  sum += in2[tap] * f32(in0[base + u32(in1[tap]) * p.columns + column]);',
    '}',
    `out0[offset] = ${elem}(sum);`,
  ];
  return [
    {
      name: 'resample',
      dispatches: [
        {
          kernel: {
            name: `resample_${elem}_${plan.mode}`,
            bindings: [
              { name: 'in0', elem, access: 'read' },
              { name: 'in1', elem: 'i32', access: 'read' },
              { name: 'in2', elem: 'f32', access: 'read' },
              { name: 'out0', elem, access: 'read_write' },
            ],
            params: { ...plan.params, to: 'u32', from_rows: 'u32', taps: 'u32' },
            workgroupSize: plan.workgroupSize,
            body: plan.main(perRow, perElement),
          },
          bind: ['in0', 'in1', 'in2', 'out0'],
          params: { ...plan.values, to, from_rows: shape[axis] as number, taps },
          grid: plan.grid,
        },
      ],
    },
  ];
}
