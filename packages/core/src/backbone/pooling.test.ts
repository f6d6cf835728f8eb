import { runOracle } from '@headstart/testkit';
import { describe, expect, test } from 'vitest';
import type { Graph } from '../ir/graph.ts';
import { decodeModel } from '../onnx/decode.ts';
import { encodeModel } from '../onnx/encode.ts';
import { exportGraph } from '../onnx/export.ts';
import { importModel } from '../onnx/import.ts';
import { evaluate } from '../ops/evaluate.ts';
import { newBuilder } from '../ops/registry.ts';
import type { Pooling } from '../session/cuts.ts';
import { Tensor } from '../tensor/tensor.ts';
import { attachPooling } from './pooling.ts';

const opsets = [9, 11, 13, 17, 18, 21];

/** Tokens [B, T, 3] that a model makes, with or without a mask. */
function encoder(opset: number, withMask: boolean): Graph {
  const g = newBuilder({ fold: false });
  const x = g.input('x', 'float32', ['batch', 'tokens', 3]);
  if (withMask) g.input('attention_mask', 'int64', ['batch', 'mask_tokens']);
  return g.build([g.add('Relu', [x], {}, { opset, outputs: ['hidden'] })]);
}

const tokens = Tensor.from([3, 4, 0, 1, 2, 3, 9, 9, 9, 1, 1, 1, 0, 0, 0, 9, 9, 9], [2, 3, 3]);
const mask = Tensor.from(BigInt64Array.of(1n, 1n, 0n, 1n, 0n, 0n), [2, 3]);

describe.each(opsets)('operator set %i', (opset) => {
  test.each<[Pooling, boolean, number[]]>([
    ['mean-mask', true, [2, 3, 1.5, 1, 1, 1]],
    ['mean-mask', false, [13 / 3, 5, 4, 10 / 3, 10 / 3, 10 / 3]],
    ['last', true, [1, 2, 3, 1, 1, 1]],
    ['last', false, [9, 9, 9, 9, 9, 9]],
    ['cls', true, [3, 4, 0, 1, 1, 1]],
  ])('%s, mask %s', async (pooling, withMask, expected) => {
    const graph = attachPooling(encoder(opset, withMask), 'hidden', { pooling });
    const feeds = { x: tokens, ...(graph.inputs.includes('attention_mask') ? { attention_mask: mask } : {}) };
    const [output = ''] = graph.outputs;
    for (const result of [evaluate(graph, feeds), await runOracle(graph, feeds)]) {
      expect(result[output]?.shape).toEqual([2, 3]);
      expect(result[output]?.toNumbers()).toEqual(expected.map((value) => expect.closeTo(value, 5)));
    }
  });

  test('mean over a feature map, divided by its length', async () => {
    const g = newBuilder({ fold: false });
    g.input('x', 'float32', ['batch', 2, 'height', 'width']);
    const graph = attachPooling(g.build([g.add('Relu', ['x'], {}, { opset, outputs: ['map'] })]), 'map', {
      pooling: 'mean',
      normalise: true,
    });
    const feeds = { x: Tensor.from([6, 0, 3, 3, 2, 2, 6, 6], [1, 2, 2, 2]) };
    const [output = ''] = graph.outputs;
    for (const result of [evaluate(graph, feeds), await runOracle(graph, feeds)]) {
      expect(result[output]?.shape).toEqual([1, 2]);
      expect(result[output]?.toNumbers()).toEqual([expect.closeTo(0.6, 6), expect.closeTo(0.8, 6)]);
    }
    const again = importModel(decodeModel(encodeModel(exportGraph(graph))));
    expect(evaluate(again, feeds)[again.outputs[0] ?? '']?.shape).toEqual([1, 2]);
  });
});

test('a vector is its own features; axes of one are dropped', () => {
  const g = newBuilder({ fold: false });
  g.input('x', 'float32', ['batch', 4]);
  const vector = g.build([g.add('Relu', ['x'], {}, { outputs: ['features'] })]);
  expect(attachPooling(vector, 'features', { pooling: 'none' }).outputs).toEqual(['features']);
  const h = newBuilder({ fold: false });
  h.input('x', 'float16', ['batch', 4, 1, 1]);
  const graph = attachPooling(h.build([h.add('Relu', ['x'], {}, { outputs: ['pooled'] })]), 'pooled', { pooling: 'none' });
  expect(graph.types.get(graph.outputs[0] ?? '')).toEqual({ dtype: 'float32', shape: ['batch', 4] });
});

test('says which value or pooling cannot be meant', () => {
  expect(() => attachPooling(encoder(17, true), 'hiden', { pooling: 'cls' })).toThrow("the model has no value 'hiden'");
  const g = newBuilder();
  g.input('x', 'float32', ['batch', 4]);
  expect(() => attachPooling(g.build([g.add('Relu', ['x'], {}, { outputs: ['y'] })]), 'y', { pooling: 'cls' })).toThrow(
    "cut 'y': pooling 'cls' cannot be meant for this cut, expected 3 axes, got float32[batch, 4].",
  );
});
