import { cosine, expectClose, runOracle } from '@headstart/testkit';
import { describe, expect, it } from 'vitest';
import { decodeModel, decodeTensor } from '../../src/onnx/decode.ts';
import { encodeModel } from '../../src/onnx/encode.ts';
import { exportGraph } from '../../src/onnx/export.ts';
import { importModel } from '../../src/onnx/import.ts';
import { tensorFromProto } from '../../src/onnx/tensor.ts';
import { readModel } from '../../src/session/model.ts';
import { Tensor } from '../../src/tensor/tensor.ts';
import { createWasmSession } from '../../src/wasm/session.ts';
import { feedsFor, imageModels, lightModels, otherModels, sharedBytes, sharedPath } from './models.ts';

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
    const [input = ''] = graph.inputs;
    const shape = graph.types.get(input)?.shape as readonly number[];
    const size = shape.reduce((product, dim) => product * dim, 1);
    // The light models' data sets were made with this ramp (onnx/backend/test/runner).
    const ramp = Tensor.from(
      Float32Array.from({ length: size }, (_, offset) => offset / size),
      shape,
    );
    const session = await createWasmSession(exportGraph(graph));
    const results = await session.run({ [input]: ramp });
    session.dispose();
    expectClose(results[graph.outputs[0] as string], expected, 'output', 1e-4);
  });
});
