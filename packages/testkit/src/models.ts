import { encodeModel } from '@headstart/core/src/onnx/encode.ts';
import { exportGraph } from '@headstart/core/src/onnx/export.ts';
import { newBuilder } from '@headstart/core/src/ops/registry.ts';
import { t } from './tensors.ts';

/**
 * A convolutional classifier of a few kilobytes, as an ONNX file: `input` float32[batch, 3, 32, 32] → `features` float32[batch, 12],
 * `logits` float32[batch, 4]. Its weights are random: enough to tell colours apart, and quick on every engine.
 */
export function tinyImageModel(): Uint8Array {
  const g = newBuilder({ fold: false });
  const weight = (name: string, shape: readonly number[], seed: number) =>
    g.constant(t('float32', shape, { seed, min: -0.5, max: 0.5 }).tensor, name);
  const input = g.input('input', 'float32', ['batch', 3, 32, 32]);
  const conv = g.add('Conv', [input, weight('conv.weight', [12, 3, 3, 3], 1), weight('conv.bias', [12], 2)], {
    kernel_shape: [3, 3],
    strides: [2, 2],
    pads: [1, 1, 1, 1],
  });
  const pooled = g.add('GlobalAveragePool', [g.add('Relu', [conv])]);
  const [features = ''] = g.addAll('Flatten', [pooled], { axis: 1 }, { outputs: ['features'] });
  const [logits = ''] = g.addAll(
    'Gemm',
    [features, weight('fc.weight', [4, 12], 3), weight('fc.bias', [4], 4)],
    { transB: 1 },
    { outputs: ['logits'] },
  );
  return encodeModel(exportGraph(g.build([logits, features], 'tiny')));
}

/** `input` float32[batch, 3, height, width] → `pixels` float32[batch, 3 · height · width], the same numbers: shows what preprocessing gives. */
export function tinyPixelModel(): Uint8Array {
  const g = newBuilder();
  return encodeModel(
    exportGraph(g.build(g.addAll('Flatten', [g.input('input', 'float32', ['batch', 3, 'height', 'width'])], {}, { outputs: ['pixels'] }))),
  );
}

/**
 * A transformer encoder of one layer, as an ONNX file: `input_ids` and `attention_mask` int64[batch, sequence] → `last_hidden_state`
 * float32[batch, sequence, 16], `pooled` float32[batch, 16]. Attention is written out, as exporters do: products, a mask added, Softmax.
 */
export function tinyTextModel(): Uint8Array {
  const [vocabulary, width, heads] = [50, 16, 2];
  const g = newBuilder({ fold: false });
  let seed = 10;
  const weight = (name: string, shape: readonly number[], span = 0.5) =>
    g.constant(t('float32', shape, { seed: ++seed, min: -span, max: span }).tensor, name);
  const sizes = (values: readonly number[]) => g.constant(t('int64', [values.length], { values: values.map(BigInt) }).tensor);
  const linear = (x: string, name: string, from: number, to: number) =>
    g.add('Add', [g.add('MatMul', [x, weight(`${name}.weight`, [from, to])]), weight(`${name}.bias`, [to])]);
  const normalise = (x: string, name: string, output: string) =>
    g.add(
      'LayerNormalization',
      [x, weight(`${name}.scale`, [width]), weight(`${name}.bias`, [width])],
      { axis: -1 },
      { outputs: [output] },
    );
  const split = (x: string, perm: readonly number[]) =>
    g.add('Transpose', [g.add('Reshape', [x, sizes([0, 0, heads, width / heads])])], { perm: [...perm] });

  const ids = g.input('input_ids', 'int64', ['batch', 'sequence']);
  const mask = g.input('attention_mask', 'int64', ['batch', 'sequence']);
  const x = normalise(g.add('Gather', [weight('embedding', [vocabulary, width], 1), ids]), 'first', 'embedded');
  const [query, key, value] = ['query', 'key', 'value'].map((name) => linear(x, name, width, width)) as [string, string, string];
  const scores = g.add('Div', [
    g.add('MatMul', [split(query, [0, 2, 1, 3]), split(key, [0, 2, 3, 1])]),
    g.constant(Math.sqrt(width / heads)),
  ]);
  const allowed = g.add('Unsqueeze', [g.add('Cast', [mask], { to: 1 }), sizes([1, 2])]);
  const hidden = g.add('Mul', [g.add('Sub', [g.constant(1), allowed]), g.constant(-1e4)]);
  const attention = g.add('Softmax', [g.add('Add', [scores, hidden])], { axis: -1 });
  const context = g.add('Transpose', [g.add('MatMul', [attention, split(value, [0, 2, 1, 3])])], { perm: [0, 2, 1, 3] });
  const attended = linear(g.add('Reshape', [context, sizes([0, 0, width])]), 'output', width, width);
  const y = normalise(g.add('Add', [x, attended]), 'second', 'attended');
  const wide = linear(y, 'wide', width, 4 * width);
  const gelu = g.add('Mul', [
    g.add('Mul', [wide, g.add('Add', [g.add('Erf', [g.add('Div', [wide, g.constant(Math.SQRT2)])]), g.constant(1)])]),
    g.constant(0.5),
  ]);
  const last = normalise(g.add('Add', [y, linear(gelu, 'narrow', 4 * width, width)]), 'third', 'last_hidden_state');
  const weights = g.add('Unsqueeze', [g.add('Cast', [mask], { to: 1 }), sizes([2])]);
  const sum = g.add('ReduceSum', [g.add('Mul', [last, weights]), sizes([1])], { keepdims: 0 });
  const [pooled = ''] = g.addAll('Div', [sum, g.add('ReduceSum', [weights, sizes([1])], { keepdims: 0 })], {}, { outputs: ['pooled'] });
  return encodeModel(exportGraph(g.build([last, pooled], 'tiny-text')));
}

/**
 * A convolutional encoder of waveforms, as an ONNX file: `input_values` float32[batch, samples] → `features` float32[batch, frames, 8], the
 * loudness of what eight random filters of 64 samples let through.
 */
export function tinyAudioModel(): Uint8Array {
  const g = newBuilder({ fold: false });
  const waveform = g.input('input_values', 'float32', ['batch', 'samples']);
  const signal = g.add('Unsqueeze', [waveform, g.constant(t('int64', [1], { values: [1n] }).tensor)]);
  const filters = g.constant(t('float32', [8, 1, 64], { seed: 21 }).tensor, 'filters');
  const filtered = g.add('Conv', [signal, filters], { kernel_shape: [64], strides: [32], pads: [0, 0] });
  const [features = ''] = g.addAll(
    'Transpose',
    [g.add('Abs', [filtered], {}, { outputs: ['abs'] })],
    { perm: [0, 2, 1] },
    { outputs: ['features'] },
  );
  return encodeModel(exportGraph(g.build([features], 'tiny-audio')));
}
