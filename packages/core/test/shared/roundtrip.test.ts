import { cosine, expectClose, runOracle } from '@headstart/testkit';
import { describe, expect, it } from 'vitest';
import { decodeModel, decodeTensor } from '../../src/onnx/decode.ts';
import { encodeModel } from '../../src/onnx/encode.ts';
import { exportGraph } from '../../src/onnx/export.ts';
import { importModel } from '../../src/onnx/import.ts';
import { tensorFromProto } from '../../src/onnx/tensor.ts';
import { readModel } from '../../src/session/model.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { createWasmSession } from '../../src/wasm/session.ts';
import { feedsFor, imageModels, lightModels, otherModels, sharedBytes, sharedPath, withSeededWeights } from './models.ts';

describe.each([...imageModels, ...otherModels, ...lightModels])('%s', (path) => {
  it('has the same content after decode and encode', () => {
    const model = decodeModel(sharedBytes(path));
    const again = encodeModel(model);
    expect(Buffer.compare(encodeModel(decodeModel(again)), again)).toBe(0);
    expect(again.length).toBeGreaterThan(0.99 * sharedBytes(path).length);
  });

  it('gives the same results in onnxruntime after import and export', async () => {
    const bytes = sharedBytes(path);
    const graph = importModel(decodeModel(bytes));
    const feeds = feedsFor(graph);
    const expected = await runOracle(bytes, feeds);
    const actual = await runOracle(encodeModel(exportGraph(graph)), feeds);
    for (const [name, tensor] of Object.entries(expected)) expectClose(actual[name], tensor, name, 1e-5);
  });

  it('runs on the wasm engine', async () => {
    const bytes = sharedBytes(path);
    const graph = importModel(decodeModel(bytes));
    const feeds = feedsFor(graph);
    const expected = await runOracle(bytes, feeds);
    const session = await createWasmSession(exportGraph(graph));
    const actual = await session.run(feeds);
    session.dispose();
    for (const [name, tensor] of Object.entries(expected)) {
      expect(actual[name]?.dtype).toBe(tensor.dtype);
      expect(actual[name]?.shape).toEqual(tensor.shape);
      expect(cosine(actual[name] as Tensor, tensor)).toBeGreaterThan(tensor.dtype === 'float16' ? 0.999 : 0.9999);
    }
  });
});

describe.each(lightModels)('%s', (path) => {
  it('gives the output stored beside it', async () => {
    const expected = tensorFromProto(decodeTensor(sharedBytes(path.replace('.onnx', '_output_0.pb'))));
    const { graph } = await readModel(sharedPath(path));
    const session = await createWasmSession(exportGraph(graph));
    // Placeholder weights make the output the same for every input.
    const results = await session.run(feedsFor(graph));
    session.dispose();
    expectClose(results[graph.outputs[0] as string], expected, 'output', 1e-4);
  });

  it('with seeded weights gives what onnxruntime gives', async () => {
    const graph = withSeededWeights(importModel(decodeModel(sharedBytes(path))));
    const feeds = feedsFor(graph);
    const expected = await runOracle(graph, feeds);
    const session = await createWasmSession(exportGraph(graph));
    const results = await session.run(feeds);
    session.dispose();
    const [name = ''] = graph.outputs;
    const values = (expected[name] as Tensor).toNumbers();
    expect(Math.max(...values)).toBeGreaterThan(Math.min(...values) + 1e-6);
    expect(cosine(results[name] as Tensor, expected[name] as Tensor)).toBeGreaterThan(0.9999);
  });
});
