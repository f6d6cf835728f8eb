import { t } from '@headstart/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  distanceDecoder,
  maskedDecoder,
  mergedDecoder,
  tinyPositions,
  tinyVocabulary,
  tinyWidth,
} from '../../test/support/tiny-decoders.ts';
import { newBuilder } from '../ops/registry.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { Engine, Feed } from './engine.ts';
import { Decoder } from './generate.ts';
import { openEngine } from './open-engine.ts';
import { findStates } from './states.ts';

const [vocabulary, width] = [23, 8];
const weight = (shape: readonly number[], seed: number) => t('float32', shape, { seed, min: -2, max: 2 }).tensor;

/**
 * One layer of causal attention over embeddings, each its own key and value. `cached` reads past ones and gives them with the new; otherwise a
 * causal mask makes them.
 */
function tinyDecoder(cached: boolean) {
  const g = newBuilder({ fold: false });
  const ids = g.input('input_ids', 'int64', ['batch', 'sequence']);
  const x = g.add('Gather', [g.constant(weight([vocabulary, width], 1), 'embedding'), ids]);
  const past = cached ? g.input('past_key_values.0.key', 'float32', ['batch', 'past_sequence_length', width]) : '';
  const keys = cached ? (g.addAll('Concat', [past, x], { axis: 1 }, { outputs: ['present.0.key'] })[0] as string) : x;
  const query = g.add('MatMul', [x, g.constant(weight([width, width], 2), 'query')]);
  const scores = g.add('MatMul', [query, g.add('Transpose', [keys], { perm: [0, 2, 1] })]);
  const length = (value: string) =>
    g.add('Squeeze', [
      g.add('Slice', [
        g.add('Shape', [value]),
        ...[1, 2, 0].map((each) => g.constant(Tensor.from([BigInt(each)], [1], 'int64'), g.fresh('bound'))),
      ]),
    ]);
  // Position q may see key k where k ≤ q + what is past.
  const zero = g.constant(Tensor.scalar(0n, 'int64'), 'zero');
  const one = g.constant(Tensor.scalar(1n, 'int64'), 'one');
  const steps = (from: string, to: string) => g.add('Range', [from, to, one]);
  const pastLength = g.add('Sub', [length(keys), length(x)]);
  const axis = g.constant(Tensor.from([1n], [1], 'int64'), 'axis');
  const rows = g.add('Unsqueeze', [steps(pastLength, length(keys)), axis]);
  const visible = g.add('LessOrEqual', [steps(zero, length(keys)), rows]);
  const masked = g.add('Where', [visible, scores, g.constant(-1e9, 'hidden')]);
  const mixed = g.add('MatMul', [g.add('Softmax', [masked], { axis: -1 }), keys]);
  const [logits = ''] = g.addAll('MatMul', [mixed, g.constant(weight([width, vocabulary], 3), 'head')], {}, { outputs: ['logits'] });
  return { graph: g.build(cached ? [logits, keys] : [logits], cached ? 'cached' : 'uncached') };
}

/** One layer of causal attention whose positions and mask are slices of tables, as exporters without a cache write them. */
function tabledDecoder() {
  const most = 48;
  const g = newBuilder({ fold: false });
  const ids = g.input('input_ids', 'int64', ['B', 'T']);
  const bound = (value: number) => g.constant(Tensor.from([BigInt(value)], [1], 'int64'), g.fresh('bound'));
  const length = g.add('Slice', [g.add('Shape', [ids]), bound(1), bound(2)]);
  const rows = (table: string) => g.add('Slice', [table, bound(0), length, bound(0)]);
  const mask = Tensor.from(
    Array.from({ length: most * most }, (_, offset) => (offset % most > Math.floor(offset / most) ? -1e9 : 0)),
    [most, most],
  );
  const seen = g.add('Slice', [rows(g.constant(mask, 'mask')), bound(0), length, bound(1)]);
  const embedded = g.add('Gather', [g.constant(weight([vocabulary, width], 1), 'embedding'), ids]);
  const x = g.add('Add', [embedded, rows(g.constant(weight([most, width], 5), 'positions'))]);
  const linear = (name: string, seed: number) => g.add('MatMul', [x, g.constant(weight([width, width], seed), name)]);
  const keys = g.add('Transpose', [linear('key', 2)], { perm: [0, 2, 1] });
  const scores = g.add('Mul', [g.add('MatMul', [linear('query', 3), keys]), g.constant(0.3)]);
  const weights = g.add('Softmax', [g.add('Add', [scores, seen])], { axis: -1 });
  const mixed = g.add('Add', [x, g.add('MatMul', [weights, linear('value', 4)])]);
  const [logits = ''] = g.addAll('MatMul', [mixed, g.constant(weight([width, vocabulary], 6), 'head')], {}, { outputs: ['logits'] });
  return { graph: g.build([logits], 'tabled') };
}

async function collect(tokens: AsyncIterable<number>): Promise<number[]> {
  const list: number[] = [];
  for await (const token of tokens) list.push(token);
  return list;
}

describe.each(['webgpu', 'wasm'] as const)('a decoder on %s', (backend) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine({ backend });
  });
  afterAll(() => engine.dispose());

  it('writes the same with a cache on the device as without one', async () => {
    using cached = await Decoder.open(engine, tinyDecoder(true));
    using plain = await Decoder.open(engine, tinyDecoder(false));
    expect([cached.cached, plain.cached]).toEqual([true, false]);
    const options = { maxTokens: 20, temperature: 0.9, topK: 10, seed: 3 };
    const text = await collect(plain.generate([3, 1, 4], options));
    expect(text).toHaveLength(20);
    expect(await collect(cached.generate([3, 1, 4], options))).toEqual(text);
    // A second text starts anew.
    expect(await collect(cached.generate([3, 1, 4], options))).toEqual(text);
  });

  it.each([
    ['an encoder–decoder with merged graphs', mergedDecoder, { encoder_hidden_states: t('float32', [1, 6, tinyWidth]).tensor }],
    ['a decoder whose bias tells distances', distanceDecoder, {}],
    ['a decoder with masks and positions as inputs', maskedDecoder, {}],
  ])('writes the same with the cache of %s in buffers as with one that grows', async (_, graph, feeds) => {
    const model = { graph: graph() };
    using steps = await Decoder.open(engine, model, { contextLength: tinyPositions });
    using grown = await Decoder.open(engine, model, { contextLength: tinyPositions, cache: 'none' });
    expect([steps.cached, grown.cached]).toEqual([true, true]);
    const options = { maxTokens: 10, temperature: 1, seed: 7, feeds };
    const text = await collect(grown.generate([3, 1, 4], options));
    expect(text).toHaveLength(10);
    expect(await collect(steps.generate([3, 1, 4], options))).toEqual(text);
    if (backend === 'webgpu') {
      // One token more is a plan of its own, whose caches are the buffers.
      const values = steps.session.explain().steps.flatMap(({ outputs }) => outputs);
      expect(values.some((name) => name.startsWith('cache/'))).toBe(true);
    }
    // A longer text needs larger buffers; the beginning is the same.
    const long = await collect(steps.generate([3, 1, 4], { ...options, maxTokens: 80 }));
    expect(long.slice(0, 10)).toEqual(text);
    expect(long).toHaveLength(80);
    using wasm = await openEngine({ backend: 'wasm' });
    using reference = await Decoder.open(wasm, model, { contextLength: tinyPositions });
    expect(long).toEqual(await collect(reference.generate([3, 1, 4], { ...options, maxTokens: 80 })));
  });

  it('gives scores to whoever chooses tokens by rules of their own, as far as was said', async () => {
    using decoder = await Decoder.open(engine, { graph: maskedDecoder() }, { contextLength: 80 });
    const most = (scores: Float32Array) => scores.indexOf(Math.max(...scores));
    const text = [3, 1, 4];
    for (let step = 0; step < 4; step++) text.push(most(await decoder.scores(text, { first: step === 0 })));
    expect(text.slice(3)).toEqual(await collect(decoder.generate([3, 1, 4], { maxTokens: 4 })));
    const long = Array.from({ length: 81 }, (_, index) => index % tinyVocabulary);
    await expect(decoder.scores(long, { first: true })).rejects.toThrow(
      /longer than there is room for, expected at most 80 tokens, got 81/,
    );
    if (backend === 'webgpu') {
      await decoder.scores(long.slice(0, 64), { first: true, most: 64 });
      await expect(decoder.scores(long.slice(0, 65), { first: false })).rejects.toThrow(/at most 64 tokens, got 65/);
    }
  });

  it('gives a decoder without a cache one, and writes the same', async () => {
    using cached = await Decoder.open(engine, tabledDecoder(), { contextLength: 48 });
    using plain = await Decoder.open(engine, tabledDecoder(), { contextLength: 48, cache: 'none' });
    expect([cached.cached, plain.cached]).toEqual([true, false]);
    const options = { maxTokens: 30, temperature: 1, seed: 1 };
    const text = await collect(plain.generate([3, 1, 4], options));
    expect(text).toHaveLength(30);
    expect(await collect(cached.generate([3, 1, 4], options))).toEqual(text);
  });

  it('stops at a stop token, at a signal, and where the reader leaves', async () => {
    using decoder = await Decoder.open(engine, tinyDecoder(true));
    const options = { maxTokens: 12, temperature: 1, seed: 5 };
    const text = await collect(decoder.generate([2], options));
    const stop = text[4] as number;
    expect(await collect(decoder.generate([2], { ...options, stopTokens: [stop] }))).toEqual(text.slice(0, text.indexOf(stop)));
    const controller = new AbortController();
    const given: number[] = [];
    const reading = (async () => {
      for await (const token of decoder.generate([2], { ...options, signal: controller.signal })) {
        given.push(token);
        if (given.length === 3) controller.abort();
      }
    })();
    await expect(reading).rejects.toThrow(/generating was cancelled/);
    expect(given).toEqual(text.slice(0, 3));
  });

  it('refuses prompts without tokens and models that are no decoders', async () => {
    using decoder = await Decoder.open(engine, tinyDecoder(false));
    await expect(collect(decoder.generate([]))).rejects.toThrow(/the prompt has no tokens/);
    const g = newBuilder();
    const relu = { graph: g.build([g.add('Relu', [g.input('x', 'float32', [1])])]) };
    await expect(Decoder.open(engine, relu)).rejects.toThrow(/no decoder, expected an input 'input_ids'/);
  });
});

describe('states of a session', () => {
  it('are found by the names exporters give them', () => {
    const g = newBuilder();
    for (const name of ['past_key_values.0.key', 'state', 'x']) g.input(name, 'float32', [1]);
    const graph = { ...g.build(['x']), outputs: ['present.0.key', 'stateN', 'y'] };
    expect(findStates(graph)).toEqual({ 'past_key_values.0.key': 'present.0.key', state: 'stateN' });
  });

  it.each(['webgpu', 'wasm'] as const)('that are fed go on where the graph gives them as empty (%s)', async (backend) => {
    using engine = await openEngine({ backend });
    const g = newBuilder({ fold: false });
    const [x, cache] = [g.input('x', 'float32', ['batch', 2]), g.input('cache', 'float32', ['batch', 'length'])];
    // A cache that is there is read, and given as nothing, as merged decoders do with what they know of the encoder.
    const bounds = [0, 0, 1].map((value) => g.constant(Tensor.from([BigInt(value)], [1], 'int64'), g.fresh('bound')));
    const [next = ''] = g.addAll('Slice', [cache, ...bounds], {}, { outputs: ['new_cache'] });
    const [y = ''] = g.addAll('Add', [x, g.add('ReduceSum', [cache], { keepdims: 1 })], {}, { outputs: ['y'] });
    using session = await engine.load(g.build([y, next]), { states: { cache: 'new_cache' } });
    const feed = Tensor.from([1, 2], [1, 2]);
    const device = await engine.upload(Tensor.from([10, 20, 30], [1, 3]));
    const run = async (feeds: Record<string, Feed>) => (await session.run({ x: feed, ...feeds })).y?.toNumbers();
    expect(await run({ cache: device })).toEqual([61, 62]);
    expect(await run({})).toEqual([61, 62]);
    expect(await run({ cache: Tensor.from([5], [1, 1]) })).toEqual([6, 7]);
    expect(await run({})).toEqual([6, 7]);
    session.resetStates();
    // What was fed is the caller's still.
    expect((await device.read()).toNumbers()).toEqual([10, 20, 30]);
    device.dispose();
  });

  it('go on from run to run, can be fed, and can be forgotten', async () => {
    using engine = await openEngine({ backend: 'webgpu' });
    const g = newBuilder({ fold: false });
    const [x, sum] = [g.input('x', 'float32', ['batch', 2]), g.input('sum', 'float32', ['batch', 2])];
    const [next = ''] = g.addAll('Add', [x, sum], {}, { outputs: ['next'] });
    const [y = ''] = g.addAll('Mul', [next, g.constant(2)], {}, { outputs: ['y'] });
    using session = await engine.load(g.build([y, next]), { states: { sum: 'next' } });
    const feed = Tensor.from([1, 2], [1, 2]);
    const run = async (feeds: Record<string, Tensor>) => {
      const outputs = await session.run(feeds);
      expect(Object.keys(outputs)).toEqual(['y']);
      return outputs.y?.toNumbers();
    };
    expect(await run({ x: feed })).toEqual([2, 4]);
    expect(await run({ x: feed })).toEqual([4, 8]);
    expect(await run({ x: feed, sum: Tensor.from([10, 0], [1, 2]) })).toEqual([22, 4]);
    session.resetStates();
    expect(await run({ x: feed })).toEqual([2, 4]);
    await expect(engine.load(g.build([y, next]), { states: { sum: 'nothing' } })).rejects.toThrow(/no state from 'nothing' to 'sum'/);
  });
});
