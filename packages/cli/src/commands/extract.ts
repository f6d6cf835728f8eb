import { encodeNpy, encodeSafetensors } from '@headstart/core';
import { commands } from '../args.ts';
import { UsageError } from '../flags.ts';
import { exitCodes } from '../help.ts';
import { readLabelled } from '../workflow/data.ts';
import { defaultBackbones, extractFeatures, openBackbone, storeOf } from '../workflow/features.ts';
import { stemOf } from '../workflow/names.ts';
import { handler, only, openNamedEngine, pathOf } from './command.ts';

export const extract = handler(commands.extract.flags, async ({ flags, positionals }, context) => {
  const { io, report } = context;
  const path = only(positionals, 'DATA');
  const file = flags.out ?? `${stemOf(path)}.features.safetensors`;
  if (!/\.(npy|safetensors)$/.test(file)) throw new UsageError(`--out takes a .npy or .safetensors file, not '${file}'`);
  const data = await readLabelled(context, pathOf(context, path), flags);
  using engine = await openNamedEngine(context, flags.engine);
  const backbone = await openBackbone(context, flags.backbone ?? defaultBackbones[data.modality], engine, flags);
  const samples = [...data.samples, ...(data.test ?? [])];
  const features = await extractFeatures(context, backbone, samples, {
    task: 'Features',
    store: storeOf(context, flags),
    batch: flags.batch,
  });
  const names = { ids: JSON.stringify(features.ids), labels: JSON.stringify(features.labels) };
  const target = pathOf(context, file);
  const written = [file];
  if (file.endsWith('.npy')) {
    const beside = file.replace(/\.npy$/, '.json');
    await io.files.write(target, encodeNpy(features.values));
    await io.files.write(pathOf(context, beside), `${JSON.stringify({ ids: features.ids, labels: features.labels })}\n`);
    written.push(beside);
  } else {
    await io.files.write(target, encodeSafetensors({ features: features.values }, { ...names, backbone: backbone.card.name }));
  }
  const [count, dimension] = features.values.shape;
  report.result(
    { files: written, shape: features.values.shape, backbone: backbone.card.name, engine: engine.backend },
    `${count} samples × ${dimension} features in ${written.map(report.paint.cyan).join(' and ')}`,
  );
  return exitCodes.ok;
});
