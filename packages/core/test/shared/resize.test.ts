import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ImagePreprocessing, ImagePreprocessor } from '../../src/backbone/image.ts';
import type { Picture } from '../../src/platform/platform.ts';
import type { Engine } from '../../src/session/engine.ts';
import { openEngine } from '../../src/session/open-engine.ts';
import { decodeNpy } from '../../src/tensor/npy.ts';

/** What Pillow's antialiased resize gives, against ours on the GPU and on the host. */
const folder = resolve(import.meta.dirname, '../../../../../shared/fixtures/resize');
if (!existsSync(folder)) throw new Error(`these tests need ${folder}: put the shared folder beside the checkout`);

interface Case {
  readonly source: string;
  readonly filter: 'bilinear' | 'bicubic' | 'lanczos';
  readonly height: number;
  readonly width: number;
  readonly expected: string;
}
const { cases } = JSON.parse(readFileSync(resolve(folder, 'cases.json'), 'utf8')) as { cases: Case[] };

function pictureOf(file: string): Picture {
  const { shape, data } = decodeNpy(new Uint8Array(readFileSync(resolve(folder, file))));
  const [height = 0, width = 0] = shape;
  return { height, width, data: Uint8Array.from(data as Uint8Array) };
}

describe.each(['webgpu', 'wasm'] as const)('%s', (backend) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine({ backend });
  });
  afterAll(() => engine.dispose());

  test.each(cases)('$expected', async ({ source, filter, height, width, expected }) => {
    const spec: ImagePreprocessing = { height, width, fit: 'stretch', filter, channels: 'rgb', scale: 1, mean: [0, 0, 0], std: [1, 1, 1] };
    const preprocessor = new ImagePreprocessor(engine, { ...spec, layout: 'NHWC' });
    const input = await preprocessor.prepare([pictureOf(source)]);
    const actual = await input.read();
    const { data } = pictureOf(expected);
    expect(actual.shape).toEqual([1, height, width, 3]);
    let worst = 0;
    for (let offset = 0; offset < data.length; offset++) worst = Math.max(worst, Math.abs(actual.at(offset) - (data[offset] as number)));
    expect(worst).toBe(0);
    input.dispose();
    preprocessor.dispose();
  });
});
