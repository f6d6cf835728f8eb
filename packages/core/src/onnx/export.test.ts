import { runOracle } from '@headstart/testkit';
import { describe, expect, it } from 'vitest';
import { newBuilder } from '../ops/registry.ts';
import { Tensor } from '../tensor/tensor.ts';
import { decodeModel } from './decode.ts';
import { encodeModel } from './encode.ts';
import { exportGraph } from './export.ts';
import { importModel } from './import.ts';

function graphAt(opset: number) {
  const g = newBuilder();
  const x = g.input('x', 'float32', ['batch', 3]);
  const w = g.constant(Tensor.from([1, 2, 3]), 'w');
  g.constant(Tensor.zeros([1000]), 'unused');
  const product = g.add('Mul', [x, w], {}, { opset, outputs: ['product'] });
  const y = g.add('LeakyRelu', [product], { alpha: 2 }, { opset, name: 'leak', outputs: ['y'] });
  return g.build([y], 'tiny', { labels: 'ham,spam' });
}

describe('exportGraph', () => {
  it('gives a file that onnxruntime runs and that imports as the same graph', async () => {
    const graph = graphAt(17);
    const bytes = encodeModel(exportGraph(graph, { producer: 'test', producerVersion: '1' }));
    const { y } = await runOracle(bytes, { x: Tensor.from([1, 0, -1, -1, 0, 1], [2, 3]) });
    expect(y).toEqual(Tensor.from([1, 0, -6, -2, 0, 3], [2, 3]));
    const again = importModel(decodeModel(bytes));
    expect({ ...again, types: [...again.types].sort() }).toMatchObject({ inputs: ['x'], outputs: ['y'], metadata: { labels: 'ham,spam' } });
    expect(again.nodes.map(({ type, name, attributes }) => ({ type, name, attributes }))).toEqual(
      graph.nodes.map(({ type, name, attributes }) => ({ type, name, attributes })),
    );
    expect(again.types.get('y')).toEqual({ dtype: 'float32', shape: ['batch', 3] });
  });

  it('leaves out constants that nothing reads, and writes the rest as raw data', () => {
    const { graph } = exportGraph(graphAt(17));
    expect(graph?.initializer.map(({ name, rawData }) => [name, rawData?.length])).toEqual([['w', 12]]);
  });

  it('writes a whole number as a float where the operator says float', () => {
    const [attribute] = exportGraph(graphAt(17)).graph?.node[1]?.attribute ?? [];
    expect(attribute).toMatchObject({ name: 'alpha', type: 1, f: 2 });
  });

  it('renames inputs and outputs, and refuses names that clash', async () => {
    const model = exportGraph(graphAt(17), { names: { x: 'pixels', y: 'logits' }, metadata: { seed: '7' } });
    const outputs = await runOracle(encodeModel(model), { pixels: Tensor.zeros([1, 3]) });
    expect(Object.keys(outputs)).toEqual(['logits']);
    expect(model.metadataProps.map(({ key, value }) => `${key}=${value}`)).toEqual(['labels=ham,spam', 'seed=7']);
    expect(() => exportGraph(graphAt(17), { names: { x: 'product' } })).toThrow("'x' and 'product' would both be called 'product'");
  });

  it('takes the newest operator set of the nodes, and any other under which they mean the same', () => {
    const opset = (model: ReturnType<typeof exportGraph>) => model.opsetImport.map(({ version }) => version);
    expect(opset(exportGraph(graphAt(16)))).toEqual([16]);
    expect(opset(exportGraph(graphAt(16), { opset: 19 }))).toEqual([19]);
    const g = newBuilder();
    const clipped = g.add('Clip', [g.input('x', 'float32', [2])], { min: 0, max: 6 }, { opset: 10 });
    // Relu is the same at 10 and at 13; Clip is not.
    expect(opset(exportGraph(g.build([g.add('Relu', [clipped], {}, { opset: 13 })])))).toEqual([10]);
  });

  it('refuses nodes that mean something else under the chosen operator set, and names them', () => {
    const g = newBuilder();
    const x = g.input('x', 'float32', [2, 2]);
    const a = g.add('Clip', [x], { min: 0, max: 6 }, { opset: 10, name: 'relu6' });
    const b = g.add('Clip', [a], {}, { opset: 13 });
    expect(() => exportGraph(g.build([b]))).toThrow(
      /Clip 'relu6' \(node 0\): the node means something else under operator set 13, expected operator set 10, got 13/,
    );
  });

  it('refuses operators of the core set', () => {
    const g = newBuilder();
    const x = g.input('x', 'float32', [2, 2]);
    const y = g.add('Concat', [x, x], { axis: 0 }, { domain: 'headstart' });
    expect(() => exportGraph(g.build([y]))).toThrow('an operator of the core set has no form in ONNX');
  });
});
