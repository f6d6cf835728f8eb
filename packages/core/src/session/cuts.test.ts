import { describe, expect, it } from 'vitest';
import type { GraphBuilder } from '../ir/builder.ts';
import type { Dim, Graph } from '../ir/graph.ts';
import { newBuilder } from '../ops/registry.ts';
import type { DType } from '../tensor/dtype.ts';
import { Tensor } from '../tensor/tensor.ts';
import { suggestCuts } from './cuts.ts';

/** Adds a node with a given output type: what counts here is structure, not what an operator computes. */
function layer(
  g: GraphBuilder,
  type: string,
  inputs: readonly string[],
  output: string,
  shape: readonly Dim[],
  dtype: DType = 'float32',
): string {
  g.keep({ name: output, type, domain: '', opset: 17, inputs, outputs: [output], attributes: {} }, [{ dtype, shape }]);
  return output;
}

const weight = (g: GraphBuilder, ...shape: number[]) => g.constant(Tensor.zeros(shape), g.fresh('w'));
const cutsOf = (graph: Graph) => suggestCuts(graph).map(({ name, dimension, pooling }) => [name, dimension, pooling]);

/** Convolutions with a residual path, global pooling, Gemm, Softmax. */
function resnet(outputs: readonly string[] = ['probs']): Graph {
  const g = newBuilder();
  const x = g.input('x', 'float32', [1, 3, 32, 32]);
  const stem = layer(g, 'Conv', [x, weight(g, 16, 3, 3, 3)], 'stem', [1, 16, 16, 16]);
  const block = layer(g, 'Conv', [stem, weight(g, 16, 16, 3, 3)], 'block', [1, 16, 16, 16]);
  const sum = layer(g, 'Add', [stem, block], 'sum', [1, 16, 16, 16]);
  const pooled = layer(g, 'GlobalAveragePool', [sum], 'pooled', [1, 16, 1, 1]);
  const flat = layer(g, 'Flatten', [pooled], 'flat', [1, 16]);
  const logits = layer(g, 'Gemm', [flat, weight(g, 10, 16)], 'logits', [1, 10]);
  layer(g, 'Softmax', [logits], 'probs', [1, 10]);
  layer(g, 'Identity', [flat], 'features', [1, 16]);
  return g.build(outputs);
}

describe('suggestCuts', () => {
  it('takes what the classifier reads, then the feature map, then the answer', () => {
    expect(cutsOf(resnet())).toEqual([
      ['flat', 16, 'none'],
      ['sum', 16, 'mean'],
      ['probs', 10, 'none'],
    ]);
    for (const { reason } of suggestCuts(resnet())) expect(reason).toMatch(/^It is .*\.$/);
  });

  it('prefers an output that holds the same vector', () => {
    expect(cutsOf(resnet(['probs', 'features']))[0]).toEqual(['features', 16, 'none']);
  });

  it('takes the output of an encoder, whose last layer a residual path leads around', () => {
    expect(cutsOf(resnet(['flat']))[0]).toEqual(['flat', 16, 'none']);
    expect(cutsOf(resnet(['sum']))[0]).toEqual(['sum', 16, 'mean']);
  });

  it('takes the input of a classifier that is a convolution before global pooling', () => {
    const g = newBuilder();
    const x = g.input('x', 'float32', [1, 3, 32, 32]);
    const map = layer(g, 'Conv', [x, weight(g, 64, 3, 3, 3)], 'map', [1, 64, 13, 13]);
    const scores = layer(g, 'Conv', [map, weight(g, 10, 64, 1, 1)], 'scores', [1, 10, 13, 13]);
    const relu = layer(g, 'Relu', [scores], 'relu', [1, 10, 13, 13]);
    const pooled = layer(g, 'GlobalAveragePool', [relu], 'y', [1, 10, 1, 1]);
    expect(cutsOf(g.build([pooled]))).toEqual([
      ['map', 64, 'mean'],
      ['y', 10, 'none'],
    ]);
  });

  it('follows a softmax that is written out', () => {
    const g = newBuilder();
    const x = g.input('x', 'float32', [1, 8]);
    const hidden = layer(g, 'Relu', [layer(g, 'MatMul', [x, weight(g, 8, 32)], 'first', [1, 32])], 'hidden', [1, 32]);
    const logits = layer(g, 'MatMul', [hidden, weight(g, 32, 5)], 'logits', [1, 5]);
    const exp = layer(g, 'Exp', [logits], 'exp', [1, 5]);
    const sum = layer(g, 'ReduceSum', [exp], 'total', [1, 1]);
    expect(cutsOf(g.build([layer(g, 'Div', [exp, sum], 'probs', [1, 5])]))[0]).toEqual(['hidden', 32, 'none']);
  });

  it('pools the tokens of a text encoder by its mask, and offers the first token', () => {
    const g = newBuilder();
    const ids = g.input('input_ids', 'int64', [1, 128]);
    const embedded = layer(g, 'Gather', [weight(g, 100, 64), ids], 'embedded', [1, 128, 64]);
    const mixed = layer(g, 'MatMul', [embedded, weight(g, 64, 64)], 'mixed', [1, 128, 64]);
    const out = layer(
      g,
      'LayerNormalization',
      [layer(g, 'Add', [embedded, mixed], 'sum', [1, 128, 64])],
      'last_hidden_state',
      [1, 128, 64],
    );
    expect(cutsOf(g.build([out]))).toEqual([
      ['last_hidden_state', 64, 'mean-mask'],
      ['last_hidden_state', 64, 'cls'],
    ]);
  });

  it('offers the last token of a language model', () => {
    const g = newBuilder();
    const ids = g.input('input_ids', 'int64', [1, 128]);
    const embedded = layer(g, 'Gather', [weight(g, 100, 64), ids], 'embedded', [1, 128, 64]);
    const norm = layer(g, 'LayerNormalization', [embedded], 'norm', [1, 128, 64]);
    const logits = layer(g, 'MatMul', [norm, weight(g, 64, 100)], 'logits', [1, 128, 100]);
    expect(cutsOf(g.build([logits])).slice(0, 2)).toEqual([
      ['norm', 64, 'mean-mask'],
      ['norm', 64, 'last'],
    ]);
  });

  it.each([
    [197, ['cls', 'mean-mask']],
    [49, ['mean-mask']],
  ])('of a vision transformer with %i tokens offers %j', (tokens, poolings) => {
    const g = newBuilder();
    const x = g.input('pixel_values', 'float32', [1, 3, 224, 224]);
    const patches = layer(g, 'Conv', [x, weight(g, 32, 3, 16, 16)], 'patches', [1, 32, 14, 14]);
    const out = layer(g, 'Attention', [patches], 'last_hidden_state', [1, tokens, 32]);
    const offered = suggestCuts(g.build([out])).filter(({ name }) => name === 'last_hidden_state');
    expect(offered.map(({ pooling }) => pooling)).toEqual(poolings);
  });

  it('says when values are quantised codes', () => {
    const g = newBuilder();
    const x = g.input('x', 'float32', [1, 8]);
    const codes = layer(g, 'QuantizeLinear', [x], 'codes', [1, 8], 'uint8');
    const hidden = layer(g, 'QLinearAdd', [codes, codes], 'hidden', [1, 8], 'uint8');
    const logits = layer(g, 'QLinearMatMul', [hidden, weight(g, 8, 3)], 'logits', [1, 3], 'uint8');
    const [first] = suggestCuts(g.build([layer(g, 'DequantizeLinear', [logits], 'y', [1, 3])]));
    expect(first).toMatchObject({ name: 'hidden', dtype: 'uint8', dimension: 8 });
    expect(first?.reason).toContain('quantised codes');
  });

  it('has nothing to offer where there are no features', () => {
    const g = newBuilder();
    expect(suggestCuts(g.build([layer(g, 'ReduceSum', [g.input('x', 'float32', [1, 8])], 'y', [1, 1])]))).toEqual([]);
  });
});
