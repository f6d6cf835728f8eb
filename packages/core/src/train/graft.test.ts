import { runOracle } from '@headstart/testkit';
import { describe, expect, test } from 'vitest';
import type { Graph } from '../ir/graph.ts';
import { verify } from '../ir/verify.ts';
import { decodeModel } from '../onnx/decode.ts';
import { newBuilder } from '../ops/registry.ts';
import { normal } from '../tensor/random.ts';
import { Tensor } from '../tensor/tensor.ts';
import { encodeMerged, graft, verifyMerged } from './graft.ts';
import { headLogits, type LinearHead, softmaxRows } from './linear-head.ts';

const random = (name: string, shape: readonly number[]) => {
  const size = shape.reduce((product, dim) => product * dim, 1);
  return Tensor.from(
    Float32Array.from({ length: size }, (_, index) => normal(1, name, index)),
    shape,
  );
};

const head: LinearHead = { weights: random('w', [6, 3]), bias: random('b', [3]), labels: ['ant', 'bee', 'cat "x"'] };
const samples = random('x', [5, 2, 3]);
/** relu of each sample, flattened: what the backbone below computes. */
const features = Tensor.from(
  samples.toNumbers().map((value) => Math.max(value, 0)),
  [5, 6],
);

function backbone(opset: number, dtype: 'float32' | 'float16' = 'float32', output = 'features'): Graph {
  const g = newBuilder();
  g.input('pixels', dtype, ['batch', 2, 3]);
  const rectified = g.add('Relu', ['pixels'], {}, { opset, outputs: ['logits'] });
  return g.build([g.add('Flatten', [rectified], { axis: 1 }, { opset, outputs: [output] })], 'backbone', { producer: 'somebody' });
}

describe.each([9, 12, 13, 17, 21])('a backbone of operator set %i', (opset) => {
  test('gives the logits and probabilities of the head in onnxruntime, at any batch size', async () => {
    const bytes = encodeMerged(backbone(opset), head, { 'headstart.preprocessing': '{}' });
    const { logits, probabilities } = await runOracle(bytes, { pixels: samples });
    const expected = headLogits(head, features);
    const sure = softmaxRows(expected, 3);
    expect(logits?.shape).toEqual([5, 3]);
    logits?.toNumbers().forEach((value, offset) => {
      expect(Math.abs(value - (expected[offset] as number))).toBeLessThan(1e-4);
      expect(Math.abs((probabilities as Tensor).at(offset) - (sure[offset] as number))).toBeLessThan(1e-5);
    });
  });

  test('keeps that operator set, the symbolic batch and the metadata', () => {
    const model = decodeModel(encodeMerged(backbone(opset), head, { 'headstart.seed': '0' }));
    expect(model.opsetImport.map(({ domain, version }) => [domain ?? '', version])).toEqual([['', opset]]);
    expect(model.graph?.input[0]?.type?.tensorType?.shape?.dim.map((dim) => dim.dimParam ?? dim.dimValue)).toEqual(['batch', 2, 3]);
    expect(model.graph?.output.map(({ name }) => name)).toEqual(['logits', 'probabilities']);
    const metadata = Object.fromEntries(model.metadataProps.map(({ key, value }) => [key, value]));
    expect(metadata).toEqual({ producer: 'somebody', 'headstart.seed': '0', 'headstart.labels': '["ant","bee","cat \\"x\\""]' });
  });
});

test('operator sets before 7 get a product and a sum that ask for broadcasting', () => {
  const merged = graft(backbone(6), head);
  verify(merged);
  expect(merged.nodes.slice(-3).map(({ type, opset, attributes }) => [type, opset, attributes])).toEqual([
    ['MatMul', 6, {}],
    ['Add', 6, { broadcast: 1 }],
    ['Softmax', 6, { axis: 1 }],
  ]);
});

test('float16 features are widened before the head', async () => {
  const merged = graft(backbone(17, 'float16'), head);
  verify(merged);
  expect(merged.nodes.map(({ type }) => type)).toEqual(['Relu', 'Flatten', 'Cast', 'Gemm', 'Softmax']);
  const { logits } = await runOracle(encodeMerged(backbone(17, 'float16'), head, {}), { pixels: samples.cast('float16') });
  headLogits(head, features).forEach((value, offset) => {
    expect(Math.abs((logits as Tensor).at(offset) - value)).toBeLessThan(0.02);
  });
});

test('a backbone that ends elsewhere is refused', () => {
  const wide = { ...head, weights: random('w', [7, 3]) };
  expect(() => graft(backbone(17), wide)).toThrow(
    "graph 'backbone': the backbone does not end in the features that the head was trained on, expected one output [batch, 7], got 'features' float32[batch, 6].",
  );
});

describe('verifyMerged', () => {
  const bytes = encodeMerged(backbone(17), head, {});

  test('gives the largest difference between our logits and onnxruntime-web’s', async () => {
    expect(await verifyMerged(bytes, { pixels: samples }, headLogits(head, features), 1e-4)).toBeLessThan(1e-5);
  });

  test('refuses a model that gives other logits', async () => {
    const other = headLogits(head, features);
    other[4] = (other[4] as number) + 0.01;
    await expect(verifyMerged(bytes, { pixels: samples }, other, 1e-4)).rejects.toMatchObject({ code: 'parity' });
    other[4] = Number.NaN;
    await expect(verifyMerged(bytes, { pixels: samples }, other, 1e-4)).rejects.toThrow('got Infinity');
  });
});
