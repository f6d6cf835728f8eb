import { expectClose, runOracle } from '@headstart/testkit';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../errors.ts';
import type { Graph } from '../ir/graph.ts';
import { encodeModel } from '../onnx/encode.ts';
import { exportGraph } from '../onnx/export.ts';
import { message } from '../onnx/proto.ts';
import { newBuilder } from '../ops/registry.ts';
import type { DType } from '../tensor/dtype.ts';
import { Tensor } from '../tensor/tensor.ts';
import { createWasmSession } from './session.ts';

function identity(dtype: DType): Graph {
  const g = newBuilder();
  return g.build([g.add('Identity', [g.input('x', dtype, ['n', 2])], {}, { outputs: ['y'], opset: 17 })]);
}

describe('createWasmSession', () => {
  it.each<DType>(['float32', 'float16', 'float64', 'int64', 'int32', 'uint8', 'int8', 'bool'])('takes and gives %s', async (dtype) => {
    const session = await createWasmSession(exportGraph(identity(dtype)));
    expect(session.inputNames).toEqual(['x']);
    expect(session.outputNames).toEqual(['y']);
    const x = Tensor.from([1, 0, 0, 1], [2, 2], 'float64').cast(dtype);
    expect(await session.run({ x })).toEqual({ y: x });
    session.dispose();
  });

  it('gives what onnxruntime-node gives, for the outputs asked for', async () => {
    const g = newBuilder();
    const x = g.input('x', 'float32', ['n', 4]);
    const e = g.add('Exp', [x], {}, { outputs: ['e'], opset: 17 });
    const t = g.add('Tanh', [e], {}, { outputs: ['t'], opset: 17 });
    const bytes = encodeModel(exportGraph(g.build([e, t])));
    const feeds = { x: Tensor.from(Float32Array.from({ length: 12 }, Math.sin), [3, 4]) };
    const session = await createWasmSession(bytes);
    const outputs = await session.run(feeds, ['t']);
    expect(Object.keys(outputs)).toEqual(['t']);
    expectClose(outputs.t, (await runOracle(bytes, feeds)).t, 't');
    session.dispose();
  });

  it('reads weights from the files it is given', async () => {
    const entry = (key: string, value: string) => message('StringStringEntryProto', { key, value });
    const model = exportGraph(identity('float32'));
    const weights = message('TensorProto', {
      name: 'w',
      dims: [2],
      dataType: 1,
      dataLocation: 1,
      externalData: [entry('location', 'w.bin'), entry('offset', '0'), entry('length', '8')],
    });
    const add = message('NodeProto', { opType: 'Add', input: ['x', 'w'], output: ['y'] });
    const graph = { ...model, graph: message('GraphProto', { ...model.graph, initializer: [weights], node: [add] }) };
    const externalData = new Map([['w.bin', new Uint8Array(Float32Array.of(10, 20).buffer)]]);
    const session = await createWasmSession(graph, { externalData });
    expect((await session.run({ x: Tensor.from([1, 2], [1, 2]) })).y?.toNumbers()).toEqual([11, 22]);
    session.dispose();
  });
});

describe('what the wasm engine refuses', () => {
  const thrown = async (work: Promise<unknown>): Promise<EngineError> => {
    const error: unknown = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error instanceof EngineError) return error;
    throw new Error(`expected an EngineError, got ${error}`);
  };

  it('bytes that are no model', async () => {
    expect((await thrown(createWasmSession(Uint8Array.of(1, 2, 3, 4)))).code).toBe('invalid-model');
  });

  it('an operator nobody knows, named', async () => {
    const g = newBuilder();
    const x = g.input('x', 'float32', [2]);
    g.keep({ name: 'odd', type: 'Strange', domain: '', opset: 17, inputs: [x], outputs: ['y'], attributes: {} }, [
      { dtype: 'float32', shape: [2] },
    ]);
    const error = await thrown(createWasmSession(exportGraph(g.build(['y']))));
    expect(error.message).toContain('Strange');
    expect(['invalid-model', 'unsupported']).toContain(error.code);
  });

  it('a missing input, and one of the wrong type or shape', async () => {
    const session = await createWasmSession(exportGraph(identity('float32')));
    const missing = await thrown(session.run({ z: Tensor.zeros([1, 2]) }));
    expect(missing.message).toBe("wasm: input 'x' is not fed, expected x, got z.");
    expect((await thrown(session.run({ x: Tensor.zeros([1, 2], 'int64') }))).code).toBe('invalid-argument');
    expect((await thrown(session.run({ x: Tensor.zeros([1, 3]) }))).code).toBe('invalid-argument');
    expect((await thrown(session.run({ x: Tensor.zeros([1, 2], 'bfloat16') }))).code).toBe('unsupported');
    session.dispose();
  });
});
