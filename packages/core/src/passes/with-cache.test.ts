import { t } from '@headstart/testkit';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../ops/evaluate.ts';
import { newBuilder } from '../ops/registry.ts';
import { Tensor } from '../tensor/tensor.ts';
import { specialise } from './specialise.ts';
import { withCache } from './with-cache.ts';

const width = 4;
const weight = (shape: readonly number[], seed: number) => t('float32', shape, { seed }).tensor;

/** Attention over tokens' embeddings, with a sliced mask, no mask, or one that is computed from the number of tokens. */
function decoder(mask: 'table' | 'none' | 'range') {
  const g = newBuilder({ fold: false });
  const ids = g.input('input_ids', 'int64', ['B', 'T']);
  const bound = (value: number) => g.constant(Tensor.from([BigInt(value)], [1], 'int64'), g.fresh('bound'));
  const length = g.add('Slice', [g.add('Shape', [ids]), bound(1), bound(2)]);
  const slice = (table: string, axis: number) => g.add('Slice', [table, bound(0), length, bound(axis)]);
  const causal = Tensor.from(
    Array.from({ length: 100 }, (_, offset) => (offset % 10 > Math.floor(offset / 10) ? -1e9 : 0)),
    [10, 10],
  );
  const x = g.add('Gather', [g.constant(weight([9, width], 1), 'embedding'), ids]);
  const scores = g.add('MatMul', [x, g.add('Transpose', [x], { perm: [0, 2, 1] })]);
  const scalar = g.add('Squeeze', [length]);
  const number = (value: number) => g.constant(Tensor.scalar(BigInt(value), 'int64'), g.fresh('number'));
  const masked = {
    none: () => scores,
    table: () => g.add('Add', [scores, slice(slice(g.constant(causal, 'mask'), 0), 1)]),
    range: () => g.add('Add', [scores, g.add('Cast', [g.add('Range', [number(0), scalar, number(1)])], { to: 1 })]),
  }[mask]();
  const [y = ''] = g.addAll('MatMul', [g.add('Softmax', [masked], { axis: -1 }), x], {}, { outputs: ['logits'] });
  return g.build([y]);
}

describe('withCache', () => {
  it('computes new tokens as the whole text would', () => {
    const graph = decoder('table');
    const cached = withCache(graph, 'input_ids');
    expect(cached?.states).toEqual({ 'past_key_values.0.key': 'present.0.key', 'past_key_values.0.value': 'present.0.value' });
    const ids = (...tokens: number[]) => Tensor.from(BigInt64Array.from(tokens, BigInt), [1, tokens.length]);
    const whole = evaluate(specialise(graph, { B: 1, T: 5 }), { input_ids: ids(3, 1, 4, 1, 5) }).logits as Tensor;
    let states: Record<string, Tensor> = {
      'past_key_values.0.key': Tensor.zeros([1, width, 8]),
      'past_key_values.0.value': Tensor.zeros([1, 8, width]),
    };
    let past = 0;
    // The second token of the first step is padding: what it writes is overwritten before it is seen.
    for (const [tokens, used] of [
      [[3, 7], 1],
      [[1, 4, 1], 3],
      [[5], 1],
    ] as const) {
      const bound = specialise(cached?.graph as never, { B: 1, T: tokens.length, cache_length: 8 });
      const outputs = evaluate(bound, { ...states, input_ids: ids(...tokens), past_length: Tensor.from([BigInt(past)], [1], 'int64') });
      const logits = (outputs.logits as Tensor).toNumbers().slice(0, used * width);
      const expected = whole.toNumbers().slice(past * width, (past + used) * width);
      for (const [index, value] of logits.entries()) expect(value).toBeCloseTo(expected[index] as number, 5);
      states = Object.fromEntries(Object.entries(cached?.states ?? {}).map(([input, output]) => [input, outputs[output] as Tensor]));
      past += used;
    }
  });

  it.each(['none', 'range'] as const)('leaves a decoder as it is whose mask is %s', (mask) => {
    expect(withCache(decoder(mask), 'input_ids')).toBeUndefined();
  });
});
