import { t } from '@headstart/testkit';
import type { GraphBuilder } from '../../src/ir/builder.ts';
import type { Graph } from '../../src/ir/graph.ts';
import { newBuilder } from '../../src/ops/registry.ts';
import { Tensor } from '../../src/tensor/tensor.ts';

export const tinyVocabulary = 23;
export const tinyWidth = 8;
/** Positions that the merged decoder's table has. */
export const tinyPositions = 96;

const weight = (shape: readonly number[], seed: number) => t('float32', shape, { seed, min: -1, max: 1 }).tensor;
const int64 = (value: number) => Tensor.from([BigInt(value)], [1], 'int64');

/** Length of an axis, int64[1], as exporters write it. */
function lengthOf(g: GraphBuilder, value: string, axis: number): string {
  const bound = (each: number) => g.constant(int64(each), g.fresh('bound'));
  return g.add('Slice', [g.add('Shape', [value]), bound(axis), bound(axis + 1), bound(0)]);
}

const scalarOf = (g: GraphBuilder, value: string) => g.add('Squeeze', [value, g.constant(int64(0), g.fresh('axes'))]);

function attend(g: GraphBuilder, [query, keys, values]: readonly [string, string, string], bias: string): string {
  const scores = g.add('Mul', [
    g.add('MatMul', [query, g.add('Transpose', [keys], { perm: [0, 2, 1] })]),
    g.constant(0.5, g.fresh('scale')),
  ]);
  const weights = g.add('Softmax', [bias === '' ? scores : g.add('Add', [scores, bias])], { axis: -1 });
  return g.add('MatMul', [weights, values]);
}

/**
 * One layer of attention whose bias tells how far away a key is (Press et al., ALiBi), with a cache of keys and values that grows by the new tokens:
 * what depends on the past is a row for each position, and as long as the text.
 */
export function distanceDecoder(): Graph {
  const g = newBuilder({ fold: false });
  const ids = g.input('input_ids', 'int64', ['batch', 'sequence']);
  const past = ['key', 'value'].map((kind) =>
    g.input(`past_key_values.0.${kind}`, 'float32', ['batch', 'past_sequence_length', tinyWidth]),
  );
  const x = g.add('Gather', [g.constant(weight([tinyVocabulary, tinyWidth], 1), 'embedding'), ids]);
  const linear = (name: string, seed: number) => g.add('MatMul', [x, g.constant(weight([tinyWidth, tinyWidth], seed), name)]);
  const [keys = '', values = ''] = ['key', 'value'].map(
    (kind, index) =>
      g.addAll('Concat', [past[index] as string, linear(kind, 2 + index)], { axis: 1 }, { outputs: [`present.0.${kind}`] })[0],
  );
  const [total, fresh] = [lengthOf(g, keys, 1), lengthOf(g, ids, 1)];
  const [zero, one] = [0, 1].map((value) => g.constant(Tensor.scalar(BigInt(value), 'int64'), `number_${value}`)) as [string, string];
  const range = (from: string, to: string) => g.add('Range', [from, to, one]);
  const places = range(zero, scalarOf(g, total));
  const own = g.add('Unsqueeze', [range(scalarOf(g, g.add('Sub', [total, fresh])), scalarOf(g, total)), g.constant(int64(1), 'axis')]);
  const distance = g.add('Cast', [g.add('Sub', [places, own])], { to: 1 });
  const near = g.add('Mul', [distance, g.constant(0.3, 'slope')]);
  const bias = g.add('Where', [g.add('LessOrEqual', [places, own]), near, g.constant(-1e9, 'hidden')]);
  const mixed = attend(g, [linear('query', 4), keys, values], bias);
  const head = g.constant(weight([tinyWidth, tinyVocabulary], 5), 'head');
  const [logits = ''] = g.addAll('MatMul', [g.add('Add', [x, mixed]), head], {}, { outputs: ['logits'] });
  return g.build([logits, keys, values], 'distance');
}

/**
 * Two heads of attention as transformers' exporters write it: positions and a mask of all tokens are inputs, the mask is expanded to what the shapes tell,
 * caches are [batch, heads, length, size].
 */
export function maskedDecoder(): Graph {
  const [heads, size] = [2, tinyWidth / 2];
  const g = newBuilder({ fold: false });
  const ids = g.input('input_ids', 'int64', ['batch_size', 'sequence_length']);
  const mask = g.input('attention_mask', 'int64', ['batch_size', 'total_sequence_length']);
  const positions = g.input('position_ids', 'int64', ['batch_size', 'sequence_length']);
  const past = ['key', 'value'].map((kind) =>
    g.input(`past_key_values.0.${kind}`, 'float32', ['batch_size', heads, 'past_sequence_length', size]),
  );
  const embedding = g.constant(weight([tinyVocabulary, tinyWidth], 1), 'embedding');
  const table = g.constant(weight([tinyPositions, tinyWidth], 2), 'positions');
  const x = g.add('Add', [g.add('Gather', [embedding, ids]), g.add('Gather', [table, positions])]);
  const [batch, fresh] = [lengthOf(g, ids, 0), lengthOf(g, ids, 1)];
  const number = (value: number) => g.constant(int64(value), g.fresh('number'));
  const split = (name: string, seed: number) => {
    const projected = g.add('MatMul', [x, g.constant(weight([tinyWidth, tinyWidth], seed), name)]);
    const shape = g.add('Concat', [batch, fresh, number(heads), number(size)], { axis: 0 });
    return g.add('Transpose', [g.add('Reshape', [projected, shape])], { perm: [0, 2, 1, 3] });
  };
  const query = split('query', 3);
  const [keys = '', values = ''] = ['key', 'value'].map(
    (kind, index) =>
      g.addAll('Concat', [past[index] as string, split(kind, 4 + index)], { axis: -2 }, { outputs: [`present.0.${kind}`] })[0],
  );
  const total = lengthOf(g, keys, 2);
  const wide = g.add('Concat', [batch, number(1), fresh, total], { axis: 0 });
  const [zero, one] = [0, 1].map((value) => g.constant(Tensor.scalar(BigInt(value), 'int64'), `number_${value}`)) as [string, string];
  const range = (from: string) => g.add('Range', [from, scalarOf(g, total), one]);
  const rows = g.add('Unsqueeze', [range(scalarOf(g, g.add('Sub', [total, fresh]))), number(1)]);
  const later = g.add('Greater', [range(zero), rows]);
  const padding = g.add('Not', [
    g.add('Cast', [g.add('Unsqueeze', [mask, g.constant(Tensor.from([1n, 2n]), g.fresh('axes'))])], { to: 9 }),
  ]);
  const unseen = g.add('Or', [g.add('Expand', [later, wide]), g.add('Expand', [padding, wide])]);
  const bias = g.add('Where', [unseen, g.constant(-3.4028234e38, 'lowest'), g.constant(0, 'nothing')]);
  const scores = g.add('Mul', [g.add('MatMul', [query, g.add('Transpose', [keys], { perm: [0, 1, 3, 2] })]), g.constant(0.5, 'scale')]);
  const mixed = g.add('MatMul', [g.add('Softmax', [g.add('Add', [scores, bias])], { axis: -1 }), values]);
  const merged = g.add('Concat', [batch, fresh, number(tinyWidth)], { axis: 0 });
  const together = g.add('Reshape', [g.add('Transpose', [mixed], { perm: [0, 2, 1, 3] }), merged]);
  const head = g.constant(weight([tinyWidth, tinyVocabulary], 6), 'head');
  const [logits = ''] = g.addAll('MatMul', [g.add('Add', [x, together]), head], {}, { outputs: ['logits'] });
  return g.build([logits, keys, values], 'masked');
}

/**
 * The decoder of an encoder–decoder with its two graphs merged as optimum writes them: an If on `use_cache_branch` chooses between the prompt, which
 * computes the encoder's keys and values, and one token more, which reads the caches. Positions are a slice of a table.
 */
export function mergedDecoder(): Graph {
  const g = newBuilder({ fold: false });
  const ids = g.input('input_ids', 'int64', ['batch_size', 'decoder_sequence_length']);
  const encoded = g.input('encoder_hidden_states', 'float32', ['batch_size', 'encoder_sequence_length / 2', tinyWidth]);
  const caches = ['decoder', 'encoder'].flatMap((side) => ['key', 'value'].map((kind) => `${side}.${kind}`));
  const past = Object.fromEntries(
    caches.map((cache) => {
      const length = cache.startsWith('decoder') ? 'past_decoder_sequence_length' : 'encoder_sequence_length_out';
      return [cache, g.input(`past_key_values.0.${cache}`, 'float32', ['batch_size', length, tinyWidth])];
    }),
  );
  const branch = g.input('use_cache_branch', 'bool', [1]);
  const embedding = g.constant(weight([tinyVocabulary, tinyWidth], 1), 'embedding');
  const table = g.constant(weight([tinyPositions, tinyWidth], 2), 'positions');
  const head = g.constant(weight([tinyWidth, tinyVocabulary], 3), 'head');
  const weights = new Map(
    ['query', 'key', 'value', 'other', 'far_key', 'far_value'].map((name, index) => [
      name,
      g.constant(weight([tinyWidth, tinyWidth], 4 + index), `weight_${name}`),
    ]),
  );
  const body = (cached: boolean): Graph => {
    const b = newBuilder({ fold: false, parent: g });
    const from = cached ? lengthOf(b, past['decoder.key'] as string, 1) : b.constant(int64(0), b.fresh('start'));
    const fresh = lengthOf(b, ids, 1);
    const rows = b.add('Slice', [table, from, b.add('Add', [from, fresh]), b.constant(int64(0), b.fresh('axis'))]);
    const x = b.add('Add', [b.add('Gather', [embedding, ids]), rows]);
    const linear = (name: string, of = x) => b.add('MatMul', [of, weights.get(name) as string]);
    const grown = (kind: string) =>
      cached ? b.add('Concat', [past[`decoder.${kind}`] as string, linear(kind)], { axis: 1 }) : linear(kind);
    const [keys, values] = [grown('key'), grown('value')];
    const far = (kind: string) => (cached ? (past[`encoder.${kind}`] as string) : linear(`far_${kind}`, encoded));
    const [farKeys, farValues] = [far('key'), far('value')];
    const near = attend(b, [linear('query'), keys, values], cached ? '' : causal(b, fresh));
    const y = b.add('Add', [x, near]);
    const z = b.add('Add', [y, attend(b, [linear('other', y), farKeys, farValues], '')]);
    const kept = (value: string) => (cached ? b.add('Identity', [value]) : value);
    return b.build([b.add('MatMul', [z, head]), keys, values, kept(farKeys), kept(farValues)], cached ? 'with_past' : 'no_past');
  };
  const outputs = ['logits', ...caches.map((cache) => `present.0.${cache}`)];
  const attributes = { then_branch: body(true), else_branch: body(false) };
  const lengths = ['past_decoder_sequence_length + 1', 'encoder_sequence_length_out'];
  const shapes = [
    ['batch_size', 'decoder_sequence_length', tinyVocabulary],
    ...caches.map((cache) => ['batch_size', lengths[cache.startsWith('decoder') ? 0 : 1] as string, tinyWidth]),
  ];
  g.addOrKeep(
    { name: 'optimum::if', type: 'If', domain: '', opset: 17, inputs: [branch], outputs, attributes },
    shapes.map((shape) => ({ dtype: 'float32', shape })),
  );
  return g.build(outputs, 'merged');
}

/** 0 where a token may see another, a large negative number elsewhere. */
function causal(g: GraphBuilder, length: string): string {
  const one = g.constant(Tensor.scalar(1n, 'int64'), g.fresh('one'));
  const places = g.add('Range', [g.constant(Tensor.scalar(0n, 'int64'), g.fresh('zero')), scalarOf(g, length), one]);
  const rows = g.add('Unsqueeze', [places, g.constant(int64(1), g.fresh('axes'))]);
  const visible = g.add('LessOrEqual', [places, rows]);
  return g.add('Where', [visible, g.constant(0, g.fresh('visible')), g.constant(-1e9, g.fresh('hidden'))]);
}
