import { describe, expect, test } from 'vitest';
import { EngineError } from '../errors.ts';
import { encodeSafetensors } from '../tensor/safetensors.ts';
import { Tensor } from '../tensor/tensor.ts';
import { type BundleContents, decodeBundle, encodeBundle } from './bundle-format.ts';

const contents: BundleContents = {
  head: { weights: Tensor.from([1, 2, 3, 4, 5, 6], [3, 2]), bias: Tensor.from([0.5, -0.5]), labels: ['ham', 'spam – ü'] },
  training: {
    kind: 'logistic',
    l2: 0.1,
    seed: 0,
    classWeights: 'none',
    objective: 0.4,
    iterations: 12,
    converged: true,
    samples: 20,
    classCounts: [10, 10],
    sweep: [{ l2: 0.1, logLoss: 0.5, accuracy: 0.8 }],
    folds: 5,
    engine: 'webgpu',
    adapter: 'software',
    notes: [],
  },
  backbone: {
    name: 'tiny',
    source: 'npm:package@1.0.0',
    model: 'model.onnx',
    files: { 'model.onnx': 'ab12' },
    modality: 'text',
    cut: 'hidden',
    pooling: 'mean-mask',
    normalise: true,
    dimension: 3,
    precision: 'f32',
    text: { maxTokens: 16 },
    licence: 'MIT',
  },
};

describe('bundle', () => {
  test('what is written is read', () => {
    const read = decodeBundle(encodeBundle(contents), 'spam.headstart');
    expect(read.head.labels).toEqual(contents.head.labels);
    expect(read.head.weights).toEqual(contents.head.weights);
    expect(read.head.bias).toEqual(contents.head.bias);
    expect(read.training).toEqual(contents.training);
    expect(read.backbone).toEqual(contents.backbone);
  });

  test('equal results are equal bytes', () => {
    expect(encodeBundle(contents)).toEqual(encodeBundle({ ...contents }));
  });

  test('a bundle cut anywhere is an error that names the file', () => {
    const bytes = encodeBundle(contents);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeBundle(bytes.subarray(0, length), 'spam.headstart')).toThrow(/^spam\.headstart: /);
      expect(() => decodeBundle(bytes.subarray(0, length), 'spam.headstart')).toThrow(EngineError);
    }
  });

  test('a newer bundle, another safetensors file and a damaged manifest say what they are', () => {
    const tensors = { 'head.weight': contents.head.weights, 'head.bias': contents.head.bias };
    const bytes = (metadata: Record<string, string>) => encodeSafetensors(tensors, metadata);
    expect(() => decodeBundle(bytes({}), 'x')).toThrow('x: not a bundle, though it is a safetensors file');
    expect(() => decodeBundle(bytes({ format: 'headstart-bundle', version: '2', manifest: '{}' }), 'x')).toThrow(
      'x: the bundle is of a newer version, expected at most 1, got 2. Update Headstart to open it.',
    );
    for (const manifest of ['', '{}', '{"labels":["a"],"training":{}}', '{"labels":["a","b"],"training":null}']) {
      expect(() => decodeBundle(bytes({ format: 'headstart-bundle', version: '1', manifest }), 'x')).toThrow('x: the bundle is damaged');
    }
  });
});
