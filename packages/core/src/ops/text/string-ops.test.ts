import { runOracle } from '@headstart/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AttributeMap } from '../../ir/graph.ts';
import type { Engine } from '../../session/engine.ts';
import { openEngine } from '../../session/open-engine.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { newBuilder } from '../registry.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ backend: 'webgpu' });
});
afterAll(() => engine.dispose());

const strings = (values: readonly string[], shape: readonly number[] = [values.length]) => Tensor.from([...values], shape, 'string');

interface Case {
  readonly name: string;
  readonly type: string;
  readonly inputs: readonly Tensor[];
  readonly attributes?: AttributeMap;
  readonly outputs?: number;
}

const cases: readonly Case[] = [
  { name: 'same shape', type: 'StringConcat', inputs: [strings(['abc', 'def', 'grün']), strings(['.com', '', '🙂'])] },
  { name: 'broadcast', type: 'StringConcat', inputs: [strings(['a', 'b'], [2, 1]), strings(['x', 'y', 'z'], [1, 3])] },
  { name: 'scalar', type: 'StringConcat', inputs: [strings(['a', 'b']), strings(['!'], [])] },
  { name: 'dots', type: 'StringSplit', inputs: [strings(['abc.net', 'a.b.c', 'plain'])], attributes: { delimiter: '.' }, outputs: 2 },
  {
    name: 'at most one split',
    type: 'StringSplit',
    inputs: [strings(['a-b-c', 'd-e'], [2, 1])],
    attributes: { delimiter: '-', maxsplit: 1 },
    outputs: 2,
  },
  {
    name: 'white space',
    type: 'StringSplit',
    inputs: [strings(['hello  world', ' a b c ', 'one'])],
    attributes: { delimiter: '' },
    outputs: 2,
  },
  {
    name: 'white space, one split',
    type: 'StringSplit',
    inputs: [strings([' a  b c '])],
    attributes: { delimiter: '', maxsplit: 1 },
    outputs: 2,
  },
  {
    name: 'delimiters side by side and at the end',
    type: 'StringSplit',
    inputs: [strings(['a,,b', ',a', 'a,'])],
    attributes: { delimiter: ',' },
    outputs: 2,
  },
  { name: 'empty strings', type: 'StringSplit', inputs: [strings(['', 'a'])], attributes: { delimiter: ',' }, outputs: 2 },
  {
    name: 'addresses',
    type: 'RegexFullMatch',
    inputs: [strings(['account@gmail.com', 'account@hotmail.com', 'not mail', 'x@y.com and more'], [2, 2])],
    attributes: { pattern: '(\\W|^)[\\w.\\-]{0,25}@(gmail|hotmail)\\.com(\\W|$)' },
  },
  {
    name: 'the whole string alone',
    type: 'RegexFullMatch',
    inputs: [strings(['www.onnx.ai', 'onnx.ai', 'www.onnx.ai/x'])],
    attributes: { pattern: 'www\\.[\\w.]+' },
  },
];

describe.each(cases)('$type, $name', ({ type, inputs, attributes = {}, outputs = 1 }) => {
  test('gives what onnxruntime gives, as a host step', async () => {
    const g = newBuilder({ fold: false });
    const names = inputs.map(({ dtype, shape }, index) => g.input(`x${index}`, dtype, shape));
    const results = g.addAll(type, names, attributes, { opset: 20, outputs: Array.from({ length: outputs }, (_, index) => `y${index}`) });
    const graph = g.build(results);
    const feeds = Object.fromEntries(inputs.map((tensor, index) => [`x${index}`, tensor]));
    const expected = await runOracle(graph, feeds);
    using session = await engine.load(graph);
    const actual = await session.run(feeds);
    for (const name of results) {
      expect(actual[name]?.shape).toEqual(expected[name]?.shape);
      expect([...(actual[name]?.data ?? [])]).toEqual([...(expected[name]?.data ?? [])]);
    }
    expect(session.explain().hostSteps).toBe(1);
  });
});
