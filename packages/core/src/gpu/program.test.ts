import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadGpu } from '#platform';
import { EngineError } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { Kernel } from '../wgsl/kernel.ts';
import { Gpu } from './gpu.ts';
import { pack, unpack } from './pack.ts';
import { Program } from './program.ts';

const scale: Kernel = {
  name: 'scale',
  bindings: [
    { name: 'x', elem: 'f32', access: 'read' },
    { name: 'y', elem: 'f32', access: 'read_write' },
  ],
  params: { count: 'u32', factor: 'f32' },
  workgroupSize: [64, 1, 1],
  body: '@compute fn main(@builtin(global_invocation_id) id: vec3u) { if (id.x < p.count) { y[id.x] = x[id.x] * p.factor; } }',
};

function scalePlan(factor: number, kernel: Kernel = scale): Plan {
  const dispatch = { kernel, bind: ['in0', 'out0'], params: { count: 4, factor }, grid: [1, 1, 1] } as const;
  return {
    inputs: [{ name: 'x', dtype: 'float32', shape: [4], elem: 'f32', buffer: 0 }],
    outputs: [{ name: 'y', dtype: 'float32', shape: [4], elem: 'f32', buffer: 1 }],
    buffers: [
      { kind: 'input', bytes: 16, value: 'x' },
      { kind: 'arena', bytes: 16 },
    ],
    steps: [{ node: 'Scale', candidate: 'scale', dispatch, buffers: [0, 1], outputs: ['y'] }],
  };
}

async function openGpu(): Promise<Gpu> {
  const adapter = await (await loadGpu())?.requestAdapter();
  if (!adapter) throw new Error('the tests need a WebGPU adapter');
  return Gpu.open(adapter);
}

describe('Program', () => {
  let gpu: Gpu;
  beforeAll(async () => {
    gpu = await openGpu();
  });
  afterAll(() => gpu.dispose());

  it('runs, and runs again on what another run left on the device', async () => {
    const program = await Program.create(gpu, scalePlan(3));
    const host = Tensor.from(Float32Array.of(1, 2, 3, 4));
    expect((await program.run({ x: host })).y?.data).toEqual(Float32Array.of(3, 6, 9, 12));
    const { y } = program.runOnDevice({ x: host });
    if (!y) throw new Error('no output');
    expect((await program.run({ x: y })).y?.data).toEqual(Float32Array.of(9, 18, 27, 36));
    // The device feed must not stay bound.
    expect((await program.run({ x: host })).y?.data).toEqual(Float32Array.of(3, 6, 9, 12));
    program.dispose();
    await expect(program.run({ x: host })).rejects.toThrow('disposed');
  });

  it('names the input that a feed does not fit', async () => {
    const program = await Program.create(gpu, scalePlan(3));
    await expect(program.run({ x: Tensor.zeros([5]) })).rejects.toThrow(
      "input 'x': a feed does not fit its input, expected float32[4], got float32[5].",
    );
    await expect(program.run({})).rejects.toThrow("input 'x': no value for an input, expected float32[4].");
  });

  it('names the line of a kernel that does not compile, and goes on working', async () => {
    const broken = { ...scale, name: 'broken', body: scale.body.replace('p.factor', 'p.facto') };
    await expect(Program.create(gpu, scalePlan(1, broken))).rejects.toThrow(/broken, WGSL line \d+ .*kernel does not compile/);
    const program = await Program.create(gpu, scalePlan(2));
    expect((await program.run({ x: Tensor.from(Float32Array.of(1, 2, 3, 4)) })).y?.data).toEqual(Float32Array.of(2, 4, 6, 8));
  });

  it('ends in one clear error when the device is lost', async () => {
    const own = await openGpu();
    const program = await Program.create(own, scalePlan(3));
    own.device.destroy();
    await own.device.lost;
    const failure = await program.run({ x: Tensor.zeros([4]) }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EngineError);
    expect((failure as EngineError).code).toBe('device-lost');
  });
});

describe('pack and unpack', () => {
  it('refuse an int64 that does not fit 32 bits', () => {
    expect(() => pack(Tensor.from([1n, 2n ** 31n]), 'i32')).toThrow('does not fit the 32 bits of the GPU');
    expect(pack(Tensor.from([-1n, 2n ** 31n - 1n]), 'i32')).toHaveLength(8);
  });

  it.each([
    ['float16', 'f16'],
    ['float16', 'f32'],
    ['bfloat16', 'f32'],
    ['float64', 'f32'],
    ['int8', 'i32'],
    ['int64', 'i32'],
    ['uint8', 'u32'],
    ['bool', 'u32'],
  ] as const)('keep %s through %s', (dtype, elem) => {
    const tensor = Tensor.from([1, 0, 1], [3], dtype);
    const bytes = pack(tensor, elem);
    expect(unpack(bytes.slice().buffer, elem, dtype, [3])).toEqual(tensor);
  });
});
