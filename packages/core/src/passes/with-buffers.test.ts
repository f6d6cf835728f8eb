import { describe, expect, it } from 'vitest';
import { distanceDecoder, mergedDecoder, tinyPositions, tinyVocabulary, tinyWidth } from '../../test/support/tiny-decoders.ts';
import type { Graph } from '../ir/graph.ts';
import { evaluate } from '../ops/evaluate.ts';
import { findStates } from '../session/states.ts';
import { Tensor } from '../tensor/tensor.ts';
import { specialise } from './specialise.ts';
import { withBuffers } from './with-buffers.ts';

const names = { tokens: 'input_ids', mask: 'attention_mask', branch: 'use_cache_branch' };
const buffered = (graph: Graph, capacity: number) => withBuffers(graph, names, findStates(graph), 'logits', capacity);
const ids = (...tokens: number[]) => Tensor.from(BigInt64Array.from(tokens, BigInt), [1, tokens.length]);

describe('withBuffers', () => {
  it('goes on token by token in buffers of one size as the whole text would', () => {
    const graph = distanceDecoder();
    const capacity = 8;
    const graphs = buffered(graph, capacity);
    const pasts = ['past_key_values.0.key', 'past_key_values.0.value'];
    expect(graphs?.axes).toEqual(Object.fromEntries(pasts.map((past) => [past, 1])));
    const text = [3, 1, 4, 1, 5, 9, 2, 6];
    const none = Object.fromEntries(pasts.map((past) => [past, Tensor.zeros([1, 0, tinyWidth])]));
    const whole = evaluate(specialiseEmpty(graph, text.length), { ...none, input_ids: ids(...text) }).logits as Tensor;
    const first = evaluate(specialiseEmpty(graphs?.first as Graph, 3), { ...none, input_ids: ids(...text.slice(0, 3)) });
    let states = Object.fromEntries(pasts.map((past) => [past, first[graphs?.outputs[past] as string] as Tensor]));
    expect(states[pasts[0] as string]?.shape).toEqual([1, capacity, tinyWidth]);
    for (let past = 3; past < text.length; past++) {
      // Whatever is behind the last token written must not be seen.
      const feeds = Object.fromEntries(Object.entries(states).map(([name, tensor]) => [name, spoilt(tensor, past)]));
      const outputs = evaluate(graphs?.step.graph as Graph, {
        ...feeds,
        input_ids: ids(text[past] as number),
        past_length: Tensor.from([BigInt(past)], [1], 'int64'),
      });
      const expected = whole.toNumbers().slice(past * tinyVocabulary, (past + 1) * tinyVocabulary);
      for (const [index, value] of (outputs.logits as Tensor).toNumbers().entries())
        expect(value).toBeCloseTo(expected[index] as number, 5);
      states = Object.fromEntries(Object.entries(graphs?.step.states ?? {}).map(([input, output]) => [input, outputs[output] as Tensor]));
    }
  });

  it('chooses the branches of merged graphs, and tells caches that grow from those of the encoder', () => {
    const graphs = buffered(mergedDecoder(), 32);
    expect(graphs?.first.nodes.some(({ type }) => type === 'If')).toBe(false);
    expect(graphs?.step.graph.nodes.some(({ type }) => type === 'If')).toBe(false);
    expect(Object.keys(graphs?.axes ?? {})).toEqual(['past_key_values.0.decoder.key', 'past_key_values.0.decoder.value']);
    expect(graphs?.outputs['past_key_values.0.encoder.key']).toBe('present.0.encoder.key');
    expect(graphs?.step.graph.inputs).not.toContain('encoder_hidden_states');
    expect([...(graphs?.step.graph.constants ?? [])].filter(([name]) => name.endsWith('/table')).map(([, { shape }]) => shape)).toEqual([
      [32, 1, tinyWidth],
    ]);
  });

  it('leaves alone what it does not understand', () => {
    // More tokens than there are positions.
    expect(buffered(mergedDecoder(), 2 * tinyPositions)).toBeUndefined();
    const graph = distanceDecoder();
    const replaced = graph.nodes.map((node) => (node.type === 'Concat' ? { ...node, inputs: node.inputs.toReversed() } : node));
    expect(buffered({ ...graph, nodes: replaced }, 16)).toBeUndefined();
    const unmasked = graph.nodes.map((node) => (node.type === 'Softmax' ? { ...node, type: 'Sigmoid', attributes: {} } : node));
    expect(buffered({ ...graph, nodes: unmasked }, 16)).toBeUndefined();
  });
});

/** The graph for a text from its beginning: nothing is past. */
function specialiseEmpty(graph: Graph, length: number): Graph {
  const types = new Map(graph.types);
  for (const name of graph.inputs) {
    const type = types.get(name);
    if (type) types.set(name, { ...type, shape: type.shape.map((dim) => (dim === 'past_sequence_length' ? 0 : dim)) });
  }
  return specialise({ ...graph, types }, { batch: 1, sequence: length });
}

function spoilt(tensor: Tensor, from: number): Tensor {
  const values = tensor.toNumbers().map((value, offset) => (Math.floor(offset / tinyWidth) >= from ? 50 : value));
  return Tensor.from(values, tensor.shape);
}
