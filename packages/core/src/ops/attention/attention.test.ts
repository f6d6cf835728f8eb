import { describeOp, t } from '@headstart/testkit';

const rows = (count: number, heads: number, size: number) => ({ offset: 0, batch: count * heads * size, head: size, row: heads * size });
const byHeads = (count: number, heads: number, size: number) => ({ offset: 0, batch: heads * count * size, head: count * size, row: size });
const other = (shape: readonly number[], seed: number) => t('float32', shape, { seed });
const mask = t('int32', [2, 7], { values: [1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1] });

describeOp('Attention', [
  {
    name: 'core: 40 queries, 17 keys, a bias a key, wider values',
    domain: 'headstart',
    inputs: [t('float32', [2, 40, 12]), other([2, 17, 12], 2), other([2, 17, 24], 3), t('float32', [2, 1, 1, 17], { min: -5, max: 5 })],
    attributes: {
      batch: 2,
      heads: 3,
      queries: 40,
      keys: 17,
      size: 4,
      valueSize: 8,
      scale: 0.5,
      views: [rows(40, 3, 4), rows(17, 3, 4), rows(17, 3, 8)],
    },
  },
  {
    name: 'core: causal, shared key heads, heads first, float16',
    domain: 'headstart',
    tolerance: 3e-3,
    inputs: [t('float16', [2, 4, 9, 8]), t('float16', [2, 2, 9, 8], { seed: 2 }), t('float16', [2, 2, 9, 8], { seed: 3 })],
    attributes: {
      batch: 2,
      heads: 4,
      group: 2,
      queries: 9,
      keys: 9,
      size: 8,
      valueSize: 8,
      scale: 0.5,
      causalOffset: 0,
      layout: 'heads',
      views: [byHeads(9, 4, 8), byHeads(9, 2, 8), byHeads(9, 2, 8)],
    },
  },
  {
    name: 'core: more keys than are staged at once, causal, first queries see nothing',
    domain: 'headstart',
    inputs: [t('float32', [1, 70, 40]), other([1, 70, 40], 2), other([1, 70, 24], 3)],
    attributes: {
      batch: 1,
      heads: 1,
      queries: 70,
      keys: 70,
      size: 40,
      valueSize: 24,
      scale: 0.3,
      causalOffset: -3,
      views: [rows(70, 1, 40), rows(70, 1, 40), rows(70, 1, 24)],
    },
  },
  {
    name: 'core: more keys than are staged at once, a bias for each score',
    domain: 'headstart',
    inputs: [t('float32', [1, 35, 128]), other([1, 90, 128], 2), other([1, 90, 128], 3), t('float32', [1, 2, 35, 90], { min: -5, max: 5 })],
    attributes: {
      batch: 1,
      heads: 2,
      queries: 35,
      keys: 90,
      size: 64,
      valueSize: 64,
      scale: 0.2,
      views: [rows(35, 2, 64), rows(90, 2, 64), rows(90, 2, 64)],
    },
  },
  {
    name: 'core: head size 3, first query sees nothing',
    domain: 'headstart',
    inputs: [t('float32', [1, 6, 6]), other([1, 6, 6], 2), other([1, 6, 6], 3)],
    attributes: {
      batch: 1,
      heads: 2,
      queries: 6,
      keys: 6,
      size: 3,
      valueSize: 3,
      scale: 1,
      causalOffset: -1,
      views: [rows(6, 2, 3), rows(6, 2, 3), rows(6, 2, 3)],
    },
  },
  {
    name: 'packed weights, bias and mask',
    domain: 'com.microsoft',
    inputs: [t('float32', [2, 7, 8]), other([8, 24], 2), other([24], 3), mask],
    attributes: { num_heads: 2 },
  },
  {
    name: 'packed weights, causal',
    domain: 'com.microsoft',
    inputs: [t('float32', [2, 7, 8]), other([8, 24], 2), other([24], 3)],
    attributes: { num_heads: 2, unidirectional: 1, scale: 0.3 },
  },
  {
    name: 'packed weights, lengths, and values narrower than keys',
    domain: 'com.microsoft',
    inputs: [t('float32', [2, 7, 8]), other([8, 20], 2), other([20], 3), t('int32', [2], { values: [3, 7] })],
    attributes: { num_heads: 2, qkv_hidden_sizes: [8, 8, 4] },
  },
  {
    name: 'opset 23, heads first, shared key heads, causal',
    inputs: [t('float32', [2, 4, 5, 8]), other([2, 2, 5, 8], 2), other([2, 2, 5, 8], 3)],
    attributes: { is_causal: 1 },
    opset: 23,
  },
  {
    name: 'opset 23, rows, bool mask',
    inputs: [
      t('float32', [2, 5, 8]),
      other([2, 6, 8], 2),
      other([2, 6, 8], 3),
      t('bool', [5, 6], { values: Array.from({ length: 30 }, (_, i) => Number(i % 6 <= i / 6 + 1)) }),
    ],
    attributes: { q_num_heads: 2, kv_num_heads: 2, scale: 0.4 },
    opset: 23,
  },
]);

describeOp(
  'MultiHeadAttention',
  [
    {
      name: 'query, key and value',
      domain: 'com.microsoft',
      inputs: [t('float32', [2, 5, 12]), other([2, 7, 12], 2), other([2, 7, 12], 3)],
      attributes: { num_heads: 3 },
    },
    {
      name: 'bias, key padding and attention bias',
      domain: 'com.microsoft',
      inputs: [t('float32', [2, 7, 12]), other([2, 7, 12], 2), other([2, 7, 12], 3), other([36], 4), mask, other([2, 3, 7, 7], 5)],
      attributes: { num_heads: 3, mask_filter_value: -1e4 },
    },
    {
      name: 'packed query, key and value',
      domain: 'com.microsoft',
      inputs: [t('float32', [2, 5, 3, 3, 4])],
      attributes: { num_heads: 3 },
      oracle: 'onnxruntime has packed projections on CUDA only',
    },
    {
      name: 'packed key and value',
      domain: 'com.microsoft',
      inputs: [t('float32', [2, 5, 12]), other([2, 7, 3, 2, 4], 2)],
      attributes: { num_heads: 3 },
      oracle: 'onnxruntime has packed projections on CUDA only',
    },
    {
      name: 'keys and values with heads first',
      domain: 'com.microsoft',
      inputs: [t('float32', [2, 5, 12]), other([2, 3, 7, 4], 2), other([2, 3, 7, 4], 3)],
      attributes: { num_heads: 3, scale: 0.7 },
    },
    {
      name: 'causal, with keys and values as outputs',
      domain: 'com.microsoft',
      inputs: [t('float32', [2, 7, 12]), other([2, 7, 12], 2), other([2, 7, 12], 3), other([36], 4)],
      attributes: { num_heads: 3, unidirectional: 1 },
      outputs: 3,
    },
  ],
  { golden: false },
);
