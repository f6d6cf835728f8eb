import { type Bundle, type Model, openBundle, readModel } from '@headstart/core';
import { commands } from '../args.ts';
import { exitCodes } from '../help.ts';
import { columns } from '../layout.ts';
import type { Paint } from '../paint.ts';
import { formatBytes } from '../plain.ts';
import { metricsText } from '../workflow/figures.ts';
import { handler, only, pathOf } from './command.ts';

export const inspect = handler(commands.inspect.flags, async ({ positionals }, context) => {
  context.signal.throwIfAborted();
  const file = only(positionals, 'FILE');
  const { report } = context;
  if (file.endsWith('.headstart')) {
    const bundle = await openBundle(pathOf(context, file));
    const { labels, training, backbone, metrics } = bundle;
    report.result({ file, labels, training, backbone, metrics }, bundleText(file, bundle, report.paint));
    return exitCodes.ok;
  }
  const model = await readModel(/^https?:/.test(file) ? file : pathOf(context, file));
  report.result(describeModel(file, model), modelText(file, model, report.paint));
  return exitCodes.ok;
});

function opsetsOf(model: Model): Readonly<Record<string, number>> {
  return Object.fromEntries(model.proto.opsetImport.map(({ domain, version }) => [domain || 'ai.onnx', Number(version)]));
}

function bytesOf(model: Model): number {
  return [...model.external.values()].reduce((sum, each) => sum + each.byteLength, model.bytes.byteLength);
}

/** What programs read of a model. */
export function describeModel(file: string, model: Model): Readonly<Record<string, unknown>> {
  return {
    file,
    bytes: bytesOf(model),
    opsets: opsetsOf(model),
    inputs: model.inputs,
    outputs: model.outputs,
    operators: model.operators,
    unsupported: model.operators.filter(({ supported }) => !supported).map(({ type, domain }) => (domain ? `${domain}.${type}` : type)),
    cuts: model.suggestCuts(),
    metadata: model.metadata,
  };
}

function modelText(file: string, model: Model, paint: Paint): string {
  const opsets = Object.entries(opsetsOf(model)).map(([domain, version]) => `${domain} ${version}`);
  const value = ({ name, dtype, shape }: Model['inputs'][number]) => [
    name,
    `${dtype ?? 'no tensor'}${shape ? `[${shape.join(', ')}]` : ''}`,
  ];
  const operators = model.operators.map(({ type, domain, count, supported }) => {
    const name = domain ? `${domain}.${type}` : type;
    return `${supported ? name : paint.red(name)} ×${count}`;
  });
  const lacking = model.operators.filter(({ supported }) => !supported);
  const nodes = model.operators.reduce((sum, { count }) => sum + count, 0);
  const cuts = model.suggestCuts();
  return [
    `${paint.bold(file)}  ${paint.dim(`${formatBytes(bytesOf(model))}, ${nodes} operators, opset ${opsets.join(', ')}`)}`,
    '',
    paint.bold('Inputs'),
    ...columns(model.inputs.map(value)),
    paint.bold('Outputs'),
    ...columns(model.outputs.map(value)),
    paint.bold('Operators'),
    ...flow(operators, 100),
    '',
    lacking.length === 0
      ? `${paint.green('✓')} the webgpu engine runs all of them`
      : `${paint.yellow('!')} the webgpu engine lacks ${lacking.length} of them; the wasm engine runs the model`,
    '',
    paint.bold('Where features could leave it'),
    ...(cuts.length > 0
      ? cuts.slice(0, 5).flatMap((cut) => [`  ${paint.cyan(cut.name)}  ${cut.dimension} features`, `      ${paint.dim(cut.reason)}`])
      : ['  nothing found that looks like features']),
  ].join('\n');
}

function bundleText(file: string, { labels, training, backbone, metrics }: Bundle, paint: Paint): string {
  const { kind, l2, samples, seed, engine, adapter } = training;
  return [
    `${paint.bold(file)}  ${paint.dim(`a ${kind} head of ${labels.length} classes`)}`,
    '',
    ...columns([
      ['labels', labels.join(', ')],
      ['trained on', `${samples} samples, λ = ${l2.toPrecision(3)}, seed ${seed}, ${adapter ? `${engine} on ${adapter}` : engine}`],
      ...(backbone
        ? [
            [
              'backbone',
              `${backbone.name} (${backbone.source}), ${backbone.dimension} features at '${backbone.cut}', pooling ${backbone.pooling}`,
            ],
            ['licence', backbone.licence],
          ]
        : [['backbone', 'none: trained on loose features']]),
    ]),
    ...(metrics ? ['', ...metricsText(metrics, paint)] : []),
  ].join('\n');
}

/** Items separated by two spaces, broken into lines of at most `width`. */
function flow(items: readonly string[], width: number): string[] {
  const lines = [''];
  for (const item of items) {
    const line = lines.at(-1) as string;
    if (line !== '' && line.length + item.length + 2 > width) lines.push(`  ${item}`);
    else lines[lines.length - 1] = `${line}  ${item}`;
  }
  return lines;
}
