import { EngineError } from '../../errors.ts';
import { allocate, dtypes, isInt64, type TensorData } from '../../tensor/dtype.ts';
import { normalizeAxis, sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import type { Candidate } from '../../wgsl/kernel.ts';
import { overflowBinding, overflowHelpers, overflowParams } from '../../wgsl/overflow.ts';
import { attribute } from '../attribute.ts';
import { boundShape, required } from '../dims.ts';
import { evaluateExpression, scalarAt, tensorOf } from '../elementwise/evaluate.ts';
import type { BoundType, KernelContext, Op } from '../op.ts';
import { wideAccumulation } from '../reduce/kinds.ts';
import { elementOffsets, tupleOffsets } from './gather-elements.ts';
import { normalizeIndex, offsetOf } from './host.ts';
import { reshapeTo } from './reshape-to.ts';

/** Pointwise function that combines an element with an update; none: the update replaces it, the last one where several name it. */
const combiners: Readonly<Record<string, 'Add' | 'Mul' | 'Max' | 'Min' | undefined>> = {
  none: undefined,
  add: 'Add',
  mul: 'Mul',
  max: 'Max',
  min: 'Min',
};

function combinerOf(reduction: string): 'Add' | 'Mul' | 'Max' | 'Min' | undefined {
  if (!(reduction in combiners)) {
    throw new EngineError('invalid-model', "unknown attribute 'reduction'", {
      expected: Object.keys(combiners).join(', '),
      got: reduction,
    });
  }
  return combiners[reduction];
}

/** Updates flat positions of a copy of x: position i of `targets` takes element i of `updates`. */
function scatter(x: Tensor, targets: readonly number[], updates: Tensor, reduction: string): Tensor {
  const fn = combinerOf(reduction);
  const { kind } = dtypes[x.dtype];
  const type = kind === 'float' ? 'f32' : kind === 'unsigned' ? 'u32' : 'i32';
  if (fn === undefined) {
    const data = allocate(x.dtype, x.size);
    for (let offset = 0; offset < x.size; offset++) data[offset] = x.data[offset] as TensorData[number] & string;
    targets.forEach((target, index) => {
      data[target] = updates.data[index] as TensorData[number] & string;
    });
    return Tensor.from(data, x.shape, x.dtype);
  }
  const values = Array.from({ length: x.size }, (_, offset) => scalarAt(x, offset));
  targets.forEach((target, index) => {
    values[target] = evaluateExpression([{ fn, args: [0, 1], type }], [values[target] as number, scalarAt(updates, index)]);
  });
  return tensorOf(values, x.shape, x.dtype);
}

/**
 * Core op: data [slices, inner], indices [count] int32, updates [count, inner] → data with slice indices[j] updated by updates[j].
 * One lane an output element; it looks at all indices in order, so that the result does not depend on scheduling.
 */
export const coreScatter: Op<{ reduction: string }> = {
  type: 'Scatter',
  domain: 'headstart',
  since: 1,
  attributes: { reduction: attribute.string('none') },
  infer: ([data]) => [required(data, 'data')],
  reference([data, indices, updates], { reduction }) {
    const x = data as Tensor;
    const [slices = 1, inner = 1] = x.shape;
    const targets = (indices as Tensor)
      .toNumbers()
      .flatMap((index) => Array.from({ length: inner }, (_, place) => normalizeIndex(index, slices) * inner + place));
    return [scatter(x, targets, updates as Tensor, reduction)];
  },
  kernels: (inputs, { reduction }, context) => scatterCandidates(inputs as readonly BoundType[], reduction, context),
};

const lanes = 64;

function scatterCandidates([data, indices]: readonly BoundType[], reduction: string, context: KernelContext): readonly Candidate[] {
  const { dtype, elem, shape } = data as BoundType;
  const [, inner = 1] = shape;
  const size = sizeOf(shape);
  const fn = combinerOf(reduction);
  const combined = { Add: 'value + update', Mul: 'value * update', Max: 'max(value, update)', Min: 'min(value, update)' };
  const suffix = elem === 'i32' ? 'i64' : 'u64';
  const wide = isInt64(dtype) && (fn === 'Add' || fn === 'Mul') ? wideAccumulation(fn === 'Add' ? 'sum' : 'prod', suffix) : undefined;
  const first = wide ? wide.step(wide.start, 'in0[offset]') : 'in0[offset]';
  return [
    {
      name: 'scatter',
      dispatches: [
        {
          kernel: {
            name: `scatter_${reduction}_${wide ? suffix : elem}`,
            bindings: [
              { name: 'in0', elem, access: 'read' },
              { name: 'in1', elem: 'i32', access: 'read' },
              { name: 'in2', elem, access: 'read' },
              { name: 'out0', elem, access: 'read_write' },
              ...(wide ? [overflowBinding] : []),
            ],
            params: { size: 'u32', count: 'u32', inner: 'u32', ...(wide ? overflowParams : {}) },
            workgroupSize: [lanes, 1, 1],
            body: `${wide ? `${overflowHelpers(wide.helpers)}\n\n` : ''}@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let offset = (${flatGroup}) * ${lanes}u + lane;
  if (offset >= p.size) { return; }
  let slice = i32(offset / p.inner);
  var value = ${first};
  for (var entry = 0u; entry < p.count; entry++) {
    if (in1[entry] == slice) {
      let update = in2[entry * p.inner + offset % p.inner];
      value = ${wide ? wide.step('value', 'update') : fn ? combined[fn] : 'update'};
    }
  }
  out0[offset] = ${wide ? wide.finish('value', '') : 'value'};
}`,
          },
          bind: ['in0', 'in1', 'in2', 'out0', ...(wide ? [overflowBinding.name] : [])],
          params: { size, count: sizeOf((indices as BoundType).shape), inner },
          grid: linearGrid(size, lanes, context.caps),
        },
      ],
    },
  ];
}

/** data with the elements that `indices` name along `axis` updated; indices and updates have one shape. */
function scatterElementsOp(type: string, since: number): Op<{ axis: number; reduction: string }> {
  return {
    type,
    since,
    attributes: { axis: attribute.int(0), reduction: attribute.string('none') },
    infer: ([data]) => [required(data, 'data')],
    reference([data, indices, updates], { axis, reduction }) {
      const [x, picked] = [data as Tensor, indices as Tensor];
      const at = normalizeAxis(axis, x.shape.length);
      const targets = Array.from({ length: picked.size }, (_, entry) => {
        const position = positionOf(entry, picked.shape);
        return offsetOf(position.with(at, normalizeIndex(picked.at(entry), x.shape[at] as number)), x.shape);
      });
      return [scatter(x, targets, updates as Tensor, reduction)];
    },
    lower({ g, inputs: [data = '', indices = '', updates = ''], types, attributes: { axis, reduction } }) {
      const [shape, picked] = [boundShape(types[0]), boundShape(types[1])];
      const offsets = elementOffsets(g, indices, shape, picked, normalizeAxis(axis, shape.length));
      const flat = [
        reshapeTo(g, data, [sizeOf(shape), 1]),
        reshapeTo(g, offsets, [sizeOf(picked)]),
        reshapeTo(g, updates, [sizeOf(picked), 1]),
      ];
      return [reshapeTo(g, g.add('Scatter', flat, { reduction }, { domain: 'headstart' }), shape)];
    },
  };
}

/** `ScatterElements`, and `Scatter`, its name up to opset 10. */
export const scatterElements = scatterElementsOp('ScatterElements', 11);
export const scatter9 = scatterElementsOp('Scatter', 9);

/** data with the slices that index tuples [..., k] name updated. */
export const scatterND: Op<{ reduction: string }> = {
  type: 'ScatterND',
  since: 11,
  attributes: { reduction: attribute.string('none') },
  infer: ([data]) => [required(data, 'data')],
  reference([data, indices, updates], { reduction }) {
    const [x, picked] = [data as Tensor, indices as Tensor];
    const count = picked.shape.at(-1) as number;
    const inner = sizeOf(x.shape.slice(count));
    const targets = Array.from({ length: picked.size / Math.max(1, count) }, (_, entry) => {
      const tuple = Array.from({ length: count }, (_, index) => normalizeIndex(picked.at(entry * count + index), x.shape[index] as number));
      const start = offsetOf(tuple, x.shape.slice(0, count)) * inner;
      return Array.from({ length: inner }, (_, place) => start + place);
    }).flat();
    return [scatter(x, targets, updates as Tensor, reduction)];
  },
  lower({ g, inputs: [data = '', indices = '', updates = ''], types, attributes: { reduction } }) {
    const [shape, picked] = [boundShape(types[0]), boundShape(types[1])];
    const inner = sizeOf(shape.slice(picked.at(-1) as number));
    const entries = sizeOf(picked.slice(0, -1));
    const flat = [
      reshapeTo(g, data, [sizeOf(shape) / Math.max(1, inner), inner]),
      reshapeTo(g, tupleOffsets(g, indices, shape, picked, 0), [entries]),
      reshapeTo(g, updates, [entries, inner]),
    ];
    return [reshapeTo(g, g.add('Scatter', flat, { reduction }, { domain: 'headstart' }), shape)];
  },
};

function positionOf(offset: number, shape: readonly number[]): number[] {
  let rest = offset;
  return shape
    .toReversed()
    .map((dim) => {
      const index = rest % dim;
      rest = Math.floor(rest / dim);
      return index;
    })
    .reverse();
}
