import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Graph } from '../../src/ir/graph.ts';
import type { Session } from '../../src/session/engine.ts';
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

/**
 * Nodes of a model in ../shared that run on the host, between segments on the GPU: none in any of them. A change here is a change of what users wait
 * for.
 */
export const hostSteps: Readonly<Record<string, readonly string[]>> = {};

/** The nodes that a session has last run on the host. */
export function hostStepsOf(session: Session): readonly string[] {
  return session.explain().steps.flatMap(({ on, node }) => (on === 'host' ? [node] : []));
}

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

/**
 * The light models with weights that mean something: their own are placeholders (ConstantOfShape), and every input gives the
 * same output. Each becomes seeded numbers that keep activations at their scale; vectors (biases, batch statistics) lie in [0.5, 1.5).
 */
export function withSeededWeights(graph: Graph): Graph {
  const next = generator();
  const constants = new Map(graph.constants);
  const seed = (shape: readonly number[]) => {
    const limit = shape.length > 1 ? Math.sqrt(3 / sizeOf(shape.slice(1))) : 0.5;
    const offset = shape.length > 1 ? 0 : 1;
    return Tensor.from(
      Float32Array.from({ length: sizeOf(shape) }, () => offset + limit * (2 * next() - 1)),
      shape,
    );
  };
  const nodes = graph.nodes.filter((node) => {
    const target = graph.constants.get(node.inputs[0] ?? '');
    if (node.type !== 'ConstantOfShape' || !target) return true;
    constants.set(node.outputs[0] as string, seed(target.toNumbers()));
    return false;
  });
  for (const [name, { dtype, shape, size, data }] of graph.constants) {
    if (dtype === 'float32' && size > 1 && (data as Float32Array).every((value) => value === data[0])) constants.set(name, seed(shape));
  }
  const types = new Map([...graph.types, ...[...constants].map(([name, { dtype, shape }]) => [name, { dtype, shape }] as const)]);
  return { ...graph, nodes, constants, types };
}

/** Sizes for dimensions that models leave open, by the names these models give them. */
const openSizes: Readonly<Record<string, number>> = { T: 7, input_0: 1, input_1: 512, state_1: 1 };

/** Seeded feeds for every input: floats in [-1, 1), integers in 0..199, sampling rates as silero expects them. */
export function feedsFor(graph: Graph, batch = 2): Record<string, Tensor> {
  const next = generator();
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

/** Numbers in [0, 1), the same in every run. */
function generator(): () => number {
  let state = 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
