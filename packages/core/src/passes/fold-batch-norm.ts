import type { Graph, Node } from '../ir/graph.ts';
import { allocate, isFloat, type TypedArray } from '../tensor/dtype.ts';
import { Tensor } from '../tensor/tensor.ts';
import { GraphEdit } from './edit.ts';

/** `y[n, c, …] = x[n, c, …] · scale[c] + shift[c]`: what a batch normalisation at inference, or a product or sum with a constant per channel, is. */
interface ChannelAffine {
  readonly scale: readonly number[];
  readonly shift: readonly number[];
}

/**
 * Folds per-channel affine maps (BatchNormalization, Mul, Add, Sub, Div by constants of one element a channel) into the weights and
 * bias of the convolution before them, and into the batch normalisation before them where no convolution is.
 */
export function foldBatchNorm(graph: Graph): Graph {
  const edit = new GraphEdit(graph);
  for (const node of edit.nodes()) {
    if (node.type === 'BatchNormalization') {
      const producer = convBefore(edit, node.inputs[0]);
      const affine = producer && affineOf(edit, node, channelsOf(edit, producer));
      if (producer && affine) foldIntoConv(edit, producer, node, affine);
      continue;
    }
    const data = affineInput(edit, node);
    if (data === undefined) continue;
    const conv = convBefore(edit, data);
    const norm = conv ? undefined : normBefore(edit, data);
    const producer = conv ?? norm;
    const affine = producer && affineOf(edit, node, channelsOf(edit, producer));
    if (!producer || !affine) continue;
    if (conv) foldIntoConv(edit, conv, node, affine);
    else foldIntoNorm(edit, producer, node, affine);
  }
  return edit.done();
}

function convBefore(edit: GraphEdit, value: string | undefined): Node | undefined {
  const node = edit.soleProducer(value);
  if (node?.type !== 'Conv' || node.domain !== '') return undefined;
  const weight = edit.constant(node.inputs[1]);
  const bias = node.inputs[2] ? edit.constant(node.inputs[2]) : undefined;
  if (!weight || !isFloat(weight.dtype) || weight.dtype === 'bfloat16' || (node.inputs[2] && !bias)) return undefined;
  return node;
}

function normBefore(edit: GraphEdit, value: string | undefined): Node | undefined {
  const node = edit.soleProducer(value);
  if (node?.type !== 'BatchNormalization') return undefined;
  return affineOf(edit, node, channelsOf(edit, node)) ? node : undefined;
}

function channelsOf(edit: GraphEdit, node: Node): number {
  return edit.constant(node.inputs[1])?.shape[0] ?? 0;
}

/** The input of a product or sum that is no constant; undefined for other nodes. */
function affineInput(edit: GraphEdit, { type, domain, inputs }: Node): string | undefined {
  if (domain !== '' || inputs.length !== 2 || !['Add', 'Div', 'Mul', 'Sub'].includes(type)) return undefined;
  if (edit.constant(inputs[1])) return inputs[0];
  return edit.constant(inputs[0]) && (type === 'Add' || type === 'Mul') ? inputs[1] : undefined;
}

function affineOf(edit: GraphEdit, node: Node, channels: number): ChannelAffine | undefined {
  if (node.type === 'BatchNormalization') {
    const [scale, bias, mean, variance] = node.inputs.slice(1).map((name) => edit.constant(name)?.toNumbers());
    if (!scale || !bias || !mean || !variance || scale.length !== channels || node.attributes.training_mode === 1) return undefined;
    if (node.outputs.slice(1).some((output) => output !== '' && edit.uses(output) > 0)) return undefined;
    const epsilon = (node.attributes.epsilon as number | undefined) ?? 1e-5;
    const factors = scale.map((value, c) => value / Math.sqrt((variance[c] as number) + epsilon));
    return { scale: factors, shift: bias.map((value, c) => value - (mean[c] as number) * (factors[c] as number)) };
  }
  const data = affineInput(edit, node);
  const other = edit.constant(node.inputs[node.inputs[0] === data ? 1 : 0]);
  const rank = data === undefined ? 0 : (edit.dims(data)?.length ?? 0);
  if (!other || !isFloat(other.dtype)) return undefined;
  const perChannel = valuePerChannel(other, rank, channels);
  if (!perChannel) return undefined;
  const ones = perChannel.map(() => 1);
  const zeros = perChannel.map(() => 0);
  if (node.type === 'Mul') return { scale: perChannel, shift: zeros };
  if (node.type === 'Div') return { scale: perChannel.map((value) => 1 / value), shift: zeros };
  return { scale: ones, shift: node.type === 'Add' ? perChannel : perChannel.map((value) => -value) };
}

/** The constant's value for each channel (axis 1 of `rank`) when it varies along no other axis and broadcasts no wider. */
function valuePerChannel(tensor: Tensor, rank: number, channels: number): readonly number[] | undefined {
  if (tensor.shape.length > rank) return undefined;
  const values = tensor.toNumbers();
  if (values.length === 1) return new Array<number>(channels).fill(values[0] as number);
  const axis = 1 - (rank - tensor.shape.length);
  const fits = axis >= 0 && tensor.shape.every((dim, own) => dim === (own === axis ? channels : 1));
  return fits ? values : undefined;
}

/** W'[m, …] = W[m, …] · scale[m], b'[m] = b[m] · scale[m] + shift[m]. */
function foldIntoConv(edit: GraphEdit, conv: Node, node: Node, { scale, shift }: ChannelAffine): void {
  const weight = edit.constant(conv.inputs[1]) as Tensor;
  const bias = conv.inputs[2] ? edit.constant(conv.inputs[2])?.toNumbers() : undefined;
  const source = weight.data as Exclude<TypedArray, BigInt64Array | BigUint64Array>;
  const scaled = allocate(weight.dtype, weight.size) as typeof source;
  const perOutput = weight.size / scale.length;
  scale.forEach((factor, m) => {
    for (let offset = m * perOutput; offset < (m + 1) * perOutput; offset++) scaled[offset] = (source[offset] as number) * factor;
  });
  const shifted = shift.map((value, m) => (bias?.[m] ?? 0) * (scale[m] as number) + value);
  const unscaled = scale.every((factor) => factor === 1);
  const inputs = [
    conv.inputs[0] as string,
    unscaled ? (conv.inputs[1] as string) : edit.addConstant(Tensor.from(scaled, weight.shape, weight.dtype), `${conv.inputs[1]}_folded`),
    edit.addConstant(Tensor.from(shifted, [shifted.length], weight.dtype), `${conv.outputs[0]}_bias`),
  ];
  edit.replace([conv, node], { ...conv, inputs, outputs: [node.outputs[0] as string] });
}

/** (x · s + b) · s' + b' = x · (s · s') + (b · s' + b'), written as a batch normalisation of mean 0 and variance 1. */
function foldIntoNorm(edit: GraphEdit, norm: Node, node: Node, outer: ChannelAffine): void {
  const inner = affineOf(edit, norm, outer.scale.length) as ChannelAffine;
  const dtype = edit.type(norm.inputs[1] as string).dtype;
  const vector = (values: readonly number[], hint: string) => edit.addConstant(Tensor.from(values, [values.length], dtype), hint);
  const inputs = [
    norm.inputs[0] as string,
    vector(
      inner.scale.map((value, c) => value * (outer.scale[c] as number)),
      `${norm.inputs[1]}_folded`,
    ),
    vector(
      inner.shift.map((value, c) => value * (outer.scale[c] as number) + (outer.shift[c] as number)),
      `${norm.inputs[2]}_folded`,
    ),
    vector(new Array<number>(outer.scale.length).fill(0), 'zeros'),
    vector(new Array<number>(outer.scale.length).fill(1), 'ones'),
  ];
  edit.replace([norm, node], { ...norm, inputs, outputs: [node.outputs[0] as string], attributes: { ...norm.attributes, epsilon: 0 } });
}
