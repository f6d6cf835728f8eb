import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import { type Dim, formatType, type ValueType } from '../../ir/graph.ts';
import { derived } from '../../tensor/derived.ts';
import type { DType } from '../../tensor/dtype.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape } from '../dims.ts';
import { ExpressionBuilder } from '../elementwise/build.ts';
import type { Expression } from '../elementwise/expression.ts';
import { roundTo } from '../matmul/matmul.ref.ts';
import { applyOnHost } from '../matmul/matmul-core.ts';
import { floatPair } from '../matmul/shape.ts';
import type { LowerContext, Op } from '../op.ts';
import { convOnHost, convOverAxes } from './conv.ref.ts';
import { type PaddedWindow, unfoldFirstAxis } from './spatial.ts';
import { outputDims, padsOf, planar, type Window, type WindowAttributes, windowAttributes, windowOf } from './window.ts';

export interface ConvAttributes extends WindowAttributes {
  readonly group: number;
}

/** The window a convolution's weights W[M, C/group, k…] make, checked against its input X[N, C, …]. */
function convWindow(x: ValueType, w: ValueType, attributes: ConvAttributes): Window {
  const kernel = w.shape.slice(2);
  const rank = x.shape.length - 2;
  const fits =
    rank >= 1 &&
    w.shape.length === x.shape.length &&
    kernel.every((dim) => typeof dim === 'number') &&
    (attributes.kernel_shape === undefined || attributes.kernel_shape.every((dim, axis) => dim === kernel[axis]));
  if (!fits) {
    throw new EngineError('invalid-model', 'weights do not fit the input', {
      expected: `[M, C/${attributes.group}${attributes.kernel_shape ? `, ${attributes.kernel_shape.join(', ')}` : ', kernel…'}] of rank ${x.shape.length}`,
      got: `${formatType(w)} for ${formatType(x)}`,
    });
  }
  const channels = x.shape[1] as Dim;
  const own = w.shape[1] as Dim;
  if (typeof channels === 'number' && typeof own === 'number' && channels !== own * attributes.group) {
    throw new EngineError('invalid-argument', 'the input has the wrong number of channels', {
      expected: `${own * attributes.group} (${own} in each of ${attributes.group} groups)`,
      got: `${channels}`,
    });
  }
  return windowOf(attributes, kernel as readonly number[], rank);
}

function convType(first: ValueType | undefined, second: ValueType | undefined, attributes: ConvAttributes): ValueType {
  const [x, w] = floatPair(first, second);
  const window = convWindow(x, w, attributes);
  return { dtype: x.dtype, shape: [x.shape[0] as Dim, w.shape[0] as Dim, ...outputDims(attributes, window, x.shape.slice(2))] };
}

/** Sums of a convolution, on the host. */
function convSums(x: Tensor, w: Tensor, attributes: ConvAttributes): { values: Float64Array; shape: readonly number[] } {
  const shape = convType(x, w, attributes).shape as readonly number[];
  const own = convWindow(x, w, attributes);
  const explicit = padsOf(attributes, own, x.shape.slice(2));
  if (shape.length > 4) return { values: convOverAxes(x, w, shape, { ...own, pads: explicit, group: attributes.group }), shape };
  const { window, pads } = planar(own, explicit);
  const values = convOnHost(x.reshape(asPicture(x.shape)), w.reshape(asPicture(w.shape)), asPicture(shape), {
    ...window,
    pads,
    group: attributes.group,
  });
  return { values, shape };
}

/** A shape with two spatial axes: [N, C, L] becomes [N, C, 1, L]. */
function asPicture(shape: readonly number[]): readonly number[] {
  if (shape.length === 4) return shape;
  if (shape.length === 3) return [shape[0] as number, shape[1] as number, 1, shape[2] as number];
  throw new EngineError('unsupported', 'only one and two spatial axes have kernels', {
    got: `[${shape.join(', ')}]`,
    hint: "Use the 'wasm' engine for this model.",
  });
}

/** Emits the core convolution with an epilogue over `operands`, whose shapes broadcast to [N, M, H, W]. */
function lowerConv(
  { g, inputs: [x = '', w = ''], types, attributes }: LowerContext<ConvAttributes>,
  operands: readonly string[],
  expression: Expression,
): string {
  const [input, weights] = floatPair(types[0], types[1]);
  if (input.shape.length > 4) {
    if (operands.some((name) => g.typeOf(name).shape.length > 3)) {
      throw new EngineError('unsupported', 'a summand of a convolution over three or more axes has no kernel');
    }
    const own = convWindow(input, weights, attributes);
    const pads = padsOf(attributes, own, boundShape(input).slice(2));
    return convOfManyAxes(g, x, w, { ...own, pads }, attributes.group, operands, expression);
  }
  const [inputShape, weightShape] = [boundShape(input), boundShape(weights)];
  const own = convWindow(input, weights, attributes);
  const { window, pads } = planar(own, padsOf(attributes, own, inputShape.slice(2)));
  const inner = [reshapeTo(g, x, inputShape, asPicture(inputShape)), reshapeTo(g, w, weightShape, asPicture(weightShape))];
  const { strides, dilations } = window;
  const core = { strides, dilations, pads, group: attributes.group, expression };
  const result = g.add('Conv', [...inner, ...operands], core, { domain: 'headstart' });
  return reshapeTo(g, result, boundShape(g.typeOf(result)), boundShape(convType(input, weights, attributes)));
}

/** A convolution over three or more axes through one over two. Operands are [M, 1, 1]: they fit at every rank. */
function convOfManyAxes(
  g: GraphBuilder,
  x: string,
  w: string,
  window: PaddedWindow,
  group: number,
  operands: readonly string[],
  expression: Expression,
): string {
  if (window.kernel.length > 2) {
    const less = unfoldFirstAxis(g, x, w, boundShape(g.typeOf(x)), boundShape(g.typeOf(w)), window);
    return less.restore(convOfManyAxes(g, less.x, less.w, less.window, group, operands, expression));
  }
  const { strides, dilations, pads } = window;
  return g.add('Conv', [x, w, ...operands], { strides, dilations, pads, group, expression }, { domain: 'headstart' });
}

/** The value under another shape; a constant is reshaped here, once for all bindings of the model. */
function reshapeTo(g: GraphBuilder, value: string, from: readonly number[], to: readonly number[]): string {
  if (from.length === to.length && from.every((dim, axis) => dim === to[axis])) return value;
  const constant = g.constantOf(value);
  if (constant) {
    return g.constant(
      derived(constant, `reshape/${to.join()}`, () => constant.reshape(to)),
      g.fresh(value),
    );
  }
  return g.add('Reshape', [value, g.constant(Tensor.from(to, [to.length], 'int64'), g.fresh('shape'))], { allowzero: 1 });
}

/** B[M] as [M, 1, 1], which broadcasts to the output's channels. */
function channelOperand(g: GraphBuilder, bias: string): string {
  const [channels = 1] = boundShape(g.typeOf(bias));
  return reshapeTo(g, bias, [channels], [channels, 1, 1]);
}

/** ONNX Conv: X[N, C, …] ∗ W[M, C/group, k…] + B[M], over any number of spatial axes. */
export const conv: Op<ConvAttributes> = {
  type: 'Conv',
  since: 1,
  attributes: { ...windowAttributes, group: attribute.int(1) },
  infer: ([x, w], attributes) => [convType(x, w, attributes)],
  reference([x, w, b], attributes) {
    const input = x as Tensor;
    const { values, shape } = convSums(input, w as Tensor, attributes);
    return [roundTo(addChannels(values, shape, b), shape, input.dtype)];
  },
  lower(context) {
    const { g, inputs, types } = context;
    const bias = inputs[2] ?? '';
    if (bias === '') return [lowerConv(context, [], [])];
    const { dtype } = types[0] as ValueType;
    const e = new ExpressionBuilder([dtype, dtype]);
    return [lowerConv(context, [channelOperand(g, bias)], e.build(e.apply('Add', [0, 1])))];
  },
};

function addChannels(values: Float64Array, shape: readonly number[], bias: Tensor | undefined): Float64Array {
  if (!bias) return values;
  const [, rows = 1, ...spatial] = shape;
  const inner = spatial.reduce((product, dim) => product * dim, 1);
  return values.map((value, offset) => value + bias.at(Math.floor(offset / inner) % rows));
}

export interface FusedConvAttributes extends ConvAttributes {
  readonly activation: string;
  readonly activation_params: readonly number[];
}

/** com.microsoft FusedConv: activation(X ∗ W + B + Z). */
export const fusedConv: Op<FusedConvAttributes> = {
  type: 'FusedConv',
  domain: 'com.microsoft',
  since: 1,
  attributes: {
    ...windowAttributes,
    group: attribute.int(1),
    activation: attribute.string(''),
    activation_params: attribute.floats([]),
  },
  infer: ([x, w], attributes) => [convType(x, w, attributes)],
  reference([x, w, b, z], attributes) {
    const input = x as Tensor;
    const { values, shape } = convSums(input, w as Tensor, attributes);
    const channels = b ? [b.reshape([b.size, ...shape.slice(2).map(() => 1)])] : [];
    const operands = [...channels, ...(z ? [z] : [])];
    return [roundTo(applyOnHost(fusedExpression(input.dtype, operands.length, attributes), values, shape, operands), shape, input.dtype)];
  },
  lower(context) {
    const { g, inputs, types, attributes } = context;
    const { dtype } = types[0] as ValueType;
    const [, , bias = '', sum = ''] = inputs;
    const operands = [...(bias === '' ? [] : [channelOperand(g, bias)]), ...(sum === '' ? [] : [asOperand(g, sum)])];
    return [lowerConv(context, operands, fusedExpression(dtype, operands.length, attributes))];
  },
};

/** activation(accumulator + operands). */
function fusedExpression(dtype: DType, operands: number, attributes: FusedConvAttributes): Expression {
  const e = new ExpressionBuilder(new Array<DType>(operands + 1).fill(dtype));
  let total = 0;
  for (let operand = 1; operand <= operands; operand++) total = e.apply('Add', [total, operand]);
  return e.build(activate(e, total, attributes));
}

/** Z has the output's shape; one-dimensional data get their height of 1. */
function asOperand(g: GraphBuilder, value: string): string {
  const shape = boundShape(g.typeOf(value));
  return shape.length === 3 ? reshapeTo(g, value, shape, asPicture(shape)) : value;
}

/** Activations of onnxruntime's fused operators (core/providers/cpu/activation), with their parameters' defaults. */
function activate(e: ExpressionBuilder, slot: number, { activation, activation_params: [a, b] }: FusedConvAttributes): number {
  switch (activation) {
    case '':
      return slot;
    case 'Relu':
      return e.apply('Relu', [slot]);
    case 'Sigmoid':
      return e.apply('Sigmoid', [slot]);
    case 'Tanh':
      return e.apply('Tanh', [slot]);
    case 'LeakyRelu':
      return e.apply('LeakyRelu', [slot], [a ?? 0.01]);
    case 'HardSigmoid':
      return e.apply('HardSigmoid', [slot], [a ?? 0.2, b ?? 0.5]);
    case 'Clip':
      return e.apply('Clip', [slot], [a ?? -3.4028234663852886e38, b ?? 3.4028234663852886e38]);
    default:
      throw new EngineError('unsupported', `activation ${activation} is not known`, { hint: "Use the 'wasm' engine for this model." });
  }
}
