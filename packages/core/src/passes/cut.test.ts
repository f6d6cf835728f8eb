import { expect, test } from 'vitest';
import { verify } from '../ir/verify.ts';
import { newBuilder } from '../ops/registry.ts';
import { cut } from './cut.ts';

function twoHeads() {
  const g = newBuilder();
  const x = g.input('image', 'float32', ['n', 4]);
  const mask = g.input('mask', 'float32', ['n', 4]);
  const features = g.add('Relu', [x], {}, { outputs: ['features'] });
  const masked = g.add('Mul', [features, mask], {}, { outputs: ['masked'] });
  return g.build([g.add('Add', [masked, g.constant([1, 2, 3, 4], 'bias')], {}, { outputs: ['logits'] })]);
}

test('keeps what the wanted values need, drops other nodes, constants and inputs', () => {
  const graph = cut(twoHeads(), ['features']);
  verify(graph);
  expect(graph.inputs).toEqual(['image']);
  expect(graph.outputs).toEqual(['features']);
  expect(graph.nodes.map((node) => node.type)).toEqual(['Relu']);
  expect([...graph.constants.keys(), ...graph.types.keys()]).toEqual(['image', 'features']);
});

test('outputs come in the order asked for, inner values among them', () => {
  const graph = cut(twoHeads(), ['logits', 'features']);
  verify(graph);
  expect(graph.outputs).toEqual(['logits', 'features']);
  expect(graph.nodes).toHaveLength(3);
});

test('an unknown name is answered with the names like it', () => {
  expect(() => cut(twoHeads(), ['feature'])).toThrow(
    /no value 'feature' in the graph\. Names like it: 'features', .*; outputs: 'logits'\./,
  );
});
