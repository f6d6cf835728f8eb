import { join, resolve } from 'node:path';
import { type Bundle, EngineError, openBundle, readDataset, type Sample } from '@headstart/core';
import type { Bench } from './bench.ts';
import { expandHome } from './paths.ts';
import type { Classified } from './protocol.ts';

/** Samples of a folder that are classified at once; the screen shows no more. */
const most = 64;

let kept: { readonly path: string; readonly bundle: Bundle } | undefined;

/** What a bundle says of a text, a picture or a folder of pictures. The bundle stays open for the next one. */
export async function classify(
  { engine, hub }: Pick<Bench, 'engine' | 'hub'>,
  folder: string,
  path: string,
  input: string,
): Promise<readonly Classified[]> {
  const whole = resolve(folder, path);
  if (kept?.path !== whole) {
    kept?.bundle.dispose();
    kept = { path: whole, bundle: await openBundle(whole, { ...hub, engine }) };
  }
  const { bundle } = kept;
  const samples = bundle.backbone?.modality === 'text' ? [{ id: input, text: input }] : await picturesAt(folder, input);
  const skipped: string[] = [];
  const predictions = await bundle.predict(samples, { onSkipped: ({ reason }) => skipped.push(reason) });
  if (predictions.length === 0) throw new EngineError('invalid-data', skipped[0] ?? 'there is nothing to classify', { where: input });
  return predictions.map(({ id, probabilities }) => ({
    id,
    ranked: bundle.labels
      .map((label, index) => ({ label, probability: probabilities[index] ?? 0 }))
      .sort((a, b) => b.probability - a.probability),
  }));
}

async function picturesAt(folder: string, input: string): Promise<readonly Sample[]> {
  const path = resolve(folder, expandHome(input));
  const { samples } = await readDataset(path, { labelled: false });
  // Named by paths that lead to them.
  return samples.slice(0, most).map((sample) => ({ ...sample, id: sample.id === path ? path : join(path, sample.id) }));
}
