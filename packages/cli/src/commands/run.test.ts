import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeNpy, encodeNpy, Tensor } from '@headstart/core';
import { runOracle, tinyImageModel } from '@headstart/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { main } from '../main.ts';
import { fakeIo } from '../testing.ts';

let folder = '';
const input = Tensor.from(
  Float32Array.from({ length: 2 * 3 * 32 * 32 }, (_, offset) => Math.sin(offset / 5)),
  [2, 3, 32, 32],
);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headstart-cli-'));
  await writeFile(join(folder, 'tiny.onnx'), tinyImageModel());
  await fakeIo().files.write(join(folder, 'in/input.npy'), encodeNpy(input));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function headstart(...argv: string[]) {
  const io = fakeIo({ cwd: folder });
  const code = await main([...argv, '--json'], io, new AbortController().signal);
  const events = io
    .out()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { code, last: events.at(-1) ?? {} };
}

test.each(['wasm', 'webgpu'])('run on %s writes what onnxruntime gives', async (engine) => {
  const { code, last } = await headstart('run', 'tiny.onnx', '--inputs', 'in', '--outputs', engine, '--engine', engine);
  expect(last).toMatchObject({ event: 'result', engine });
  expect(code).toBe(0);
  const expected = await runOracle(tinyImageModel(), { input });
  for (const name of ['logits', 'features']) {
    const actual = decodeNpy(await readFile(join(folder, engine, `${name}.npy`)));
    expect(actual.shape).toEqual(expected[name]?.shape);
    for (const [offset, value] of actual.toNumbers().entries()) expect(value).toBeCloseTo(expected[name]?.at(offset) ?? Number.NaN, 5);
  }
});

test('any value of the graph can be asked for; a wrong name lists the near ones', async () => {
  const some = await headstart('run', 'tiny.onnx', '--inputs', 'in', '--outputs', 'some', '--output', 'features');
  expect(Object.keys(some.last.outputs as object)).toEqual(['features']);
  const none = await headstart('run', 'tiny.onnx', '--inputs', 'in', '--outputs', 'none', '--output', 'feature');
  expect(none.code).toBe(1);
  expect(none.last.message).toContain("'features'");
});

test('an input without a file is named, with the files that are there', async () => {
  const { code, last } = await headstart('run', 'tiny.onnx', '--inputs', 'wasm', '--outputs', 'out');
  expect(code).toBe(1);
  expect(last.message).toBe("wasm: no file for the input 'input', expected input.npy, got features.npy, logits.npy.");
});

test('inspect tells inputs, operators, what is lacking and where features leave', async () => {
  const { code, last } = await headstart('inspect', 'tiny.onnx');
  expect(code).toBe(0);
  expect(last).toMatchObject({
    inputs: [{ name: 'input', dtype: 'float32', shape: ['batch', 3, 32, 32] }],
    unsupported: [],
  });
  expect((last.cuts as { name: string }[])[0]?.name).toBe('features');
  const counts = Object.fromEntries((last.operators as { type: string; count: number }[]).map(({ type, count }) => [type, count]));
  expect(counts).toEqual({ Conv: 1, Relu: 1, GlobalAveragePool: 1, Flatten: 1, Gemm: 1 });
});

test('a truncated model is one clear error that names the file', async () => {
  await writeFile(join(folder, 'cut.onnx'), tinyImageModel().subarray(0, 300));
  const { code, last } = await headstart('inspect', 'cut.onnx');
  expect(code).toBe(1);
  expect(last).toMatchObject({ event: 'error', code: 'invalid-model' });
  expect(last.message).toMatch(/^cut\.onnx: /);
});

test('bench compares the engines before it times them', async () => {
  const { code, last } = await headstart('bench', 'tiny.onnx', '--runs', '1', '--batch', '2');
  expect(last).toMatchObject({ event: 'result', results: [{ model: 'tiny.onnx', batch: 2, webgpu: { dispatches: expect.any(Number) } }] });
  const [{ cosine, webgpu, wasm }] = last.results as [{ cosine: number; webgpu: { milliseconds: number }; wasm: { milliseconds: number } }];
  expect(cosine).toBeGreaterThan(0.9999);
  expect(Math.min(webgpu.milliseconds, wasm.milliseconds)).toBeGreaterThan(0);
  expect(code).toBe(0);
});
