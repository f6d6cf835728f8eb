import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectClose, tinyImageModel, writeTinyProject } from '@headstart/testkit';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEngine } from '../session/open-engine.ts';
import { Tensor } from '../tensor/tensor.ts';
import { loadBackbone } from './backbone.ts';

let folder: string;
let bytes: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headstart-map-'));
  await writeFile(join(folder, 'image.onnx'), tinyImageModel());
  const noise = { type: 'gaussian', mean: 120, sigma: 60 } as const;
  bytes = new Uint8Array(
    await sharp({ create: { width: 40, height: 30, channels: 3, background: '#000', noise } })
      .png()
      .toBuffer(),
  );
});
afterAll(() => rm(folder, { recursive: true }));

test.each(['webgpu', 'wasm'] as const)('the map of a picture averages to its features on %s', async (backend) => {
  using engine = await openEngine({ backend });
  using backbone = await loadBackbone(join(folder, 'image.onnx'), { engine });
  expect(backbone.hasFeatureMap).toBe(true);
  const sample = { id: 'noise', read: async () => bytes };
  const map = await backbone.featureMap(sample);
  expect(map.shape).toEqual([12, 16, 16]);
  const values = map.toNumbers();
  const means = Array.from({ length: 12 }, (_, channel) =>
    values.slice(channel * 256, (channel + 1) * 256).reduce((sum, value) => sum + value / 256, 0),
  );
  const features = await backbone.extract([sample], { store: false, parityCheck: false });
  expectClose(Tensor.from(Float32Array.from(means), [1, 12]), features.values, 'means', 1e-5);
});

test('what is no average over the picture has none', async () => {
  await writeTinyProject(folder);
  using engine = await openEngine({ backend: 'wasm' });
  using backbone = await loadBackbone(join(folder, 'text', 'model.onnx'), { engine });
  expect(backbone.hasFeatureMap).toBe(false);
  await expect(backbone.featureMap('a good film')).rejects.toThrow('there is no map of it');
});
