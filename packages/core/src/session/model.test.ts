import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineError } from '../errors.ts';
import { encodeModel } from '../onnx/encode.ts';
import { exportGraph } from '../onnx/export.ts';
import { message } from '../onnx/proto.ts';
import { newBuilder } from '../ops/registry.ts';
import { Tensor } from '../tensor/tensor.ts';
import { type Model, readModel } from './model.ts';

const weights = new Uint8Array(Float32Array.of(10, 20).buffer);

/** y = x + w, w either inside the file or in `weights/w.bin` beside it; then an operator nobody knows. */
function modelBytes(external: boolean): Uint8Array {
  const g = newBuilder();
  const x = g.input('x', 'float32', ['batch', 2]);
  const sum = g.add('Add', [x, g.constant(Tensor.from([10, 20]), 'w')], {}, { opset: 17, outputs: ['sum'] });
  g.keep({ name: '', type: 'Strange', domain: 'com.example', opset: 1, inputs: [sum], outputs: ['odd'], attributes: {} }, []);
  const model = exportGraph(g.build([sum, 'odd'], 'tiny', { labels: 'ham,spam' }));
  if (!external) return encodeModel(model);
  const entry = (key: string, value: string) => message('StringStringEntryProto', { key, value });
  const initializer = [
    message('TensorProto', { name: 'w', dims: [2], dataType: 1, dataLocation: 1, externalData: [entry('location', 'weights/w.bin')] }),
  ];
  return encodeModel({ ...model, graph: message('GraphProto', { ...model.graph, initializer }) });
}

let folder = '';
let server: Server;
let address = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headstart-model-'));
  await writeFile(join(folder, 'whole.onnx'), modelBytes(false));
  await writeFile(join(folder, 'lonely.onnx'), modelBytes(true));
  await writeFile(join(folder, 'broken.onnx'), modelBytes(false).subarray(0, -3));
  const files: Record<string, Uint8Array> = {
    '/m/model.onnx': modelBytes(true),
    '/m/weights/w.bin': weights,
    '/n/model.onnx': modelBytes(true),
  };
  server = createServer(({ url = '' }, response) => {
    const file = files[url];
    response.writeHead(file ? 200 : 404).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

function expectTiny(model: Model): void {
  expect(model.inputs).toEqual([{ name: 'x', dtype: 'float32', shape: ['batch', 2] }]);
  expect(model.outputs).toEqual([
    { name: 'sum', dtype: 'float32', shape: ['batch', 2] },
    { name: 'odd', dtype: undefined, shape: undefined },
  ]);
  expect(model.operators).toEqual([
    { type: 'Add', domain: '', count: 1, supported: true },
    { type: 'Strange', domain: 'com.example', count: 1, supported: false },
  ]);
  expect(model.metadata).toEqual({ labels: 'ham,spam' });
  expect(model.graph.constants.get('w')?.toNumbers()).toEqual([10, 20]);
}

describe('readModel', () => {
  it('reads bytes, an ArrayBuffer, a path and file URLs alike', async () => {
    const bytes = modelBytes(false);
    const path = join(folder, 'whole.onnx');
    for (const source of [bytes, bytes.slice().buffer, path, pathToFileURL(path), pathToFileURL(path).href]) {
      expectTiny(await readModel(source));
    }
    expect((await readModel(path)).bytes).toEqual(bytes);
  });

  it('finds the weights file beside the model, on the server too', async () => {
    expectTiny(await readModel(`${address}/m/model.onnx`));
    expectTiny(await readModel(new URL(`${address}/m/model.onnx`)));
    expectTiny(await readModel(modelBytes(true), { external: new Map([['weights/w.bin', weights]]) }));
  });

  const errorOf = async (source: Parameters<typeof readModel>[0], options?: Parameters<typeof readModel>[1]): Promise<EngineError> => {
    try {
      await readModel(source, options);
    } catch (error) {
      if (error instanceof EngineError) return error;
    }
    throw new Error('expected an EngineError');
  };

  it('says in one error which weights file is missing and where it belongs', async () => {
    const error = await errorOf(join(folder, 'lonely.onnx'));
    expect(error.code).toBe('invalid-model');
    expect(error.message).toContain("the weights file 'weights/w.bin' cannot be read. Put 'weights/w.bin' beside the model");
    expect((await errorOf(modelBytes(true))).message).toContain("in the file 'weights/w.bin', which was not given");
    expect(await errorOf(`${address}/n/model.onnx`)).toMatchObject({ code: 'network' });
  });

  it('names the file that is broken, missing, or of no kind it reads', async () => {
    const broken = await errorOf(join(folder, 'broken.onnx'));
    expect(broken).toMatchObject({ code: 'invalid-model' });
    expect(broken.message).toMatch(/^broken\.onnx: .* at byte \d+/);
    expect(await errorOf(join(folder, 'nothing.onnx'))).toMatchObject({ code: 'invalid-argument' });
    expect(await errorOf(`${address}/nothing.onnx`)).toMatchObject({ code: 'network' });
    expect((await errorOf('hf:owner/name')).message).toContain('loadBackbone');
  });

  it('stops when it is cancelled', async () => {
    expect(await errorOf(`${address}/m/model.onnx`, { signal: AbortSignal.abort() })).toMatchObject({ code: 'cancelled' });
  });
});

describe('operators that few models have', () => {
  it('are loaded with the first model that names one', async () => {
    const g = newBuilder();
    const [values = '', indices = ''] = g.addAll(
      'TopK',
      [g.input('x', 'float32', ['batch', 5]), g.constant(Tensor.from(BigInt64Array.of(2n), [1]), 'k')],
      {},
      {
        opset: 17,
        outputs: ['values', 'indices'],
      },
    );
    const file = join(folder, 'top.onnx');
    await writeFile(file, encodeModel(exportGraph(g.build([values, indices], 'top'))));
    // A process of its own: the tests' set-up loads them all.
    const code = `
      const { readModel } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'model.ts')).href)});
      const { outputs, operators } = await readModel(${JSON.stringify(file)});
      console.log(JSON.stringify({ outputs, operators }));`;
    const out = execFileSync(process.execPath, ['--conditions=source', '--input-type=module', '-e', code], { encoding: 'utf8' });
    expect(JSON.parse(out)).toEqual({
      outputs: [
        { name: 'values', dtype: 'float32', shape: ['batch', 2] },
        { name: 'indices', dtype: 'int64', shape: ['batch', 2] },
      ],
      operators: [{ type: 'TopK', domain: '', count: 1, supported: true }],
    });
  });
});
