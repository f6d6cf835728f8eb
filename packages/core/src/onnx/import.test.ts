import { runOracle } from '@headstart/testkit';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../errors.ts';
import type { Graph } from '../ir/graph.ts';
import { evaluate } from '../ops/evaluate.ts';
import { Tensor } from '../tensor/tensor.ts';
import { encodeModel } from './encode.ts';
import { exportGraph, typeToProto } from './export.ts';
import { importModel } from './import.ts';
import {
  type AttributeProto,
  attributeTypes,
  type FunctionProto,
  type GraphProto,
  type ModelProto,
  message,
  type NodeProto,
} from './proto.ts';
import { tensorToProto } from './tensor.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const attribute = (name: string, fields: Partial<AttributeProto>) => message('AttributeProto', { name, ...fields });
const node = (opType: string, input: readonly string[], output: readonly string[], rest: Partial<NodeProto> = {}) =>
  message('NodeProto', { name: `${opType}_${output[0]}`, opType, input, output, ...rest });
const floats = (name: string, ...shape: readonly (number | string)[]) =>
  message('ValueInfoProto', { name, type: typeToProto({ dtype: 'float32', shape }) });

function model(graph: Partial<GraphProto>, opset = 17, rest: Partial<ModelProto> = {}): ModelProto {
  return message('ModelProto', {
    irVersion: 8,
    opsetImport: [message('OperatorSetIdProto', { version: opset })],
    graph: message('GraphProto', { name: 'g', ...graph }),
    ...rest,
  });
}

/** Runs the file in onnxruntime and the imported graph in the references and, exported again, in onnxruntime. */
async function expectSame(proto: ModelProto, feeds: Readonly<Record<string, Tensor>>, reference = true): Promise<Graph> {
  const graph = importModel(proto);
  const expected = await runOracle(encodeModel(proto), feeds);
  expect(await runOracle(encodeModel(exportGraph(graph)), feeds)).toEqual(expected);
  if (reference) expect(evaluate(graph, feeds)).toEqual(expected);
  return graph;
}

describe('constants', () => {
  it.each<[string, Partial<AttributeProto>, Tensor]>([
    ['value', { type: attributeTypes.tensor, t: tensorToProto(Tensor.from([1, 2])) }, Tensor.from([1, 2])],
    ['value_float', { type: attributeTypes.float, f: 0.5 }, Tensor.scalar(0.5)],
    ['value_floats', { type: attributeTypes.floats, floats: Float32Array.of(1, 2) }, Tensor.from([1, 2])],
    ['value_int', { type: attributeTypes.int, i: 2n ** 62n }, Tensor.scalar(2n ** 62n)],
    ['value_ints', { type: attributeTypes.ints, ints: BigInt64Array.of(1n, 2n) }, Tensor.from([1n, 2n])],
    ['value_string', { type: attributeTypes.string, s: utf8('ä') }, Tensor.scalar('ä')],
    ['value_strings', { type: attributeTypes.strings, strings: [utf8('a'), utf8('b')] }, Tensor.from(['a', 'b'])],
  ])('of a Constant node in %s', (name, fields, expected) => {
    const graph = importModel(
      model({ output: [floats('c')], node: [node('Constant', [], ['c'], { attribute: [attribute(name, fields)] })] }),
    );
    expect(graph.constants.get('c')).toEqual(expected);
    expect(graph.nodes).toEqual([]);
  });

  it('that old files list as inputs too are no inputs', async () => {
    const graph = await expectSame(
      model({
        input: [floats('w', 2), floats('x', 2)],
        output: [floats('y', 2)],
        initializer: [tensorToProto(Tensor.from([1, 2]), 'w')],
        node: [node('Add', ['x', 'w'], ['y'])],
      }),
      { x: Tensor.from([3, 4]) },
    );
    expect(graph.inputs).toEqual(['x']);
  });
});

describe('types', () => {
  it('name what the file leaves open, each axis by itself', () => {
    const open = message('ValueInfoProto', {
      name: 'x',
      type: message('TypeProto', {
        tensorType: message('TensorTypeProto', {
          elemType: 1,
          shape: message('TensorShapeProto', {
            dim: [{}, { dimValue: -1 }, { dimParam: '?' }, { dimParam: 'time' }, { dimValue: 3 }].map((dim) =>
              message('DimensionProto', dim),
            ),
          }),
        }),
      }),
    });
    const graph = importModel(model({ input: [open], output: [floats('y')], node: [node('Relu', ['x'], ['y'])] }));
    expect(graph.types.get('y')).toEqual({ dtype: 'float32', shape: ['x_0', 'x_1', 'x_2', 'time', 3] });
  });

  it('stay open where an operator is not known, and what follows is kept', () => {
    const graph = importModel(
      model({
        input: [floats('x', 'N', 2)],
        output: [floats('z', 'N', 2)],
        valueInfo: [floats('b', 'N', 7)],
        node: [node('Strange', ['x'], ['a', 'b'], { domain: 'com.example' }), node('Relu', ['a'], ['y']), node('Relu', ['y'], ['z'])],
      }),
    );
    expect(graph.nodes.map(({ type }) => type)).toEqual(['Strange', 'Relu', 'Relu']);
    expect(graph.types.has('a')).toBe(false);
    expect(graph.types.has('y')).toBe(false);
    expect(graph.types.get('b')?.shape).toEqual(['N', 7]);
    expect(graph.types.get('z')?.shape).toEqual(['N', 2]);
  });
});

describe('nodes', () => {
  const x = Tensor.from([-1, 0.5, 2]);

  it('out of order are sorted', async () => {
    const nodes = [node('Add', ['b', 'a'], ['y']), node('Neg', ['a'], ['b']), node('Relu', ['x'], ['a'])];
    const graph = await expectSame(model({ input: [floats('x', 3)], output: [floats('y', 3)], node: [...nodes].reverse() }), { x });
    const shuffled = importModel(model({ input: [floats('x', 3)], output: [floats('y', 3)], node: nodes }));
    expect(shuffled.nodes.map(({ type }) => type)).toEqual(graph.nodes.map(({ type }) => type));
  });

  it('in a long chain out of order are sorted in linear time and without deep recursion', () => {
    const count = 20_000;
    const chain = Array.from({ length: count }, (_, index) => node('Relu', [index === 0 ? 'x' : `v${index - 1}`], [`v${index}`]));
    const graph = importModel(model({ input: [floats('x', 3)], output: [floats(`v${count - 1}`)], node: chain.reverse() }));
    expect(graph.nodes.length).toBe(count);
  });

  it.each([
    ['in a circle', [node('Relu', ['b'], ['a']), node('Relu', ['a'], ['b'])], /Relu 'Relu_[ab]'.*in a circle/],
    ['that read themselves', [node('Relu', ['a'], ['a'])], 'in a circle'],
    ['that read nothing there is', [node('Relu', ['nowhere'], ['a'])], "Relu 'Relu_a' (node 0): input 'nowhere' is not defined"],
    ['that define a value twice', [node('Relu', ['x'], ['a']), node('Neg', ['x'], ['a'])], "value 'a' is defined twice"],
  ])('%s are one error that names the node', (_, nodes, text) => {
    expect(() => importModel(model({ input: [floats('x', 3)], output: [floats('a')], node: nodes }))).toThrow(text);
    expect(() => importModel(model({ input: [floats('x', 3)], output: [floats('a')], node: nodes }))).toThrow(EngineError);
  });

  it('lose outputs that were for training', () => {
    const graph = importModel(
      model({ input: [floats('x', 3)], output: [floats('y', 3)], node: [node('Dropout', ['x'], ['y', 'mask'])] }, 7),
    );
    expect(graph.nodes[0]?.outputs ?? ['y']).toEqual(['y']);
  });

  it('keep floats that are whole', () => {
    const alpha = attribute('alpha', { type: attributeTypes.float, f: 1 });
    const strange = node('Strange', ['x'], ['y'], {
      domain: 'com.example',
      attribute: [alpha, attribute('n', { type: attributeTypes.int, i: 1n })],
    });
    const graph = importModel(model({ input: [floats('x', 3)], output: [floats('y', 3)], node: [strange] }));
    const [written] = exportGraph(graph).graph?.node ?? [];
    expect(written?.attribute.map(({ name, type, f, i }) => ({ name, type, f, i }))).toEqual([
      { name: 'alpha', type: attributeTypes.float, f: 1, i: undefined },
      { name: 'n', type: attributeTypes.int, f: undefined, i: 1n },
    ]);
  });
});

describe('subgraphs', () => {
  it('read values of the graph around them, through import and export', async () => {
    const branch = (opType: string) =>
      message('GraphProto', { name: opType, output: [floats(`${opType}_out`)], node: [node(opType, ['hidden', 'w'], [`${opType}_out`])] });
    const proto = model({
      input: [floats('x', 3), message('ValueInfoProto', { name: 'which', type: typeToProto({ dtype: 'bool', shape: [] }) })],
      output: [floats('y', 3)],
      initializer: [tensorToProto(Tensor.from([1, 2, 3]), 'w')],
      node: [
        // First in the file, and it needs the second: the capture must count when nodes are sorted.
        node('If', ['which'], ['y'], {
          attribute: [
            attribute('then_branch', { type: attributeTypes.graph, g: branch('Add') }),
            attribute('else_branch', { type: attributeTypes.graph, g: branch('Mul') }),
          ],
        }),
        node('Neg', ['x'], ['hidden']),
      ],
    });
    const graph = importModel(proto);
    expect(graph.nodes.map(({ type }) => type)).toEqual(['Neg', 'If']);
    const bytes = encodeModel(exportGraph(graph));
    for (const [which, expected] of [
      [true, [0, 0, 0]],
      [false, [-1, -4, -9]],
    ] as const) {
      const { y } = await runOracle(bytes, { x: Tensor.from([1, 2, 3]), which: Tensor.scalar(which) });
      expect(y?.toNumbers()).toEqual(expected);
    }
  });
});

describe('functions', () => {
  const body = (name: string, rest: Partial<FunctionProto>) =>
    message('FunctionProto', {
      name,
      domain: 'local',
      input: ['a'],
      output: ['b'],
      opsetImport: [message('OperatorSetIdProto', { version: 17 })],
      ...rest,
    });
  const imports = [message('OperatorSetIdProto', { version: 17 }), message('OperatorSetIdProto', { domain: 'local', version: 1 })];

  it('are inlined, with attributes by reference, defaults, and inner names kept apart', async () => {
    const alpha = attribute('alpha', { type: attributeTypes.float, refAttrName: 'slope' });
    const leak = body('Leak', {
      attribute: [],
      attributeProto: [attribute('slope', { type: attributeTypes.float, f: 0.25 })],
      node: [node('LeakyRelu', ['a'], ['inner'], { attribute: [alpha] }), node('Neg', ['inner'], ['b'])],
    });
    const twice = body('Twice', {
      opsetImport: imports,
      node: [
        node('Leak', ['a'], ['inner'], { domain: 'local', attribute: [attribute('slope', { type: attributeTypes.float, f: 0.5 })] }),
        node('Leak', ['inner'], ['b'], { domain: 'local' }),
      ],
    });
    const proto = model(
      { input: [floats('x', 3)], output: [floats('y', 3)], node: [node('Twice', ['x'], ['y'], { domain: 'local' })] },
      17,
      { opsetImport: imports, functions: [leak, twice] },
    );
    const graph = await expectSame(proto, { x: Tensor.from([-8, 0, 4]) });
    expect(graph.nodes.map(({ type }) => type)).toEqual(['LeakyRelu', 'Neg', 'LeakyRelu', 'Neg']);
  });

  it('that call themselves are an error, not a hang', () => {
    const endless = body('Endless', {
      opsetImport: imports,
      node: [node('Endless', ['a'], ['m'], { domain: 'local' }), node('Endless', ['m'], ['b'], { domain: 'local' })],
    });
    const proto = model(
      { input: [floats('x', 3)], output: [floats('y', 3)], node: [node('Endless', ['x'], ['y'], { domain: 'local' })] },
      17,
      { opsetImport: imports, functions: [endless] },
    );
    expect(() => importModel(proto)).toThrow('call each other without end');
  });
});

describe('what cannot be imported', () => {
  it.each<[string, ModelProto, string]>([
    ['a file without a graph', message('ModelProto', {}), 'there is no graph in the file'],
    ['sparse initialisers', model({ sparseInitializer: [message('SparseTensorProto', {})] }), 'sparse initialisers are not supported'],
    ['an output nobody computes', model({ output: [floats('y')] }), "output 'y' is not defined"],
    [
      'an attribute of the wrong type',
      model({
        input: [floats('x', 2)],
        output: [floats('y')],
        node: [node('LeakyRelu', ['x'], ['y'], { attribute: [attribute('alpha', { type: attributeTypes.string, s: utf8('steep') })] })],
      }),
      "attribute 'alpha' has the wrong type",
    ],
  ])('%s is one error', (_, proto, text) => {
    expect(() => importModel(proto)).toThrow(EngineError);
    expect(() => importModel(proto)).toThrow(text);
  });
});
