import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resampleClip } from '../../src/backbone/audio.ts';
import { loadBackbone } from '../../src/backbone/backbone.ts';
import { clipOf } from '../../src/backbone/clip.ts';
import { type Dataset, readDataset } from '../../src/backbone/dataset.ts';
import type { Features } from '../../src/backbone/extract.ts';
import type { Sample } from '../../src/backbone/sample.ts';
import { stratifiedSplit } from '../../src/backbone/split.ts';
import { emitLogMel } from '../../src/ops/log-mel/emit.ts';
import { newBuilder } from '../../src/ops/registry.ts';
import type { Engine } from '../../src/session/engine.ts';
import { openEngine } from '../../src/session/open-engine.ts';
import { Tensor } from '../../src/tensor/tensor.ts';
import { trainHead } from '../../src/train/head.ts';

/** From recordings to accuracy, on voices that were heard and on one that was not, against the mean log-mel spectrum under the same head. */
const shared = resolve(import.meta.dirname, '../../../../../shared');
if (!existsSync(shared)) throw new Error(`these tests need ${shared}: put the shared folder beside the checkout`);

const speakers = ['jackson', 'nicolas', 'theo'];

describe('spoken digits', () => {
  let cache: string;
  let engine: Engine;
  let data: Dataset;
  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), 'headstart-digits-'));
    engine = await openEngine();
    data = await readDataset(resolve(shared, 'datasets/spoken-digits'), { groupPattern: /_(.*)_/ });
  });
  afterAll(async () => {
    engine.dispose();
    await rm(cache, { recursive: true, maxRetries: 5 });
  });

  test('the dataset is read with nothing said', () => {
    expect(data.modality).toBe('audio');
    expect(data.classes).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(data.samples).toHaveLength(600);
    expect(new Set(data.samples.map(({ group }) => group))).toEqual(new Set(speakers));
  });

  test('speech-embedding: at least 97 % on voices heard, 85 % on a voice not heard', { timeout: 900_000 }, async () => {
    using backbone = await loadBackbone('speech-embedding', { engine });
    const features = await backbone.extract(data.samples, { store: join(cache, 'features') });
    expect(features.skipped).toEqual([]);
    expect(features.values.shape).toEqual([600, 192]);
    const ours = await measure(features);
    const baseline = await measure(await meanLogMel());
    console.log(table({ 'speech-embedding': ours, 'mean log-mel': baseline }));
    expect(ours.heard).toBeGreaterThanOrEqual(0.97);
    expect(mean(ours.unheard)).toBeGreaterThanOrEqual(0.85);
    expect(mean(ours.unheard)).toBeGreaterThan(mean(baseline.unheard) + 0.2);
  });

  test('a stream computes each vector once, and gives the numbers of clips cut out of it', { timeout: 900_000 }, async () => {
    using backbone = await loadBackbone('speech-embedding', { engine });
    const parts: number[] = [];
    for (const sample of data.samples.slice(0, 10)) parts.push(...resampleClip(await clipOf(sample), 16000).samples);
    const signal = Float32Array.from({ length: 48000 }, (_, at) => parts[at % parts.length] as number);
    using stream = backbone.stream();
    expect([stream.hop, stream.window]).toEqual([0.08, 2]);
    const rows: number[] = [];
    for (let start = 0; start < signal.length; start += 10000) {
      rows.push(...((await stream.push(signal.subarray(start, start + 10000))).values.toNumbers() as number[]));
    }
    const clips = Array.from({ length: rows.length / 192 }, (_, index) => ({
      id: `${index}`,
      clip: { rate: 16000, samples: signal.slice(index * 1280, index * 1280 + 32000) },
    }));
    expect(clips.length).toBe(Math.floor((48000 - 12512) / 1280) + 1 - 15);
    const { values } = await backbone.extract(clips, { store: false });
    const expected = values.toNumbers() as number[];
    rows.forEach((value, index) => {
      expect(Math.abs(value - (expected[index] as number))).toBeLessThan(1e-3 * (1 + Math.abs(value)));
    });
  });

  interface Measured {
    /** Accuracy on a fifth of the clips, drawn by class. */
    readonly heard: number;
    /** Accuracy on each speaker after training on the other two. */
    readonly unheard: readonly number[];
  }

  async function measure(features: Pick<Features, 'ids' | 'labels' | 'values'>): Promise<Measured> {
    const accuracy = async (isHeld: (sample: Sample) => boolean) => {
      const train = rowsOf(features, (sample) => !isHeld(sample));
      const result = await trainHead(train, { engine, l2: 'auto', folds: 5, seed: 0 });
      return result.evaluate(rowsOf(features, isHeld)).accuracy;
    };
    const ungrouped = data.samples.map(({ group: _, ...sample }) => sample);
    const held = new Set(stratifiedSplit(ungrouped, { fraction: 0.2, seed: 0 }).test.map(({ id }) => id));
    const heard = await accuracy(({ id }) => held.has(id));
    const unheard: number[] = [];
    for (const speaker of speakers) unheard.push(await accuracy(({ group }) => group === speaker));
    return { heard, unheard };
  }

  function rowsOf({ ids, labels, values }: Pick<Features, 'ids' | 'labels' | 'values'>, isWanted: (sample: Sample) => boolean) {
    const byId = new Map(data.samples.map((sample) => [sample.id, sample]));
    const rows = ids.map((_, row) => row).filter((row) => isWanted(byId.get(ids[row] as string) as Sample));
    const dimension = values.shape[1] as number;
    const numbers = rows.flatMap((row) => [...(values.data as Float32Array).subarray(row * dimension, (row + 1) * dimension)]);
    return {
      ids: rows.map((row) => ids[row] as string),
      labels: rows.map((row) => labels[row] as string),
      values: Tensor.from(Float32Array.from(numbers), [rows.length, dimension]),
    };
  }

  /** Forty mel bands in decibels, the mean over the frames of each clip: what needs no pretrained model. */
  async function meanLogMel() {
    const g = newBuilder();
    const shape = { scale: 'slaney', unitArea: true, power: 2, centre: true, log: 'db', floor: 1e-10 } as const;
    const waveform = g.input('waveform', 'float32', ['batch', 'samples']);
    const bands = emitLogMel(g, waveform, { rate: 16000, fft: 512, hop: 160, mels: 40, low: 20, high: 8000, ...shape }, 17);
    using session = await engine.load(
      g.build([g.add('ReduceMean', [bands], { axes: [2], keepdims: 0 }, { opset: 17, outputs: ['mean'] })]),
    );
    const rows: number[] = [];
    for (const sample of data.samples) {
      const { samples } = resampleClip(await clipOf(sample), 16000);
      const { mean: row } = await session.run({ waveform: Tensor.from(samples, [1, samples.length]) });
      rows.push(...((row?.toNumbers() ?? []) as number[]));
    }
    return {
      ids: data.samples.map(({ id }) => id),
      labels: data.samples.map(({ label }) => label ?? ''),
      values: Tensor.from(Float32Array.from(rows), [600, 40]),
    };
  }

  function table(results: Readonly<Record<string, Measured>>): string {
    const percent = (share: number) => `${(100 * share).toFixed(1)} %`.padStart(9);
    const rows = Object.entries(results).map(([name, { heard, unheard }]) =>
      [name.padEnd(18), ...[heard, ...unheard, mean(unheard)].map(percent)].join(''),
    );
    return [`${''.padEnd(18)}${['heard', ...speakers, 'mean'].map((name) => name.padStart(9)).join('')}`, ...rows].join('\n');
  }
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
