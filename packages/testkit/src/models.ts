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
