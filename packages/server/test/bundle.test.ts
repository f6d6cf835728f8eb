import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BackboneReference, builtInCards, openEngine, Tensor, trainHead } from '@headstart/core';
import { expect, test } from 'vitest';
import { readBundle } from '../src/projects/bundle.ts';

/** A bundle on a built-in backbone that was fed in some way, without the backbone being there. */
async function bundleOn(name: string, change: Partial<BackboneReference>): Promise<Uint8Array> {
  const {
    title: _title,
    homepage: _homepage,
    bytes: _bytes,
    sha256 = '',
    ...card
  } = builtInCards.find((each) => each.name === name) as never as (typeof builtInCards)[number];
  const files = Object.fromEntries([{ path: card.model, sha256 }, ...card.files].map((file) => [file.path, file.sha256 ?? '']));
  const reference = { ...card, files, precision: 'f32', normalise: card.normalise ?? false, dimension: 2, ...change } as BackboneReference;
  using engine = await openEngine({ backend: 'wasm' });
  const values = Tensor.from(Float32Array.of(0, 1, 1, 0, 0, 2, 2, 0), [4, 2]);
  const result = await trainHead(
    { ids: ['a', 'b', 'c', 'd'], labels: ['x', 'y', 'x', 'y'], values, backbone: reference },
    { engine, l2: 0.1 },
  );
  const path = join(tmpdir(), `headstart-bundle-${crypto.randomUUID()}`);
  await result.save(path);
  const bytes = await readFile(path);
  await rm(path);
  return bytes;
}

const none = async () => undefined;

test.each(['minilm-l6', 'densenet121', 'speech-embedding'])('a bundle on %s as it comes is served by the card itself', async (name) => {
  const { spec } = await readBundle(await bundleOn(name, {}), 'x.headstart', none, false);
  expect(spec).toEqual({ card: builtInCards.find((each) => each.name === name) });
});

test('another size is the card at that size; another cut is a backbone of its own', async () => {
  const card = builtInCards.find(({ name }) => name === 'densenet121') as (typeof builtInCards)[number];
  const image = { ...card.image, height: 96, width: 96 } as NonNullable<BackboneReference['image']>;
  expect((await readBundle(await bundleOn('densenet121', { image }), 'x', none, false)).spec).toEqual({ card, size: 96 });
  const { spec } = await readBundle(await bundleOn('densenet121', { cut: 'elsewhere' }), 'x', none, false);
  expect(spec.card).toMatchObject({ name: 'densenet121', cut: 'elsewhere', sha256: card.sha256, source: card.source });
});

test('what cannot be served is refused with the reason', async () => {
  const refused = async (name: string, change: Partial<BackboneReference>) =>
    readBundle(await bundleOn(name, change), 'x.headstart', none, false).then(
      () => '',
      (error: Error) => error.message,
    );
  expect(await refused('minilm-l6', { shuffleSeed: 1 })).toContain('had its weights shuffled');
  expect(await refused('minilm-l6', { files: { '../../x': 'a'.repeat(64) }, model: '../../x' })).toContain('leads out of its folder');
  expect(await refused('minilm-l6', { source: 'file:/etc/', name: 'etc' })).toContain("the files of its backbone 'etc' are not here");
  expect(await refused('minilm-l6', { dimension: 3 })).toContain('its head does not fit');
});
