import { basename, join } from 'node:path';
import { decodeNpy, EngineError, encodeNpy, readModel, type Tensor } from '@headstart/core';
import { commands } from '../args.ts';
import { UsageError } from '../flags.ts';
import { exitCodes } from '../help.ts';
import { columns } from '../layout.ts';
import { formatBytes } from '../plain.ts';
import { type Context, handler, only, openNamedEngine, pathOf } from './command.ts';

export const run = handler(commands.run.flags, async ({ flags, positionals }, context) => {
  const { io, report, signal } = context;
  const file = only(positionals, 'MODEL');
  if (flags.inputs === undefined || flags.outputs === undefined) {
    throw new UsageError(`--${flags.inputs === undefined ? 'inputs' : 'outputs'} DIR is missing`);
  }
  const model = await readModel(/^https?:/.test(file) ? file : pathOf(context, file));
  const wanted = flags.output.length > 0 ? flags.output : model.outputs.map(({ name }) => name);
  const feeds = await readFeeds(
    context,
    flags.inputs,
    model.inputs.map(({ name }) => name),
  );
  using engine = await openNamedEngine(context, flags.engine);
  const started = io.now();
  using session = await engine.load(model, { outputs: wanted, precision: flags.precision });
  const results = await session.run(feeds, { signal });
  const seconds = (io.now() - started) / 1000;
  const folder = pathOf(context, flags.outputs);
  const rows: string[][] = [];
  const outputs: Record<string, unknown> = {};
  for (const [name, tensor] of Object.entries(results)) {
    const path = join(folder, `${fileNameOf(name)}.npy`);
    await io.files.write(path, encodeNpy(storable(tensor)));
    rows.push([name, `${tensor.dtype}[${tensor.shape.join(', ')}]`, path]);
    outputs[name] = { dtype: tensor.dtype, shape: tensor.shape, file: path };
  }
  const plan = flags.explain && engine.backend === 'webgpu' ? session.explain() : undefined;
  if (flags.explain && !plan) report.warn('--explain tells the steps of the webgpu engine: add --engine webgpu');
  report.result(
    { engine: engine.backend, reason: engine.reason, seconds, outputs, ...(plan ? { explain: plan } : {}) },
    [
      ...columns(rows),
      ...(plan
        ? [
            `  ${plan.dispatches} dispatches${plan.hostSteps > 0 ? `, ${plan.hostSteps} steps on the host` : ''}, ${formatBytes(plan.bytes)} of weights, ${formatBytes(plan.peakBytes)} in all`,
            ...columns(plan.steps.map(({ on, node, kernel, grid }) => [node, kernel, on === 'gpu' ? grid.join('×') : ''])),
          ]
        : []),
      report.paint.dim(`  opened and run in ${seconds.toFixed(2)} s on ${engine.backend}`),
    ].join('\n'),
  );
  return exitCodes.ok;
});

/** One file an input, named after it. @throws EngineError `invalid-data` naming every input without a file */
async function readFeeds(context: Context, inputs: string, names: readonly string[]): Promise<Record<string, Tensor>> {
  const { files } = context.io;
  const folder = pathOf(context, inputs);
  if ((await files.kind(folder)) !== 'folder') throw new EngineError('invalid-argument', 'no such folder', { where: `--inputs ${inputs}` });
  const present = (await files.list(folder)).filter((name) => name.endsWith('.npy'));
  const missing = names.filter((name) => !present.includes(`${fileNameOf(name)}.npy`));
  if (missing.length > 0) {
    throw new EngineError(
      'invalid-data',
      `no file for ${missing.length === 1 ? 'the input' : 'the inputs'} ${missing.map((name) => `'${name}'`).join(', ')}`,
      {
        where: inputs,
        expected: missing.map((name) => `${fileNameOf(name)}.npy`).join(', '),
        got: present.length > 0 ? present.join(', ') : 'no .npy file',
      },
    );
  }
  return Object.fromEntries(
    await Promise.all(
      names.map(async (name) => {
        const path = join(folder, `${fileNameOf(name)}.npy`);
        return [name, decodeNpy(await files.read(path), basename(path))] as const;
      }),
    ),
  );
}

/** Value names may hold what file names may not. */
function fileNameOf(name: string): string {
  return name.replace(/[/\\:*?"<>|]/g, '_');
}

/** bfloat16 and 4-bit values as the next type that the format has. */
function storable(tensor: Tensor): Tensor {
  if (tensor.dtype === 'bfloat16') return tensor.cast('float32');
  if (tensor.dtype === 'int4') return tensor.cast('int8');
  return tensor.dtype === 'uint4' ? tensor.cast('uint8') : tensor;
}
