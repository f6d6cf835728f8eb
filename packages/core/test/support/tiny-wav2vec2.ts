import { t } from '@headstart/testkit';
import { encodeModel } from '../../src/onnx/encode.ts';
import { exportGraph } from '../../src/onnx/export.ts';
import { newBuilder } from '../../src/ops/registry.ts';
import { Tensor } from '../../src/tensor/tensor.ts';

export const wav2vec2Width = 24;

/**
 * wav2vec 2.0 in small, as transformers exports it for CTC: `input_values` float32[batch_size, sequence_length] → `logits` float32[batch_size, frames, 9].
 * Strided convolutions (the first normalised over time) make frames of the waveform, a grouped convolution tells positions, then comes a layer of a
 * transformer whose shapes are read off the values, heads folded into the batch.
 */
export function tinyWav2vec2(): Uint8Array {
  const [channels, width, heads, vocabulary] = [12, wav2vec2Width, 2, 9];
  const g = newBuilder({ fold: false });
  const at = { opset: 14 };
  let seed = 40;
  const add = (type: string, inputs: readonly string[], attributes = {}) => g.add(type, inputs, attributes, at);
  const weight = (name: string, shape: readonly number[], span = 0.4) =>
    g.constant(t('float32', shape, { seed: ++seed, min: -span, max: span }).tensor, name);
  const ones = (name: string, size: number) => g.constant(Tensor.from(new Float32Array(size).fill(1), [size]), name);
  const number = (value: number) => g.constant(Tensor.scalar(value), g.fresh('number'));
  const int64 = (...values: readonly number[]) => g.constant(Tensor.from(BigInt64Array.from(values, BigInt)), g.fresh('int64'));
  const gelu = (x: string) =>
    add('Mul', [add('Mul', [x, add('Add', [add('Erf', [add('Div', [x, number(Math.SQRT2)])]), number(1)])]), number(0.5)]);
  const normalise = (x: string, name: string, size: number) => {
    const centred = add('Sub', [x, add('ReduceMean', [x], { axes: [-1], keepdims: 1 })]);
    const variance = add('ReduceMean', [add('Pow', [centred, number(2)])], { axes: [-1], keepdims: 1 });
    const unit = add('Div', [centred, add('Sqrt', [add('Add', [variance, number(1e-5)])])]);
    return add('Add', [add('Mul', [unit, ones(`${name}.weight`, size)]), weight(`${name}.bias`, [size], 0.1)]);
  };
  const linear = (x: string, name: string, from: number, to: number) =>
    add('Add', [weight(`${name}.bias`, [to], 0.1), add('MatMul', [x, weight(`${name}.weight`, [from, to])])]);
  /** One size of a value, as int64[1]. */
  const sizeOf = (x: string, axis: number) =>
    add('Unsqueeze', [
      add('Gather', [add('Shape', [x]), g.constant(Tensor.scalar(BigInt(axis), 'int64'), g.fresh('axis'))], { axis: 0 }),
      int64(0),
    ]);

  const waveform = g.input('input_values', 'float32', ['batch_size', 'sequence_length']);
  let x = add('Unsqueeze', [waveform, int64(1)]);
  const convolve = (from: number, kernel: number, stride: number, name: string) =>
    add('Conv', [x, weight(`${name}.weight`, [channels, from, kernel], from === 1 ? 0.6 : 0.8)], {
      kernel_shape: [kernel],
      strides: [stride],
      pads: [0, 0],
      dilations: [1],
      group: 1,
    });
  x = convolve(1, 10, 5, 'conv_layers.0.conv');
  // GroupNorm of as many groups as channels.
  const grouped = add('InstanceNormalization', [
    add('Reshape', [x, int64(0, channels, -1)]),
    ones('group.scale', channels),
    g.constant(Tensor.zeros([channels]), 'group.zero'),
  ]);
  const scale = add('Unsqueeze', [ones('conv_layers.0.layer_norm.weight', channels), int64(1)]);
  x = gelu(add('Mul', [add('Reshape', [grouped, add('Shape', [x])]), scale]));
  for (let layer = 1; layer < 4; layer++) x = gelu(convolve(channels, 3, 4, `conv_layers.${layer}.conv`));
  const frames = normalise(add('Transpose', [x], { perm: [0, 2, 1] }), 'feature_projection.layer_norm', channels);
  const projected = linear(frames, 'feature_projection.projection', channels, width);
  const positions = add(
    'Conv',
    [
      add('Transpose', [projected], { perm: [0, 2, 1] }),
      weight('pos_conv_embed.weight', [width, width / 4, 8]),
      weight('pos.bias', [width]),
    ],
    { kernel_shape: [8], strides: [1], pads: [4, 4], dilations: [1], group: 4 },
  );
  const even = gelu(add('Slice', [positions, int64(0), int64(-1), int64(2)]));
  const placed = normalise(add('Add', [projected, add('Transpose', [even], { perm: [0, 2, 1] })]), 'encoder.layer_norm', width);

  const [batch, length] = [sizeOf(placed, 0), sizeOf(placed, 1)];
  const size = width / heads;
  const headed = (value: string) => {
    const split = add('Reshape', [value, add('Concat', [batch, int64(-1), int64(heads), int64(size)], { axis: 0 })]);
    const folded = add('Concat', [add('Mul', [batch, int64(heads)]), int64(-1), int64(size)], { axis: 0 });
    return add('Reshape', [add('Transpose', [split], { perm: [0, 2, 1, 3] }), folded]);
  };
  const [query, key, value] = ['q', 'k', 'v'].map((name) => linear(placed, `layers.0.attention.${name}_proj`, width, width)) as [
    string,
    string,
    string,
  ];
  const scores = add('MatMul', [
    headed(add('Mul', [query, number(1 / Math.sqrt(size))])),
    add('Transpose', [headed(key)], { perm: [0, 2, 1] }),
  ]);
  const mixed = add('MatMul', [add('Softmax', [scores], { axis: 2 }), headed(value)]);
  const parted = add('Reshape', [mixed, add('Concat', [batch, int64(heads), length, int64(size)], { axis: 0 })]);
  const together = add('Reshape', [
    add('Transpose', [parted], { perm: [0, 2, 1, 3] }),
    add('Concat', [batch, length, int64(width)], { axis: 0 }),
  ]);
  const attended = normalise(add('Add', [placed, linear(together, 'layers.0.attention.out_proj', width, width)]), 'layers.0.norm', width);
  const wide = gelu(linear(attended, 'layers.0.feed_forward.intermediate_dense', width, 2 * width));
  const fed = add('Add', [attended, linear(wide, 'layers.0.feed_forward.output_dense', 2 * width, width)]);
  const last = normalise(fed, 'layers.0.final_layer_norm', width);
  const scored = add('MatMul', [last, weight('lm_head.weight', [width, vocabulary])]);
  const [logits = ''] = g.addAll('Add', [weight('lm_head.bias', [vocabulary], 0.1), scored], {}, { ...at, outputs: ['logits'] });
  return encodeModel(exportGraph(g.build([logits], 'tiny-wav2vec2')));
}
