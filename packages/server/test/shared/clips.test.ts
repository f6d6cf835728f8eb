import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Harness } from '../support/harness.ts';
import { zip } from '../support/zip.ts';

const digits = join(import.meta.dirname, '../../../../../shared/datasets/spoken-digits');

test('spoken digits: a zip of named clips, speakers on one side, a model by speech-embedding, predictions of a voice not heard', async () => {
  await using harness = await Harness.open();
  // The built-in backbone comes from the cache that all front ends share.
  const { client, post } = await harness.port({ cache: undefined as never });
  const names = (await readdir(digits)).filter((name) => name.endsWith('.wav')).sort();
  // A third of the clips, all three speakers.
  const some = names.filter((name) => Number(/_(\d+)\.wav$/.exec(name)?.[1]) % 3 === 0);
  const archive = zip(
    await Promise.all(some.map(async (name) => ({ name: `digits/${name}`, content: await readFile(join(digits, name)) }))),
  );
  const { id } = await (await client.api.v1.datasets.$post({ json: { name: 'Digits' } })).json();
  const report = await client.upload(id, [{ name: 'digits.zip', content: archive }], { groupPart: 2 });
  expect(report).toEqual({ accepted: some.length, skipped: [], skippedCount: 0 });
  const shown = await (await client.api.v1.datasets[':id'].$get({ param: { id } })).json();
  expect([shown.modality, shown.classes.length]).toEqual(['audio', 10]);
  const job = await (await client.api.v1.jobs.$post({ json: { kind: 'train', dataset: id, alias: 'digits', exportOnnx: false } })).json();
  const result = await client.finished(job.id);
  // One speaker is held out whole: chance is 10 %, and 79 to 99 % were seen with all clips.
  expect(result.accuracy).toBeGreaterThan(0.6);
  const others = names.filter((name) => !some.includes(name)).filter((_, index) => index % 20 === 0);
  const input = await Promise.all(others.map(async (name) => ({ audio: (await readFile(join(digits, name))).toString('base64') })));
  const { predictions } = (await (await post('/v1/models/digits/predict', { input })).json()) as { predictions: { label: string }[] };
  const right = predictions.filter(({ label }, index) => others[index]?.startsWith(`${label}_`)).length;
  expect(right / others.length).toBeGreaterThan(0.7);
});
