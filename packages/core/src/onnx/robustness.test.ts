import { describe, expect, it } from 'vitest';
import { EngineError } from '../errors.ts';
import { Tensor } from '../tensor/tensor.ts';
import { decodeModel } from './decode.ts';
import { encodeModel } from './encode.ts';
import { exportGraph, typeToProto } from './export.ts';
import { importModel } from './import.ts';
import { type AttributeProto, attributeTypes, message, type NodeProto } from './proto.ts';
import { tensorToProto } from './tensor.ts';

/** A model with something of everything: typed and raw weights, a subgraph, a function, strings, shape arithmetic. */
function model(): Uint8Array {
  const info = (name: string, ...shape: (number | string)[]) =>
    message('ValueInfoProto', { name, type: typeToProto({ dtype: 'float32', shape }) });
  const attribute = (name: string, fields: Partial<AttributeProto>) => message('AttributeProto', { name, ...fields });
  const node = (opType: string, input: string[], output: string[], attributes: AttributeProto[] = [], rest: Partial<NodeProto> = {}) =>
    message('NodeProto', { name: `${opType}_${output[0]}`, opType, input, output, attribute: attributes, ...rest });
  const branch = (name: string) =>
    message('GraphProto', { name, output: [info(`${name}_out`, 'N', 4)], node: [node('Add', ['h', 'bias'], [`${name}_out`])] });
  const opsets = [message('OperatorSetIdProto', { version: 17 }), message('OperatorSetIdProto', { domain: 'local', version: 1 })];
  return encodeModel(
    message('ModelProto', {
      irVersion: 8,
      opsetImport: opsets,
      metadataProps: [message('StringStringEntryProto', { key: 'labels', value: 'ham,spam' })],
      functions: [
        message('FunctionProto', {
          name: 'Twice',
          domain: 'local',
          input: ['a'],
          output: ['b'],
          opsetImport: opsets,
          node: [node('Add', ['a', 'a'], ['b'])],
        }),
      ],
      graph: message('GraphProto', {
        name: 'everything',
        input: [info('x', 'N', 2, 3), message('ValueInfoProto', { name: 'which', type: typeToProto({ dtype: 'bool', shape: [] }) })],
        output: [info('y', 'N', 4)],
        initializer: [
          tensorToProto(Tensor.from(Float32Array.from({ length: 24 }, Math.sin), [6, 4]), 'w'),
          message('TensorProto', { name: 'bias', dims: [4], dataType: 1, floatData: Float32Array.of(1, 2, 3, 4) }),
          message('TensorProto', { name: 'target', dims: [2], dataType: 7, int64Data: BigInt64Array.of(-1n, 6n) }),
        ],
        node: [
          node('Shape', ['x'], ['shape']),
          node('Constant', [], ['zero'], [attribute('value_ints', { type: attributeTypes.ints, ints: BigInt64Array.of(0n) })]),
          node('Gather', ['shape', 'zero'], ['n'], [attribute('axis', { type: attributeTypes.int, i: 0n })]),
          node('Constant', [], ['six'], [attribute('value_ints', { type: attributeTypes.ints, ints: BigInt64Array.of(6n) })]),
          node('Concat', ['n', 'six'], ['to'], [attribute('axis', { type: attributeTypes.int, i: 0n })]),
          node('Reshape', ['x', 'to'], ['flat']),
          node('Reshape', ['flat', 'target'], ['flatter']),
          node('MatMul', ['flatter', 'w'], ['product']),
          node('Twice', ['product'], ['h'], [], { domain: 'local' }),
          node(
            'If',
            ['which'],
            ['z'],
            [
              attribute('then_branch', { type: attributeTypes.graph, g: branch('then') }),
              attribute('else_branch', { type: attributeTypes.graph, g: branch('else') }),
            ],
          ),
          node('LeakyRelu', ['z'], ['y'], [attribute('alpha', { type: attributeTypes.float, f: 1 })]),
        ],
      }),
    }),
  );
}

/** Decodes, imports, exports: what `readModel` and the wasm engine do with a file. */
function process(bytes: Uint8Array): 'result' | EngineError {
  try {
    encodeModel(exportGraph(importModel(decodeModel(bytes))));
    return 'result';
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
}

function generator(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 48271) % 2147483647;
    return state % limit;
  };
}

describe('a damaged model', () => {
  it('as it is, gives a result', () => {
    expect(process(model())).toBe('result');
  });

  it('cut short anywhere, is one EngineError or a shorter model', () => {
    const bytes = model();
    const errors = Array.from(bytes, (_, length) => process(bytes.subarray(0, length))).filter((outcome) => outcome !== 'result');
    expect(errors.length).toBeGreaterThan(bytes.length / 2);
  });

  it.each([1, 2, 3, 4])('changed at random 500 times (seed %i), is an EngineError or a result each time', (seed) => {
    const original = model();
    const next = generator(seed);
    let errors = 0;
    for (let round = 0; round < 500; round++) {
      const bytes = original.slice();
      for (let change = 0; change <= next(4); change++) {
        const at = next(bytes.length);
        const kind = next(3);
        if (kind === 0) bytes[at] = next(256);
        else if (kind === 1) bytes[at] = (bytes[at] as number) ^ (1 << next(8));
        else bytes.copyWithin(at, next(bytes.length), next(bytes.length));
      }
      const start = performance.now();
      if (process(bytes) !== 'result') errors++;
      expect(performance.now() - start).toBeLessThan(5000);
    }
    expect(errors).toBeGreaterThan(100);
  });
});
