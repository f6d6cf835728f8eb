import { sizeOf, stridesOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { flatGroup, linearGrid } from '../../wgsl/grid.ts';
import type { Candidate } from '../../wgsl/kernel.ts';
import { attribute } from '../attribute.ts';
import { outputDim } from '../conv/window.ts';
import { required } from '../dims.ts';
import { tensorOf } from '../elementwise/evaluate.ts';
import type { BoundType, KernelContext, Op } from '../op.ts';
import { columnMajor, poolOverAxes } from './pool.ref.ts';

interface IndicesAttributes {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** `[begin…, end…]` */
  readonly pads: readonly number[];
  readonly extra: readonly number[];
  /** 1: positions count with the first spatial axis fastest. */
  readonly order: number;
}

/** Core op: the largest element of each window of X[N, C, …] and its flat position in X, int32. Three spatial axes at most. */
export const corePoolIndices: Op<IndicesAttributes> = {
  type: 'MaxPoolIndices',
  domain: 'headstart',
  since: 1,
  attributes: {
    kernel: attribute.ints(),
    strides: attribute.ints(),
    dilations: attribute.ints(),
    pads: attribute.ints(),
    extra: attribute.ints(),
    order: attribute.int(0),
  },
  infer([input], { kernel, strides, dilations, pads, extra }) {
    const x = required(input, 'X');
    const rank = kernel.length;
    const spatial = kernel.map((size, axis) =>
      outputDim(
        x.shape[axis + 2] as number,
        (pads[axis] as number) + (pads[axis + rank] as number) + (extra[axis] as number),
        (dilations[axis] as number) * (size - 1) + 1,
        strides[axis] as number,
      ),
    );
    const shape = [...x.shape.slice(0, 2), ...spatial];
    return [
      { dtype: x.dtype, shape },
      { dtype: 'int32', shape },
    ];
  },
  reference([input], given) {
    const x = input as Tensor;
    const shape = corePoolIndices.infer([x], given, { constant: () => undefined, outputs: 2 })[0]?.shape as readonly number[];
    const { values, indices } = poolOverAxes(x, shape, { kind: 'max', ...given, countIncludePad: 0 });
    return [tensorOf(values, shape, x.dtype), Tensor.from(columnMajor(indices, x.shape, given.order).map(Number), shape, 'int32')];
  },
  kernels: ([x], given, context) => indicesCandidates(x as BoundType, given, context),
};

const lanes = 64;
const axes = ['z', 'y', 'x'] as const;

/** One lane an output. Missing axes have size 1. */
function indicesCandidates({ elem, shape }: BoundType, given: IndicesAttributes, { outputs, caps }: KernelContext): readonly Candidate[] {
  const rank = shape.length - 2;
  if (rank > 3) return [];
  const spread = (list: readonly number[], one: number) => [...new Array<number>(3 - rank).fill(one), ...list.slice(0, rank)];
  const input = spread(shape.slice(2), 1);
  const output = spread((outputs[0] as BoundType).shape.slice(2), 1);
  const [kernel, strides, dilations, pads] = [
    spread(given.kernel, 1),
    spread(given.strides, 1),
    spread(given.dilations, 1),
    spread(given.pads, 0),
  ];
  const places = given.order === 1 ? stridesOf(input.toReversed()).toReversed() : stridesOf(input);
  const params: Record<string, number> = { size: sizeOf((outputs[0] as BoundType).shape) };
  axes.forEach((axis, index) => {
    for (const [name, list] of Object.entries({
      in: input,
      out: output,
      kernel,
      stride: strides,
      dilation: dilations,
      pad: pads,
      place: places,
    })) {
      params[`${name}_${axis}`] = list[index] as number;
    }
  });
  const body = `@compute fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let offset = (${flatGroup}) * ${lanes}u + lane;
  if (offset >= p.size) { return; }
  let x = i32(offset % p.out_x * p.stride_x) - i32(p.pad_x);
  let y = i32(offset / p.out_x % p.out_y * p.stride_y) - i32(p.pad_y);
  let z = i32(offset / (p.out_x * p.out_y) % p.out_z * p.stride_z) - i32(p.pad_z);
  let plane = offset / (p.out_x * p.out_y * p.out_z) * p.in_x * p.in_y * p.in_z;
  var found = false;
  var largest = ${elem}(0);
  var index = 0u;
  for (var i = 0u; i < p.kernel_z; i++) {
    let at_z = u32(z + i32(i * p.dilation_z));
    if (at_z >= p.in_z) { continue; }
    for (var j = 0u; j < p.kernel_y; j++) {
      let at_y = u32(y + i32(j * p.dilation_y));
      if (at_y >= p.in_y) { continue; }
      for (var k = 0u; k < p.kernel_x; k++) {
        let at_x = u32(x + i32(k * p.dilation_x));
        if (at_x >= p.in_x) { continue; }
        let value = in0[plane + (at_z * p.in_y + at_y) * p.in_x + at_x];
        if (!found || value > largest) {
          found = true;
          largest = value;
          index = plane + at_z * p.place_z + at_y * p.place_y + at_x * p.place_x;
        }
      }
    }
  }
  out0[offset] = largest;
  out1[offset] = i32(index);
}`;
  return [
    {
      name: 'maxpoolindices',
      dispatches: [
        {
          kernel: {
            name: `maxpoolindices_${elem}`,
            bindings: [
              { name: 'in0', elem, access: 'read' },
              { name: 'out0', elem, access: 'read_write' },
              { name: 'out1', elem: 'i32', access: 'read_write' },
            ],
            params: Object.fromEntries(Object.keys(params).map((name) => [name, 'u32'])),
            workgroupSize: [lanes, 1, 1],
            body,
          },
          bind: ['in0', 'out0', 'out1'],
          params,
          grid: linearGrid(params.size as number, lanes, caps),
        },
      ],
    },
  ];
}
