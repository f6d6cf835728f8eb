import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Graph } from '../../src/ir/graph.ts';
import { isFloat } from '../../src/tensor/dtype.ts';
import { sizeOf } from '../../src/tensor/shape.ts';
import { Tensor } from '../../src/tensor/tensor.ts';

const folder = resolve(import.meta.dirname, '../../../../../shared');

/** Path of a file in ../shared, which lies beside the checkout. */
export function sharedPath(path: string): string {
  const file = resolve(folder, path);
  if (!existsSync(file)) throw new Error(`${path} is not in ../shared: this suite runs where that folder lies beside the checkout`);
  return file;
}

export function sharedBytes(path: string): Uint8Array {
  return new Uint8Array(readFileSync(sharedPath(path)));
}

export const imageModels = [
  'mobilenetv2-imagenet',
  'squeezenet1.1-imagenet',
  'squeezenet-fp16-imagenet',
  'mobilenetv2-int8-imagenet',
  'resnet20-cifar10',
  'resnet50v2-stage3-imagenet',
].map((name) => `models/image/${name}.onnx`);

export const otherModels = [
  'models/audio/speech-commands-35.onnx',
  'models/audio/silero-vad-v5.onnx',
  'models/text/magika-v3.3.onnx',
  'models/text/tiny-llama-260k.onnx',
];

export const lightModels = [
  'resnet50',
  'vgg19',
  'densenet121',
  'squeezenet',
  'shufflenet',
  'inception_v1',
  'inception_v2',
  'bvlc_alexnet',
  'zfnet512',
].map((name) => `onnx-light/light_${name}.onnx`);

/** Sizes for dimensions that models leave open, by the names these models give them. */
const openSizes: Readonly<Record<string, number>> = { T: 7, input_0: 1, input_1: 512, state_1: 1 };

/** Seeded feeds for every input: floats in [-1, 1), integers in 0..199, sampling rates as silero expects them. */
export function feedsFor(graph: Graph, batch = 2): Record<string, Tensor> {
  let state = 1;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  return Object.fromEntries(
    graph.inputs.map((name) => {
      const type = graph.types.get(name);
      if (!type) throw new Error(`input '${name}' has no type`);
      const shape = type.shape.map((dim) => (typeof dim === 'number' ? dim : (openSizes[dim] ?? batch)));
      const values = Float64Array.from({ length: sizeOf(shape) }, () => (isFloat(type.dtype) ? 2 * next() - 1 : Math.floor(200 * next())));
      return [name, Tensor.from(name === 'sr' ? values.fill(16000) : values, shape, 'float64').cast(type.dtype)];
    }),
  );
}
