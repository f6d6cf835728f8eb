import { describeOp, t } from '@headstart/testkit';
import { expect, test } from 'vitest';
import { Tensor } from '../../tensor/tensor.ts';
import { evaluate } from '../evaluate.ts';
import { newBuilder } from '../registry.ts';

const f = (shape: readonly number[], seed = 1) => t('float32', shape, { seed });
const lengths = (values: readonly number[]) => t('int32', [values.length], { values });
const total = (value: number) => t('int32', [], { values: [value], constant: true });
const cache = (rows: number, width: number, seed: number) => f([rows, width], seed);

const shorter = 'onnxruntime takes no mask that is shorter than the keys, which opset 24 allows';

describeOp(
  'Attention',
  [
    {
      name: 'with a cache, causal',
      inputs: [f([1, 4, 3, 8]), f([1, 2, 3, 8], 2), f([1, 2, 3, 6], 3), undefined, f([1, 2, 5, 8], 4), f([1, 2, 5, 6], 5)],
      attributes: { is_causal: 1 },
      outputs: 3,
      oracle: 'onnxruntime aligns the causal mask with the first key, ours with the last: what is past is seen',
    },
    {
      name: 'with a cache and a mask, rows',
      inputs: [f([2, 3, 16]), f([2, 3, 16], 2), f([2, 3, 16], 3), f([3, 7], 6), f([2, 2, 4, 8], 4), f([2, 2, 4, 8], 5)],
      attributes: { q_num_heads: 2, kv_num_heads: 2 },
      outputs: 3,
    },
    {
      name: 'keys that count, by sample',
      opset: 24,
      inputs: [
        f([2, 4, 3, 8]),
        f([2, 2, 6, 8], 2),
        f([2, 2, 6, 5], 3),
        undefined,
        undefined,
        undefined,
        t('int64', [2], { values: [6, 4] }),
      ],
    },
    {
      name: 'keys that count, in rows, with a mask',
      opset: 24,
      inputs: [f([2, 3, 16]), f([2, 5, 16], 2), f([2, 5, 16], 3), f([3, 5], 6), undefined, undefined, t('int64', [2], { values: [2, 5] })],
      attributes: { q_num_heads: 2, kv_num_heads: 2 },
    },
    {
      name: 'keys that count, causal',
      opset: 24,
      inputs: [
        f([2, 2, 2, 8]),
        f([2, 2, 6, 8], 2),
        f([2, 2, 6, 8], 3),
        undefined,
        undefined,
        undefined,
        t('int64', [2], { values: [5, 2] }),
      ],
      attributes: { is_causal: 1 },
    },
    {
      name: 'a mask shorter than the keys',
      opset: 24,
      oracle: shorter,
      inputs: [f([1, 2, 3, 8]), f([1, 2, 6, 8], 2), f([1, 2, 6, 8], 3), f([3, 4], 6)],
    },
    {
      name: 'bits for fewer keys than there are',
      opset: 24,
      oracle: shorter,
      inputs: [
        f([1, 2, 3, 8]),
        f([1, 2, 6, 8], 2),
        f([1, 2, 6, 8], 3),
        t('bool', [3, 4], { values: [1, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1] }),
      ],
    },
    { name: 'softcap', inputs: [f([1, 2, 3, 8]), f([1, 2, 5, 8], 2), f([1, 2, 5, 8], 3)], attributes: { softcap: 2.5 } },
  ],
  { golden: false },
);

describeOp(
  'RotaryEmbedding',
  [
    {
      name: 'heads, positions',
      inputs: [f([2, 3, 4, 8]), cache(10, 4, 2), cache(10, 4, 3), t('int64', [2, 4], { values: [0, 1, 2, 3, 5, 6, 7, 8] })],
    },
    {
      name: 'rows, interleaved, a part of each head',
      inputs: [f([1, 3, 16]), f([1, 3, 2], 2), f([1, 3, 2], 3)],
      attributes: { num_heads: 2, interleaved: 1, rotary_embedding_dim: 4 },
    },
  ],
  { golden: false },
);

describeOp(
  'RotaryEmbedding',
  [
    {
      name: 'com.microsoft, positions of each sample',
      domain: 'com.microsoft',
      inputs: [f([2, 3, 16]), t('int64', [2, 3], { values: [0, 1, 2, 4, 5, 6] }), cache(8, 4, 2), cache(8, 4, 3)],
    },
    {
      name: 'com.microsoft, one start',
      domain: 'com.microsoft',
      inputs: [f([2, 3, 16]), t('int64', [1], { values: [2] }), cache(8, 4, 2), cache(8, 4, 3)],
      attributes: { interleaved: 1 },
    },
  ],
  { golden: false },
);

describeOp(
  'GroupQueryAttention',
  [
    {
      name: 'prompt',
      domain: 'com.microsoft',
      inputs: [f([2, 4, 32]), f([2, 4, 16], 2), f([2, 4, 16], 3), undefined, undefined, lengths([3, 3]), total(4)],
      attributes: { num_heads: 4, kv_num_heads: 2 },
      outputs: 3,
    },
    {
      name: 'one token after a past, rotary',
      domain: 'com.microsoft',
      inputs: [
        f([1, 1, 64]),
        f([1, 1, 32], 2),
        f([1, 1, 32], 3),
        f([1, 2, 5, 16], 4),
        f([1, 2, 5, 16], 5),
        lengths([5]),
        total(6),
        cache(12, 8, 6),
        cache(12, 8, 7),
      ],
      attributes: { num_heads: 4, kv_num_heads: 2, do_rotary: 1 },
      outputs: 3,
    },
    {
      name: 'packed projections, a window',
      domain: 'com.microsoft',
      inputs: [f([1, 6, 64]), undefined, undefined, undefined, undefined, lengths([5]), total(6)],
      attributes: { num_heads: 4, kv_num_heads: 2, local_window_size: 3 },
      outputs: 3,
    },
  ],
  { golden: false },
);

describeOp(
  'MultiHeadAttention',
  [
    {
      name: 'with a cache',
      domain: 'com.microsoft',
      inputs: [f([2, 1, 16]), f([2, 1, 16], 2), f([2, 1, 16], 3), undefined, undefined, undefined, f([2, 2, 3, 8], 4), f([2, 2, 3, 8], 5)],
      attributes: { num_heads: 2 },
      outputs: 3,
    },
    {
      name: 'with a cache and a bias',
      domain: 'com.microsoft',
      inputs: [f([1, 2, 16]), f([1, 2, 16], 2), f([1, 2, 16], 3), f([48], 6), undefined, undefined, f([1, 2, 3, 8], 4), f([1, 2, 3, 8], 5)],
      attributes: { num_heads: 2 },
      outputs: 3,
    },
  ],
  { golden: false },
);

describeOp(
  'Attention',
  [
    {
      name: 'com.microsoft, with a past, causal',
      domain: 'com.microsoft',
      inputs: [f([1, 2, 8]), f([8, 24], 2), f([24], 3), undefined, f([2, 1, 2, 3, 4], 4)],
      attributes: { num_heads: 2, unidirectional: 1 },
      outputs: 2,
    },
  ],
  { golden: false },
);

test('Attention: a mask shorter than the keys hides those beyond it', () => {
  const mask = f([3, 4], 6).tensor;
  const whole = Tensor.from(
    Array.from({ length: 18 }, (_, at) => (at % 6 < 4 ? mask.at(Math.floor(at / 6) * 4 + (at % 6)) : -1e9)),
    [3, 6],
  );
  const results = [mask, whole].map((each) => {
    const g = newBuilder({ fold: false });
    const inputs = [f([1, 2, 3, 8]), f([1, 2, 6, 8], 2), f([1, 2, 6, 8], 3)].map(({ tensor }) => g.constant(tensor));
    return evaluate(g.build(g.addAll('Attention', [...inputs, g.constant(each)], {}, { opset: 24, outputs: ['y'] })), {}).y?.toNumbers();
  });
  results[0]?.forEach((value, index) => {
    expect(value).toBeCloseTo(results[1]?.[index] as number, 5);
  });
});
