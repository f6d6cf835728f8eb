import { cosine, runOracle } from '@headstart/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCard } from '../../src/backbone/cards.ts';
import { provideFiles } from '../../src/backbone/hub.ts';
import type { Graph } from '../../src/ir/graph.ts';
import { decodeTensor } from '../../src/onnx/decode.ts';
import { tensorFromProto } from '../../src/onnx/tensor.ts';
import type { Engine } from '../../src/session/engine.ts';
import { readModel } from '../../src/session/model.ts';
import { openEngine } from '../../src/session/open-engine.ts';
import { sizeOf } from '../../src/tensor/shape.ts';
import { Tensor } from '../../src/tensor/tensor.ts';
import { feedsFor, hostSteps, hostStepsOf, imageModels, lightModels, sharedBytes, sharedPath, withSeededWeights } from './models.ts';

/** Least cosine between our values and onnxruntime's, for each sample (docs/numerics.md). */
const leastCosine = { float32: 0.9999, narrow: 0.999 } as const;

/** VGG-19 at batch 5 is 200 billion operations: minutes on a software adapter. */
const timeout = 1_800_000;

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ backend: 'webgpu' });
});
afterAll(() => engine.dispose());

/** Sample `index` of a batch, as a batch of one. */
function sampleOf(tensor: Tensor, index: number): Tensor {
  const shape = [1, ...tensor.shape.slice(1)];
  const size = sizeOf(shape);
  return Tensor.from(tensor.data.slice(index * size, (index + 1) * size), shape, tensor.dtype);
}

function concatenated(parts: readonly Tensor[]): Tensor {
  const [first] = parts as [Tensor];
  return Tensor.from(
    parts.flatMap((part) => part.toNumbers()),
    [parts.length, ...first.shape.slice(1)],
    'float64',
  ).cast(first.dtype);
}

/** onnxruntime's results. A file whose batch is fixed to 1 runs once a sample. */
async function oracleFor(
  model: Uint8Array | Graph | string,
  graph: Graph,
  feeds: Readonly<Record<string, Tensor>>,
  batch: number,
): Promise<Record<string, Tensor>> {
  const fixed = graph.inputs.every((name) => graph.types.get(name)?.shape[0] === 1);
  if (!fixed || batch === 1) return runOracle(model, feeds, graph.outputs);
  const runs: Record<string, Tensor>[] = [];
  for (let index = 0; index < batch; index++) {
    const sample = Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, sampleOf(tensor, index)]));
    runs.push(await runOracle(model, sample, graph.outputs));
  }
  return Object.fromEntries(graph.outputs.map((name) => [name, concatenated(runs.map((run) => run[name] as Tensor))]));
}

/** Feeds with `batch` samples, also for a graph that fixes its batch. */
function batchFeeds(graph: Graph, batch: number): Record<string, Tensor> {
  const types = new Map(graph.types);
  for (const name of graph.inputs) {
    const type = graph.types.get(name);
    if (type) types.set(name, { ...type, shape: [batch, ...type.shape.slice(1)] });
  }
  return feedsFor({ ...graph, types }, batch);
}

/** Every sample of every output points where onnxruntime's does. */
function expectSameDirection(actual: Readonly<Record<string, Tensor>>, expected: Readonly<Record<string, Tensor>>, least: number): void {
  for (const [name, theirs] of Object.entries(expected)) {
    const ours = actual[name] as Tensor;
    expect(ours.shape, name).toEqual(theirs.shape);
    expect(ours.dtype, name).toBe(theirs.dtype);
    for (let index = 0; index < (theirs.shape[0] as number); index++) {
      expect(cosine(sampleOf(ours, index), sampleOf(theirs, index)), `${name}, sample ${index}`).toBeGreaterThanOrEqual(least);
    }
  }
}

/** Runs a model beside onnxruntime; it has the host steps that are listed, and no other. */
async function compare(
  path: string,
  model: Uint8Array | Graph | string,
  graph: Graph,
  feeds: Readonly<Record<string, Tensor>>,
  batch: number,
  least: number,
) {
  const expected = await oracleFor(model, graph, feeds, batch);
  using session = await engine.load(graph, { dimensions: { batch } });
  expectSameDirection(await session.run(feeds), expected, least);
  expect(hostStepsOf(session)).toEqual(hostSteps[path] ?? []);
}

describe.each(imageModels)('%s', (path) => {
  const least = /fp16|int8/.test(path) ? leastCosine.narrow : leastCosine.float32;

  test.each([1, 5])('agrees with onnxruntime at batch %i', { timeout }, async (batch) => {
    const { graph } = await readModel(sharedPath(path));
    await compare(path, sharedBytes(path), graph, batchFeeds(graph, batch), batch, least);
  });
});

describe.each(lightModels)('%s', (path) => {
  test('gives the output stored beside it', { timeout }, async () => {
    const stored = tensorFromProto(decodeTensor(sharedBytes(path.replace('.onnx', '_output_0.pb'))));
    const { graph } = await readModel(sharedPath(path));
    const [input = ''] = graph.inputs;
    const [output = ''] = graph.outputs;
    const shape = graph.types.get(input)?.shape as readonly number[];
    // What ONNX's own test runner feeds these models (onnx/backend/test/runner, generate_dummy_data) and how closely it compares.
    const ramp = Float32Array.from({ length: sizeOf(shape) }, (_, index) => index / sizeOf(shape));
    using session = await engine.load(graph);
    const actual = (await session.run({ [input]: Tensor.from(ramp, shape) }))[output] as Tensor;
    expect(hostStepsOf(session)).toEqual(hostSteps[path] ?? []);
    expect(actual.shape).toEqual(stored.shape);
    const worst = stored
      .toNumbers()
      .reduce((most, value, offset) => Math.max(most, Math.abs(actual.at(offset) - value) - 1e-3 * Math.abs(value)), 0);
    expect(worst).toBeLessThanOrEqual(1e-7);
  });

  test.each([1, 5])('agrees with onnxruntime at batch %i, with weights that mean something', { timeout }, async (batch) => {
    const seeded = withSeededWeights((await readModel(sharedPath(path))).graph);
    // Probabilities of a thousand classes hardly differ; what the softmax reads does.
    const last = seeded.nodes.find((node) => node.outputs.includes(seeded.outputs[0] as string));
    const outputs = last?.type === 'Softmax' ? [...seeded.outputs, last.inputs[0] as string] : seeded.outputs;
    const graph = { ...seeded, outputs };
    await compare(path, graph, graph, batchFeeds(graph, batch), batch, leastCosine.float32);
  });
});

describe('densenet121', () => {
  test.each([1, 5])('agrees with onnxruntime at batch %i', { timeout }, async (batch) => {
    const card = findCard('densenet121');
    const [file] = await provideFiles(card.source, [{ path: card.model, ...(card.sha256 ? { sha256: card.sha256 } : {}) }]);
    const location = file?.location as string;
    const { graph } = await readModel(location);
    await compare(card.model, location, graph, batchFeeds(graph, batch), batch, leastCosine.float32);
  });
});

describe('minilm-l6', () => {
  test.each([1, 5])('agrees with onnxruntime at batch %i', { timeout }, async (batch) => {
    const card = findCard('minilm-l6');
    const [file] = await provideFiles(card.source, [{ path: card.model }, ...card.files]);
    const location = file?.location as string;
    const { graph } = await readModel(location);
    const length = 24;
    const shape = [batch, length];
    // Samples of different lengths: what lies past an end must not count.
    const ends = Array.from({ length: batch }, (_, index) => length - 4 * index);
    const integers = (value: (sample: number, position: number) => number) =>
      Tensor.from(
        BigInt64Array.from({ length: batch * length }, (_, offset) => BigInt(value(Math.floor(offset / length), offset % length))),
        shape,
      );
    const feeds = {
      input_ids: integers((sample, position) => 1000 + ((sample * 7919 + position * 104729) % 28000)),
      attention_mask: integers((sample, position) => Number(position < (ends[sample] as number))),
      token_type_ids: integers(() => 0),
    };
    const expected = await runOracle(location, feeds);
    using session = await engine.load(graph, { dimensions: { batch, sequence: length } });
    const actual = await session.run(feeds);
    const pooled = (values: Tensor) => meanOver(values, ends);
    expectSameDirection(
      { features: pooled(actual.last_hidden_state as Tensor) },
      { features: pooled(expected.last_hidden_state as Tensor) },
      leastCosine.narrow,
    );
  });
});

/** Mean of [B, S, D] over each sample's first positions: the features of a sentence, [B, D]. */
function meanOver(values: Tensor, ends: readonly number[]): Tensor {
  const [batch = 0, length = 0, width = 0] = values.shape;
  const means = Array.from({ length: batch * width }, (_, offset) => {
    const [sample, column] = [Math.floor(offset / width), offset % width];
    const end = ends[sample] as number;
    let sum = 0;
    for (let position = 0; position < end; position++) sum += values.at((sample * length + position) * width + column);
    return sum / end;
  });
  return Tensor.from(means, [batch, width], 'float32');
}
