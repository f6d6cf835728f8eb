import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import type { DType } from '../../tensor/dtype.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { extentOf, outputDims, padsOf, planar, type Window, type WindowAttributes, windowAttributes, windowOf } from '../conv/window.ts';
import { boundShape, required } from '../dims.ts';
import { tensorOf } from '../elementwise/evaluate.ts';
import type { Op } from '../op.ts';
import { type CorePoolAttributes, poolOnHost } from './pool-core.ts';

interface PoolAttributes extends WindowAttributes {
  readonly ceil_mode: number;
  readonly count_include_pad: number;
  readonly storage_order: number;
}

const attributes = {
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

/** The core attributes for bound spatial dimensions. */
function corePoolOf(kind: 'max' | 'average', given: PoolAttributes, x: ValueType): Omit<CorePoolAttributes, 'expression'> {
  const own = poolWindow(x, given);
  const spatial = boundShape(x).slice(2);
  const { window, pads } = planar(own, padsOf(given, own, spatial));
  const [, , height = 1, width = 1] = asPicture(boundShape(x));
  const extra = [height, width].map((dim, axis) =>
    given.ceil_mode && !given.auto_pad.startsWith('SAME')
      ? ceilExtra(dim, pads[axis] as number, pads[axis + 2] as number, extentOf(window, axis), window.strides[axis] as number)
      : 0,
  );
  return { kind, ...window, pads, extra, countIncludePad: given.count_include_pad };
}

function asPicture(shape: readonly number[]): readonly number[] {
  if (shape.length === 4) return shape;
  if (shape.length === 3) return [shape[0] as number, shape[1] as number, 1, shape[2] as number];
  throw new EngineError('unsupported', 'only one and two spatial axes have kernels', {
    got: `[${shape.join(', ')}]`,
    hint: "Use the 'wasm' engine for this model.",
  });
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
    attributes,
    infer([input], given, { outputs }) {
      const own = poolType(required(input, 'X'), given);
      return outputs > 1 ? [own, { dtype: 'int64', shape: own.shape }] : [own];
    },
    reference([input], given, outputs) {
      if (outputs > 1) throw indices();
      const x = input as Tensor;
      const shape = poolType(x, given).shape as readonly number[];
      return [tensorOf(poolOnHost(x.reshape(asPicture(x.shape)), asPicture(shape), corePoolOf(kind, given, x)), shape, x.dtype)];
    },
    lower({ g, inputs: [x = ''], types, attributes: given, used }) {
      if (used[1]) throw indices();
      const type = required(types[0], 'X');
      const core = { ...corePoolOf(kind, given, type), expression: [] };
      const result = g.add('Pool', [reshape(g, x, boundShape(type), asPicture(boundShape(type)))], core, { domain: 'headstart' });
      return [reshape(g, result, boundShape(g.typeOf(result)), boundShape(poolType(type, given))), ...used.slice(1).map(() => '')];
    },
  };
}

function indices(): EngineError {
  return new EngineError('unsupported', "MaxPool's second output (indices) has no kernel", {
    hint: "Use the 'wasm' engine for this model.",
  });
}

function reshape(g: GraphBuilder, value: string, from: readonly number[], to: readonly number[]): string {
  if (from.length === to.length) return value;
  return g.add('Reshape', [value, g.constant(Tensor.from(to, [to.length], 'int64'), g.fresh('shape'))], { allowzero: 1 });
}

/** ONNX MaxPool (1 to 12) without its indices output, and AveragePool (1 to 19), over one or two spatial axes. */
export const maxPool: Op<PoolAttributes> = pool('MaxPool');
export const averagePool: Op<PoolAttributes> = pool('AveragePool');

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
      const axes = required(types[0], 'X').shape.flatMap((_, axis) => (axis < 2 ? [] : [axis]));
      return [g.add('Reduce', [x], { kind, axes, keepdims: 1, expression: [] }, { domain: 'headstart' })];
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
