import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeNpy, decodeSafetensors } from '@headstart/core';
import { writeTinyProject } from '@headstart/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../main.ts';
import { fakeIo } from '../testing.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headstart-workflow-'));
  await writeTinyProject(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Event = Readonly<Record<string, unknown>> & { readonly event: string; readonly message?: string };

async function headstart(argv: readonly string[], stdin = '') {
  const io = fakeIo({ cwd: folder, stdin });
  const code = await main([...argv, '--json', '--cache', join(folder, 'cache'), '--engine', 'wasm'], io, new AbortController().signal);
  const events = io
    .out()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
  return { code, events, last: events.at(-1) as Event };
}

describe('pictures', () => {
  const train = ['train', './photos', '--backbone', 'image.onnx'];

  test('train needs no more than data and writes bundle, ONNX and report', async () => {
    const { code, last, events } = await headstart(train);
    expect(last).toMatchObject({ event: 'result', engine: 'wasm', metrics: { labels: ['blue', 'red'], accuracy: 1 } });
    expect(code).toBe(0);
    expect(events.some(({ event, task }) => event === 'progress' && task === 'Features to train on')).toBe(true);
    const report = await readFile(join(folder, 'photos.report.html'), 'utf8');
    expect(report).toContain('data:image/png;base64,');
    expect((await readFile(join(folder, 'photos.onnx'))).length).toBeGreaterThan(1000);
  });

  test('the second run computes no feature, and gives the same bundle byte for byte', async () => {
    const before = await readFile(join(folder, 'photos.headstart'));
    const { events } = await headstart(train);
    expect(events.filter(({ message }) => message?.includes('nothing is computed twice'))).toHaveLength(2);
    expect((await readFile(join(folder, 'photos.headstart'))).equals(before)).toBe(true);
  });

  test('predict names files and folders as they were given; what is no picture is skipped and named', async () => {
    await writeFile(join(folder, 'photos/red/broken.png'), 'no picture');
    const { code, events, last } = await headstart(['predict', 'photos.headstart', 'photos/blue/3.png', 'photos/red']);
    expect(code).toBe(0);
    const items = events.filter(({ event }) => event === 'item');
    expect(items).toHaveLength(13);
    expect(items[0]).toMatchObject({ id: 'photos/blue/3.png', label: 'blue' });
    expect(items.slice(1).every(({ id, label }) => String(id).startsWith(join('photos', 'red')) && label === 'red')).toBe(true);
    expect(last).toMatchObject({ samples: 13, skipped: 1 });
    expect(events.find(({ event }) => event === 'warning')?.message).toContain('broken.png');
  });

  test('evaluate measures and writes a report', async () => {
    const { code, last } = await headstart(['evaluate', 'photos.headstart', 'photos', '--out', 'again.html']);
    expect(code).toBe(0);
    expect(last).toMatchObject({ metrics: { samples: 24, accuracy: 1 }, report: 'again.html' });
    expect(await readFile(join(folder, 'again.html'), 'utf8')).toContain('Class by class');
  });

  test('export writes an ONNX file and says how far its logits are from ours', async () => {
    const { code, last } = await headstart(['export', 'photos.headstart', '--out', 'merged.onnx']);
    expect(code).toBe(0);
    expect(last).toMatchObject({ file: 'merged.onnx', outputs: ['logits', 'probabilities'], labels: ['blue', 'red'] });
    expect(last.difference).toBeLessThan(1e-4);
    const { last: inspected } = await headstart(['inspect', 'merged.onnx']);
    expect((inspected.outputs as { name: string }[]).map(({ name }) => name)).toEqual(['logits', 'probabilities']);
  });

  test('inspect tells what a bundle is', async () => {
    const { last } = await headstart(['inspect', 'photos.headstart']);
    expect(last).toMatchObject({ labels: ['blue', 'red'], training: { kind: 'logistic', samples: 20 }, backbone: { dimension: 12 } });
  });

  test('extract writes the same features as .npy and as .safetensors', async () => {
    await headstart(['extract', 'photos', '--backbone', 'image.onnx', '--out', 'f.npy']);
    const { last } = await headstart(['extract', 'photos', '--backbone', 'image.onnx', '--out', 'f.safetensors']);
    expect(last).toMatchObject({ event: 'result', shape: [24, 12] });
    const npy = decodeNpy(await readFile(join(folder, 'f.npy')));
    const { tensors, metadata } = decodeSafetensors(await readFile(join(folder, 'f.safetensors')));
    expect(tensors.get('features')).toEqual(npy);
    expect(JSON.parse(metadata.labels ?? '')).toHaveLength(24);
  });
});

describe('texts', () => {
  test('train on a table, then predict a text a line from standard input', async () => {
    const { code, last } = await headstart(['train', 'reviews.csv', '--backbone', 'text/model.onnx', '--l2', '0.001']);
    expect(last).toMatchObject({ event: 'result', metrics: { labels: ['bad', 'good'] } });
    expect(code).toBe(0);
    const { events } = await headstart(['predict', 'reviews.headstart', '-', '--top', '2'], 'a good film\n\nthe day was awful\n');
    const items = events.filter(({ event }) => event === 'item') as unknown[] as {
      id: string;
      top: { label: string; probability: number }[];
    }[];
    expect(items.map(({ id }) => id)).toEqual(['line 1', 'line 3']);
    for (const { top } of items) {
      expect(top.map(({ label }) => label).sort()).toEqual(['bad', 'good']);
      expect((top[0]?.probability ?? 0) + (top[1]?.probability ?? 0)).toBeCloseTo(1, 6);
    }
    const [first, second] = items.map(({ top }) => top.find(({ label }) => label === 'good')?.probability ?? 0) as [number, number];
    expect(first).toBeGreaterThan(second);
  });
});

describe('clips', () => {
  test('train on names in one folder, no speaker on both sides; then predict, evaluate and export', async () => {
    const { code, last } = await headstart(['train', 'clips', '--backbone', 'audio.onnx', '--group', '_(.*)_']);
    expect(last).toMatchObject({ event: 'result', metrics: { labels: ['high', 'low'], samples: 8, accuracy: 1 } });
    expect(code).toBe(0);
    const { events } = await headstart(['predict', 'clips.headstart', 'clips/low_bob_1.wav', 'clips']);
    const items = events.filter(({ event }) => event === 'item');
    expect(items).toHaveLength(25);
    for (const { id, label } of items) expect(String(id)).toContain(`${label}_`);
    expect((await headstart(['evaluate', 'clips.headstart', 'clips'])).last).toMatchObject({ metrics: { samples: 24, accuracy: 1 } });
    const { last: exported } = await headstart(['export', 'clips.headstart', '--out', 'clips-again.onnx']);
    expect(exported.difference).toBeLessThan(1e-4);
    const { last: inspected } = await headstart(['inspect', 'clips-again.onnx']);
    expect((inspected.inputs as { name: string }[]).map(({ name }) => name)).toEqual(['waveform']);
  });

  test('listen reports what is in a recording, and in samples on standard input', async () => {
    const { code, events, last } = await headstart(['listen', 'clips.headstart', 'clips/low_bob_1.wav', '--threshold', '0.6']);
    expect(code).toBe(0);
    expect(last).toMatchObject({ event: 'result', settings: { threshold: 0.6, smoothing: 0.4, ignore: [] } });
    expect(events.filter(({ event }) => event === 'item').map(({ label }) => label)).toContain('low');
    await writeFile(join(folder, 'truth.csv'), 'label,start,end\nlow,0,0.2\n');
    const { last: measured } = await headstart(['listen', 'clips.headstart', 'clips/low_bob_1.wav', '--truth', 'truth.csv']);
    expect(measured).toMatchObject({ metrics: { occurrences: 1, missed: 0, seconds: 0.2 } });
    expect((measured.curve as unknown[]).length).toBeGreaterThan(20);
    const { last: wrong } = await headstart(['listen', 'photos.headstart', 'clips/low_bob_1.wav']);
    expect(wrong.message).toContain('this bundle does not take sound');
  });

  test('changed copies are learned from, and counted; pictures have none', async () => {
    const { code, last } = await headstart([
      'train',
      'clips',
      '--backbone',
      'audio.onnx',
      '--augment',
      '1',
      '--out',
      'augmented.headstart',
    ]);
    expect(code).toBe(0);
    expect(last).toMatchObject({ training: { samples: 40 }, metrics: { samples: 4 } });
    expect((await headstart(['train', 'photos', '--backbone', 'image.onnx', '--augment', '1'])).last.message).toContain(
      '--augment is for clips',
    );
  });

  test('a recording that is none is skipped and named', async () => {
    await writeFile(join(folder, 'clips/low_bob_broken.wav'), 'RIFF');
    const { events, last } = await headstart(['predict', 'clips.headstart', 'clips']);
    expect(last).toMatchObject({ samples: 24, skipped: 1 });
    expect(events.find(({ event }) => event === 'warning')?.message).toContain('low_bob_broken.wav');
  });
});

describe('what cannot be used is one clear error, with exit code 1', () => {
  test.each([
    ['no such data', ['train', 'nowhere'], 'there is no such file or folder'],
    ['one class only', ['train', 'one.csv'], "there is only one class, 'x'"],
    ['no label column', ['train', 'unlabelled.csv'], 'no label column'],
    ['another class', ['evaluate', 'photos.headstart', 'other.csv'], 'the head does not know the class'],
    ['no bundle', ['predict', 'image.onnx', 'photos'], 'image.onnx'],
    ['an unknown backbone', ['train', 'photos', '--backbone', 'resnet-9000'], "no backbone is named 'resnet-9000'"],
    ['a strength that is none', ['train', 'photos', '--l2', 'much'], 'not a strength of regularisation'],
    ['no network and an empty cache', ['train', 'photos', '--offline'], 'offline'],
  ])('%s', async (_, argv, message) => {
    await writeFile(join(folder, 'one.csv'), 'text,label\na,x\nb,x\n');
    await writeFile(join(folder, 'unlabelled.csv'), 'text,nothing\na,b\n');
    await writeFile(join(folder, 'other.csv'), 'text,label\na,x\nb,y\n');
    const { code, last } = await headstart(argv);
    expect(last.event).toBe('error');
    expect(`${last.code} ${last.message}`).toContain(message);
    expect(code).toBe(1);
  });
});
