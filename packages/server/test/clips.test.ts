import { readdir, readFile } from 'node:fs/promises';
import { decodeClip, Tensor } from '@headstart/core';
import { runOracle, tinyClip } from '@headstart/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspectSound } from '../src/ingest/sound.ts';
import { Harness, kinds } from './support/harness.ts';
import { zip } from './support/zip.ts';

type Json = { readonly [name: string]: unknown };
const jsonOf = async (response: Response | Promise<Response>) => (await (await response).json()) as Json;

describe.each(kinds)('clips on %s', (kind) => {
  let harness: Harness;
  let server: Awaited<ReturnType<Harness['port']>>;
  let clips: { name: string; content: Uint8Array<ArrayBuffer> }[];
  beforeAll(async () => {
    harness = await Harness.open(kind);
    // A port on one database, `app.request()` on the other: both ways are walked.
    server = kind === 'pglite' ? await harness.port() : await harness.app();
    const content = new Uint8Array(await readFile(harness.project('audio.onnx')));
    await server.client.uploadBackbone('tiny-audio', [{ name: 'audio.onnx', content }], { audio: { seconds: 0.5, longest: 2 } });
    const names = (await readdir(harness.project('clips'))).sort();
    clips = await Promise.all(
      names.map(async (name) => ({ name, content: new Uint8Array(await readFile(harness.project('clips', name))) })),
    );
  });
  afterAll(() => harness[Symbol.asyncDispose]());

  const dataset = async (name: string) => String((await jsonOf(server.post('/v1/datasets', { name }))).id);
  const samplesOf = async (id: string) => (await jsonOf(server.ask(`/v1/datasets/${id}/samples?limit=1000`))).samples as Json[];

  let tones = '';
  test('files named <label>_<speaker>_<n>: classes and speakers come from their names, what is damaged is named', async () => {
    tones = await dataset('Tones');
    const bad = [
      { name: 'low_cut.wav', content: tinyClip(300).slice(0, 1000) },
      { name: 'low_none.mp3', content: new TextEncoder().encode('no sound at all') },
      { name: 'low_phone.m4a', content: new TextEncoder().encode('\0\0\0\x20ftypM4A ') },
    ];
    const report = await server.client.upload(tones, [...clips, ...bad], { groupPart: 2 });
    expect(report.accepted).toBe(24);
    expect(report.skipped.map(({ reason }) => reason)).toEqual([
      "'low_cut.wav' is not a recording that can be used: the recording is cut short: 2244 bytes are missing.",
      "'low_none.mp3' is not a recording that can be used: it is no WAV, MP3, FLAC or Ogg file.",
      "'low_phone.m4a' is not a recording that can be used: it is no WAV, MP3, FLAC or Ogg file.",
    ]);
    expect(await jsonOf(server.ask(`/v1/datasets/${tones}`))).toMatchObject({
      modality: 'audio',
      classes: [
        { label: 'high', samples: 12 },
        { label: 'low', samples: 12 },
      ],
    });
    const samples = await samplesOf(tones);
    expect(samples[0]).toMatchObject({ name: 'high_ann_0.wav', label: 'high', group: 'ann', type: 'audio/wav', seconds: 0.2 });
    expect(new Set(samples.map(({ group }) => group))).toEqual(new Set(['ann', 'bob', 'eve']));
  });

  test('Ogg Opus is taken, and its headers tell how much it unpacks to', async () => {
    const content = new Uint8Array(await readFile(new URL('../../core/test/data/tone-stereo.opus', import.meta.url)));
    const id = await dataset('Phone');
    expect((await server.client.upload(id, [{ name: 'low_ann_1.opus', content }])).accepted).toBe(1);
    const [sample] = await samplesOf(id);
    expect(sample).toMatchObject({ type: 'audio/ogg', seconds: expect.closeTo(0.51, 2) });
    const decoded = 2 * 48_000 * 0.51;
    const { most } = inspectSound(content, 'low_ann_1.opus', { clipSeconds: 60 });
    expect(most).toBeGreaterThanOrEqual(decoded);
    expect(most).toBeLessThan(1.2 * decoded);
  });

  test('a clip is shown as its waveform, given back as it came, relabelled and regrouped', async () => {
    const [first] = await samplesOf(tones);
    const at = `/v1/datasets/${tones}/samples/${first?.id}`;
    const picture = await server.ask(`${at}/thumbnail?size=200`);
    expect(picture.headers.get('content-type')).toBe('image/svg+xml');
    expect(await picture.text()).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="200" height="100" .*<path [^>]*d="M[\d.,L-]+Z"\/><\/svg>$/,
    );
    expect(new Uint8Array(await (await server.ask(`${at}/file`)).arrayBuffer())).toEqual(clips[0]?.content);
    const change = (body: Json) => jsonOf(server.post(at, body, server.key, 'PATCH'));
    expect(await change({ label: 'shrill', group: 'dan' })).toMatchObject({ label: 'shrill', group: 'dan' });
    expect(await change({ label: 'high' })).toMatchObject({ label: 'high', group: 'dan' });
    expect(await change({ group: 'ann' })).toMatchObject({ group: 'ann' });
    expect(await change({})).toMatchObject({ status: 400, detail: "There is neither a 'label' nor a 'group' in the body." });
  });

  test('a model of tones: no speaker on both sides, predictions by file and base64, the same by its ONNX file elsewhere', async () => {
    const params = { kind: 'train', dataset: tones, backbone: 'tiny-audio', alias: 'tones', l2: 0.1 };
    const { id } = await jsonOf(server.post('/v1/jobs', params));
    expect(await server.client.finished(String(id))).toMatchObject({ samples: 24, dimension: 8, accuracy: 1 });
    // One speaker of three is held out, whole: eight clips.
    const model = await jsonOf(server.ask('/v1/models/tones'));
    expect(model).toMatchObject({ modality: 'audio', samples: 16, onnx: true, report: true });
    const { metrics } = (await jsonOf(server.ask('/v1/models/tones/metrics'))) as { metrics: Json };
    expect(metrics.samples).toBe(8);

    const [high, low] = [tinyClip(1700, 0.3), tinyClip(310, 0.3)];
    const input = [
      { audio: Buffer.from(high).toString('base64') },
      `data:audio/wav;base64,${Buffer.from(low).toString('base64')}`,
      { audio: 'AAAA' },
    ];
    const { predictions } = (await jsonOf(server.post('/v1/models/tones/predict', { input }))) as { predictions: Json[] };
    expect(predictions).toMatchObject([
      { label: 'high' },
      { label: 'low' },
      { error: "'input[2]' is not a recording that can be used: it is no WAV, MP3, FLAC or Ogg file." },
    ]);
    const form = new FormData();
    form.append('files', new Blob([low]), 'low.wav');
    const sent = (await jsonOf(server.ask('/v1/models/tones/predict', { method: 'POST', body: form }))) as { predictions: Json[] };
    expect(sent.predictions).toMatchObject([{ label: 'low', confidence: predictions[1]?.confidence }]);

    // At the model's own rate a clip is only put in the middle of half a second, and so it can be fed elsewhere.
    const fast = tinyClip(500, 0.3);
    new DataView(fast.buffer).setUint32(24, 16_000, true);
    const { samples } = await decodeClip(fast);
    const waveform = new Float32Array(8000);
    waveform.set(samples, (8000 - samples.length) / 2);
    const onnx = new Uint8Array(await (await server.ask('/v1/models/tones/onnx')).arrayBuffer());
    const { probabilities } = await runOracle(onnx, { waveform: Tensor.from(waveform, [1, 8000]) });
    const asked = await jsonOf(server.post('/v1/models/tones/predict', { input: { audio: Buffer.from(fast).toString('base64') } }));
    const [{ top }] = asked.predictions as [{ top: { label: string; probability: number }[] }];
    for (const [index, label] of ['high', 'low'].entries()) {
      expect(top.find((each) => each.label === label)?.probability).toBeCloseTo(Number(probabilities?.toNumbers()[index]), 4);
    }
  });

  test('a zip of a folder of named clips, and a zip with lists: parts of a recording, speakers, splits', async () => {
    const named = await dataset('Zipped');
    const entries = clips.slice(0, 3).concat(clips.slice(-3));
    await server.client.upload(named, [
      { name: 'clips.zip', content: zip(entries.map(({ name, content }) => ({ name: `clips/${name}`, content }))) },
    ]);
    expect((await samplesOf(named)).map(({ label }) => label)).toEqual(['high', 'high', 'high', 'low', 'low', 'low']);

    const listed = await dataset('Listed');
    const archive = zip([
      { name: 'data/talk.wav', content: tinyClip(440, 2) },
      { name: 'data/other.wav', content: tinyClip(220, 0.5) },
      { name: 'data/spare.wav', content: tinyClip(220, 0.5) },
      {
        name: 'data/train.csv',
        content:
          'path,label,start,end,speaker\ntalk.wav,a,0.5,1.25,ann\ntalk.wav,b,1.5,,bob\ntalk.wav,b,3,4,bob\n../../etc/x.wav,b,,,bob\n',
      },
      { name: 'data/test.csv', content: 'path,label,speaker\nother.wav,a,eve\n' },
    ]);
    const report = await server.client.upload(listed, [{ name: 'talk.zip', content: archive }]);
    expect(report.accepted).toBe(3);
    expect(report.skipped.map(({ reason }) => reason).sort()).toEqual([
      'No list in the archive names it.',
      "The archive has no file '../../etc/x.wav'.",
      'There is no such part: 3 s to 4 s of 2.00 s.',
    ]);
    const samples = (await samplesOf(listed)).toSorted((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
    expect(samples).toMatchObject([
      { name: 'data/other.wav', label: 'a', group: 'eve', split: 'test', seconds: 0.5 },
      { name: 'data/talk.wav 0.5–1.25 s', label: 'a', group: 'ann', split: null, seconds: 0.75 },
      { name: 'data/talk.wav 1.5–end s', label: 'b', group: 'bob', split: null, seconds: 0.5 },
    ]);
    const part = new Uint8Array(await (await server.ask(`/v1/datasets/${listed}/samples/${samples[1]?.id}/file`)).arrayBuffer());
    expect((await decodeClip(part)).samples).toEqual((await decodeClip(tinyClip(440, 2))).samples.slice(4000, 10_000));
  });

  test('groups of texts: a column of the table, or one by one', async () => {
    const id = await dataset('Letters');
    await server.client.upload(id, [{ name: 'letters.csv', content: 'text,label,who\ngood film,good,ann\nbad day,bad,bob\n' }], {
      groupColumn: 'who',
    });
    await server.post(`/v1/datasets/${id}/samples`, { samples: [{ text: 'fine food', label: 'good', group: 'ann' }] });
    expect((await samplesOf(id)).map(({ group }) => group)).toEqual(['ann', 'bob', 'ann']);
  });
});
