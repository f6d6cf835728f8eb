import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import { type DType, isFloat } from '../../tensor/dtype.ts';
import { sameShape, sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { extentOf, outputDim, outputDims, padsOf, type Window, type WindowAttributes, windowAttributes, windowOf } from '../conv/window.ts';
import { boundShape, required } from '../dims.ts';
import { tensorOf } from '../elementwise/evaluate.ts';
import { requireFloat } from '../matmul/shape.ts';
import type { Op } from '../op.ts';
import { columnMajor, poolOverAxes } from './pool.ref.ts';
import { type CorePoolAttributes, poolOnHost } from './pool-core.ts';

export interface PoolAttributes extends WindowAttributes {
  readonly ceil_mode: number;
  readonly count_include_pad: number;
  readonly storage_order: number;
}

export const poolAttributes = {
  ...windowAttributes,
  ceil_mode: attribute.int(0),
  count_include_pad: attribute.int(0),
  storage_order: attribute.int(0),
};

function poolWindow(x: ValueType, given: PoolAttributes): Window {
  const kernel = given.kernel_shape;
  const rank = x.shape.length - 2;
  if (!kernel || rank < 1 || kernel.length !== rank) {
    throw new EngineError('invalid-model', "attribute 'kernel_shape' does not fit the input", {
      expected: `${Math.max(rank, 1)} numbers`,
      got: kernel ? `[${kernel.join(', ')}] for rank ${x.shape.length}` : 'none',
    });
  }
  return windowOf(given, kernel, rank);
}

/** What the last window of `ceil_mode` covers past the end pads, on one axis. A window that would start past the input is dropped. */
function ceilExtra(input: number, begin: number, end: number, extent: number, stride: number): number {
  const room = input + begin + end - extent;
  const windows = Math.ceil(room / stride) + 1;
  const last = (windows - 1) * stride >= input + begin ? windows - 1 : windows;
  return Math.max((last - 1) * stride - room, 0);
}

/** A pool over all spatial axes: explicit pads `[begin…, end…]`, and what the last window of `ceil_mode` covers past them on each axis. */
interface BoundPool extends Window {
  readonly pads: readonly number[];
  readonly extra: readonly number[];
}

function boundPool(given: PoolAttributes, x: ValueType): BoundPool {
  const own = poolWindow(x, given);
  const spatial = boundShape(x).slice(2);
  const pads = padsOf(given, own, spatial);
  const extra = spatial.map((dim, axis) =>
    given.ceil_mode && !given.auto_pad.startsWith('SAME')
      ? ceilExtra(dim, pads[axis] as number, pads[axis + spatial.length] as number, extentOf(own, axis), own.strides[axis] as number)
      : 0,
  );
  return { ...own, pads, extra };
}

/**
 * The pool as pools over two axes or one, innermost first: the largest of the largest is the largest, and as the elements that count are
 * as many in every row of a window, the mean of the rows' means is the window's mean. Each works on [outer, 1, axes…].
 */
function passesOf(
  kind: 'max' | 'average',
  { countIncludePad }: { countIncludePad: number },
  { kernel, strides, dilations, pads, extra }: BoundPool,
  shape: readonly number[],
): readonly { readonly form: readonly number[]; readonly core: Omit<CorePoolAttributes, 'expression'> }[] {
  const rank = kernel.length;
  const passes: { form: readonly number[]; core: Omit<CorePoolAttributes, 'expression'> }[] = [];
  let current = [...shape];
  for (let last = rank; last > 0; last -= last === 1 ? 1 : 2) {
    const axes = last === 1 ? [0] : [last - 2, last - 1];
    const pick = (list: readonly number[]) => axes.map((axis) => list[axis] as number);
    const done = sizeOf(current.slice(2 + last));
    const outer = sizeOf(current.slice(0, 2 + (axes[0] as number)));
    // What is pooled already lies behind: one column each, untouched.
    const behind = done > 1 || last === 1;
    const form = behind
      ? [outer, 1, ...(last === 1 ? [current[2] as number, done] : pick(current.slice(2)))]
      : [outer, 1, ...pick(current.slice(2))];
    if (behind && last > 1) throw new EngineError('unsupported', 'a pool over more than three axes has no kernel');
    const lead = (list: readonly number[], one: number) => (last === 1 ? [list[0] as number, one] : pick(list));
    const core = {
      kind,
      kernel: lead(kernel, 1),
      strides: lead(strides, 1),
      dilations: lead(dilations, 1),
      pads: last === 1 ? [pads[0] as number, 0, pads[rank] as number, 0] : [...pick(pads.slice(0, rank)), ...pick(pads.slice(rank))],
      extra: lead(extra, 0),
      countIncludePad,
    };
    passes.push({ form, core });
    for (const axis of axes) {
      current = current.with(
        2 + axis,
        outputDim(
          current[2 + axis] as number,
          (pads[axis] as number) + (pads[axis + rank] as number) + (extra[axis] as number),
          (dilations[axis] as number) * ((kernel[axis] as number) - 1) + 1,
          strides[axis] as number,
        ) as number,
      );
    }
  }
  return passes;
}

function poolType(x: ValueType, given: PoolAttributes): ValueType {
  const window = poolWindow(x, given);
  const [batch = 1, channels = 1, ...spatial] = x.shape;
  const floor = outputDims(given, window, spatial);
  if (!given.ceil_mode || given.auto_pad.startsWith('SAME')) return { dtype: x.dtype, shape: [batch, channels, ...floor] };
  const pads = padsOf(
    given,
    window,
    spatial.map(() => 1),
  );
  const dims = spatial.map((dim, axis): Dim => {
    const [begin, end] = [pads[axis] as number, pads[axis + spatial.length] as number];
    const [extent, stride] = [extentOf(window, axis), window.strides[axis] as number];
    if (typeof dim !== 'number') return floor[axis] as Dim;
    return Math.floor((dim + begin + end + ceilExtra(dim, begin, end, extent, stride) - extent) / stride) + 1;
  });
  return { dtype: x.dtype, shape: [batch, channels, ...dims] };
}

function pool(type: 'MaxPool' | 'AveragePool'): Op<PoolAttributes> {
  const kind = type === 'MaxPool' ? 'max' : 'average';
  return {
    type,
    since: 1,
    attributes: poolAttributes,
    infer([input], given, { outputs }) {
      const own = poolType(required(input, 'X'), given);
      return outputs > 1 ? [own, { dtype: 'int64', shape: own.shape }] : [own];
    },
    reference([input], given, outputs) {
      const x = input as Tensor;
      const shape = poolType(x, given).shape as readonly number[];
      const own = boundPool(given, x);
      const { values, indices } = poolOverAxes(x, shape, { kind, ...own, countIncludePad: given.count_include_pad });
      const result = tensorOf(values, shape, x.dtype);
      return outputs > 1 ? [result, Tensor.from(columnMajor(indices, x.shape, given.storage_order), shape, 'int64')] : [result];
    },
    lower({ g, inputs: [x = ''], types, attributes: given, used }) {
      const input = required(types[0], 'X');
      if (kind === 'average') requireFloat(input, type);
      const shape = boundShape(input);
      const own = boundPool(given, input);
      if (used[1]) {
        const [value = '', index = ''] = g.addAll('MaxPoolIndices', [x], { ...own, order: given.storage_order }, { domain: 'headstart' });
        return [value, g.add('Cast', [index], { to: 7 })];
      }
      const unused = used.slice(1).map(() => '');
      if (isFloat(input.dtype) && coversAll(own, shape))
        return [wholeReduction(g, x, kind === 'max' ? 'max' : 'mean', shape.length), ...unused];
      let result = x;
      for (const { form, core } of passesOf(kind, { countIncludePad: given.count_include_pad }, own, shape)) {
        result = g.add(
          'Pool',
          [reshape(g, result, boundShape(g.typeOf(result)), form)],
          { ...core, expression: [] },
          { domain: 'headstart' },
        );
      }
      return [reshape(g, result, boundShape(g.typeOf(result)), boundShape(poolType(input, given))), ...unused];
    },
  };
}

function reshape(g: GraphBuilder, value: string, from: readonly number[], to: readonly number[]): string {
  if (sameShape(from, to)) return value;
  return g.add('Reshape', [value, g.constant(Tensor.from(to, [to.length], 'int64'), g.fresh('shape'))], { allowzero: 1 });
}

/** ONNX MaxPool (1 to 12) and AveragePool (1 to 19), over any number of spatial axes. */
export const maxPool: Op<PoolAttributes> = pool('MaxPool');
export const averagePool: Op<PoolAttributes> = pool('AveragePool');

/** Whether the window is the picture: one output position, which reads every input position. */
function coversAll({ kernel, dilations, pads, extra }: BoundPool, shape: readonly number[]): boolean {
  return sameShape(kernel, shape.slice(2)) && dilations.every((each) => each === 1) && [...pads, ...extra].every((each) => each === 0);
}

/** Lanes share the elements of a reduction; a pool has a lane for each output. */
function wholeReduction(g: GraphBuilder, x: string, kind: 'max' | 'mean', rank: number): string {
  const axes = Array.from({ length: rank - 2 }, (_, axis) => axis + 2);
  return g.add('Reduce', [x], { kind, axes, keepdims: 1, expression: [] }, { domain: 'headstart' });
}

/** Mean or maximum over all spatial axes, which stay with size 1. */
function globalPool(type: 'GlobalAveragePool' | 'GlobalMaxPool'): Op {
  const kind = type === 'GlobalMaxPool' ? 'max' : 'mean';
  const resultOf = (x: ValueType) => ({ dtype: x.dtype, shape: x.shape.map((dim, axis) => (axis < 2 ? dim : 1)) });
  return {
    type,
    since: 1,
    attributes: {},
    infer: ([input]) => [resultOf(required(input, 'X'))],
    reference([input]) {
      const x = input as Tensor;
      const [batch = 1, channels = 1, ...spatial] = x.shape;
      const flat = [batch, channels, 1, spatial.reduce((product, dim) => product * dim, 1)];
      const whole = { kernel: flat.slice(2), strides: [1, 1], dilations: [1, 1], pads: [0, 0, 0, 0], extra: [0, 0], countIncludePad: 0 };
      const values = poolOnHost(x.reshape(flat), [batch, channels, 1, 1], { kind: kind === 'max' ? 'max' : 'average', ...whole });
      return [tensorOf(values, [batch, channels, ...spatial.map(() => 1)], x.dtype)];
    },
    lower({ g, inputs: [x = ''], types }) {
      return [wholeReduction(g, x, kind, required(types[0], 'X').shape.length)];
    },
    ...(kind === 'mean'
      ? {
          // dx = dy / (H·W), repeated over the plane
          vjp({ g, inputs, dy: [dy = ''], types }) {
            if (dy === '') return [''];
            const shape = required(types[0], 'X').shape.slice(2);
            const count = shape.reduce<number>((product, dim) => product * (dim as number), 1);
            const share = g.add('Div', [dy, g.constant(count, g.fresh('count'), g.typeOf(dy).dtype as DType)]);
            return [g.add('Expand', [share, g.add('Shape', [inputs[0] as string])])];
          },
        }
      : {}),
  };
}

export const globalAveragePool: Op = globalPool('GlobalAveragePool');
export const globalMaxPool: Op = globalPool('GlobalMaxPool');
