/**
 * Where a run's time goes: every kernel of a model's plan by itself, many times in one submission.
 *
 *   node --conditions=source packages/core/bench/kernels.ts MODEL [--dimensions '{"N": 1}'] [--repeat 100] [--json]
 *
 * The adapter is llvmpipe where Mesa is installed, else SwiftShader; HEADSTART_ADAPTER=system takes the machine's own. Inputs are a
 * fixed wave, so that nothing is zero; what a kernel reads of others' results is whatever its buffers hold.
 */
import { parseArgs } from 'node:util';
import { installSoftwareAdapter } from '@headstart/testkit';
import { Gpu } from '../src/gpu/gpu.ts';
import { Program } from '../src/gpu/program.ts';
import { optimise } from '../src/passes/optimise.ts';
import { prepare } from '../src/passes/prepare.ts';
import { specialise } from '../src/passes/specialise.ts';
import type { Plan, Step } from '../src/plan/plan.ts';
import { planGraph } from '../src/plan/plan-graph.ts';
import { readModel } from '../src/session/model.ts';
import { requestAdapter } from '../src/session/open-engine.ts';
import { isFloat } from '../src/tensor/dtype.ts';
import { sizeOf } from '../src/tensor/shape.ts';
import { Tensor } from '../src/tensor/tensor.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dimensions: { type: 'string', default: '{}' },
    repeat: { type: 'string', default: '100' },
    json: { type: 'boolean', default: false },
  },
});

interface Timing {
  readonly kernel: string;
  readonly grid: string;
  /** How often the plan runs it. */
  readonly times: number;
  /** Microseconds of one dispatch. */
  readonly us: number;
  /** 10⁹ floating-point operations a second, where the kernel tells how many it does. */
  readonly gflops: number | undefined;
}

await installSoftwareAdapter();
const adapter = await requestAdapter();
if (!adapter || positionals[0] === undefined) throw new Error('give a model, on a machine with a WebGPU adapter');
const gpu = await Gpu.open(adapter);
const { graph } = await readModel(positionals[0]);
const bound = optimise(specialise(prepare(graph), JSON.parse(options.dimensions)), gpu.caps);
const plan = planGraph(bound, gpu.caps);
const feeds = Object.fromEntries(
  plan.inputs.map(({ name, dtype, shape }) => {
    const values = Array.from({ length: sizeOf(shape) }, (_, index) => (isFloat(dtype) ? Math.sin(index * 0.37) : 1));
    return [name, Tensor.from(values, shape, dtype)];
  }),
);

/** Steps that differ in kernel, sizes or grid; equal ones are measured once. */
const groups = Map.groupBy(plan.steps, ({ dispatch }) => JSON.stringify([dispatch.kernel.name, dispatch.params, dispatch.grid]));
const timings: Timing[] = [];
for (const steps of groups.values()) timings.push(await measure(steps[0] as Step, steps.length));
timings.sort((a, b) => b.us * b.times - a.us * a.times);
print(timings);
gpu.dispose();
process.exit(0);

async function measure(step: Step, times: number): Promise<Timing> {
  const repeat = Number(options.repeat);
  const [one, many] = [await median({ ...plan, steps: [step] }), await median({ ...plan, steps: new Array<Step>(repeat + 1).fill(step) })];
  const us = ((many - one) / repeat) * 1000;
  const { kernel, grid, floats } = step.dispatch;
  return { kernel: kernel.name, grid: grid.join('×'), times, us, gflops: floats === undefined ? undefined : floats / us / 1000 };
}

/** Milliseconds of a run of the plan, from submission until the device is done. */
async function median(part: Plan): Promise<number> {
  const program = await Program.create(gpu, part);
  const times: number[] = [];
  for (let run = 0; run < 6; run++) {
    const start = performance.now();
    const outputs = program.runOnDevice(feeds);
    await gpu.device.queue.onSubmittedWorkDone();
    times.push(performance.now() - start);
    for (const output of Object.values(outputs)) output.dispose();
  }
  program.dispose();
  // The first run compiles.
  return times.slice(1).sort((a, b) => a - b)[2] as number;
}

function print(rows: readonly Timing[]): void {
  if (options.json) {
    process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
    return;
  }
  const total = rows.reduce((sum, { us, times }) => sum + us * times, 0);
  for (const { kernel, grid, times, us, gflops } of rows) {
    const share = `${((us * times * 100) / total).toFixed(1)} %`;
    const rate = gflops === undefined ? '' : `${gflops.toFixed(0)} GFLOP/s`;
    process.stdout.write(
      `${share.padStart(7)}  ${us.toFixed(1).padStart(8)} µs × ${`${times}`.padEnd(3)} ${rate.padStart(13)}  ${kernel}  ${grid}\n`,
    );
  }
  process.stdout.write(`${(total / 1000).toFixed(2)} ms in ${plan.steps.length} dispatches\n`);
}
