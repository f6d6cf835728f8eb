import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { checkData, type Dataset, decodeClip, decodePicture, type Sample, stratifiedSplit } from '@headstart/core';
import type { DataProblem, Preview, PreviewOf, WorkerEvent } from './protocol.ts';
import { previewPicture } from './shrink.ts';
import { isClip, waveOf } from './wave.ts';

/** Longest text that a preview shows, in characters. */
const previewLength = 4000;
/** Skipped files named one by one; more of them are counted. */
const shownSkipped = 50;

/** Keeps the dataset that is looked at: reads it, previews its samples, and looks for what is wrong with it. */
export class DataDesk {
  readonly #tell: (event: WorkerEvent) => void;
  #samples: ReadonlyMap<string, Sample> = new Map();
  #reading = 0;

  constructor(tell: (event: WorkerEvent) => void) {
    this.#tell = tell;
  }

  async read(load: () => Promise<Dataset>, share: number, seed: number): Promise<void> {
    const turn = ++this.#reading;
    const data = await load();
    if (turn !== this.#reading) return;
    const every = [...data.samples, ...(data.test ?? [])];
    this.#samples = new Map(every.map((sample) => [sample.id, sample]));
    this.#tell({
      type: 'data',
      modality: data.modality,
      samples: every.map(({ id, label = '' }) => ({ id, label })),
      classes: data.classes,
      split: data.test !== undefined,
      problems: [
        ...data.warnings.map((message): DataProblem => ({ level: 'warning', message, ids: [] })),
        ...data.skipped
          .slice(0, shownSkipped)
          .map(({ id, reason }): DataProblem => ({ level: 'note', message: `Skipped ${id}: ${reason}`, ids: [] })),
        ...(data.skipped.length > shownSkipped
          ? [{ level: 'note', message: `${data.skipped.length - shownSkipped} more are skipped.`, ids: [] } satisfies DataProblem]
          : []),
      ],
    });
    const problems = await this.#check(data, share, seed, () => turn === this.#reading);
    if (problems && turn === this.#reading) this.#tell({ type: 'findings', problems });
  }

  /** What is wrong with the split that training would use. */
  async #check(data: Dataset, share: number, seed: number, wanted: () => boolean): Promise<readonly DataProblem[] | undefined> {
    const hashes = new Map<string, string>();
    const unreadable: DataProblem[] = [];
    for (const sample of this.#samples.values()) {
      if (!wanted()) return undefined;
      try {
        const hash = createHash('sha256').update(sample.text ?? (await sample.read?.()) ?? '');
        hashes.set(sample.id, hash.digest('hex'));
      } catch (error) {
        const message = `${sample.id} cannot be read: ${error instanceof Error ? error.message : error}`;
        unreadable.push({ level: 'warning', message, ids: [sample.id] });
      }
    }
    const { train, test } = data.test ? { train: data.samples, test: data.test } : stratifiedSplit(data.samples, { fraction: share, seed });
    const index = new Map(data.classes.map((label, position) => [label, position]));
    const known = (samples: readonly Sample[]) => samples.filter(({ id, label = '' }) => hashes.has(id) && index.has(label));
    const split = (name: string, samples: readonly Sample[]) => ({
      name,
      ids: samples.map(({ id }) => id),
      classes: samples.map(({ label = '' }) => index.get(label) as number),
      hashes: samples.map(({ id }) => hashes.get(id) as string),
    });
    const findings = checkData({ labels: data.classes, splits: [split('train', known(train)), split('test', known(test))] });
    return [...unreadable, ...findings.map(({ level, message, ids }) => ({ level, message, ids }))];
  }

  async preview(of: PreviewOf, id: string, folder: string): Promise<void> {
    const sample =
      of === 'data' ? this.#samples.get(id) : ({ id, read: async () => new Uint8Array(await readFile(resolve(folder, id))) } as Sample);
    this.#tell({ type: 'preview', ...(await this.#previewOf(id, sample)) });
  }

  async #previewOf(id: string, sample: Sample | undefined): Promise<Preview> {
    if (!sample) return { id, failure: 'This sample is no longer in the data.' };
    if (sample.text !== undefined) return { id, text: sample.text.slice(0, previewLength) };
    try {
      if (sample.clip || isClip(id))
        return { id, wave: waveOf(sample.clip ?? (await decodeClip((await sample.read?.()) ?? new Uint8Array()))) };
      const picture = sample.picture ?? (await decodePicture((await sample.read?.()) ?? new Uint8Array()));
      return { id, picture: previewPicture(picture) };
    } catch (error) {
      return { id, failure: `It cannot be decoded: ${error instanceof Error ? error.message : error}` };
    }
  }
}
