import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Picture } from '../platform/platform.ts';
import type { Engine } from '../session/engine.ts';
import { openEngine } from '../session/open-engine.ts';
import { type ImagePreprocessing, ImagePreprocessor } from './image.ts';

const plain: ImagePreprocessing = {
  height: 2,
  width: 2,
  fit: 'stretch',
  filter: 'nearest',
  channels: 'rgb',
  scale: 1,
  mean: [0, 0, 0],
  std: [1, 1, 1],
};

/** height × width pixels; red counts columns, green rows, blue is 100. */
function grid(width: number, height: number): Picture {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, offset) => {
    const pixel = Math.floor(offset / 3);
    return [pixel % width, Math.floor(pixel / width), 100][offset % 3] as number;
  });
  return { width, height, data };
}

describe.each(['webgpu', 'wasm'] as const)('%s', (backend) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine({ backend });
  });
  afterAll(() => engine.dispose());

  async function prepare(
    pictures: readonly Picture[],
    spec: Partial<ImagePreprocessing>,
  ): Promise<{ shape: readonly number[]; values: number[] }> {
    const preprocessor = new ImagePreprocessor(engine, { ...plain, ...spec });
    const device = await preprocessor.prepare(pictures);
    const tensor = await device.read();
    device.dispose();
    preprocessor.dispose();
    return { shape: tensor.shape, values: tensor.toNumbers() };
  }

  test('crop takes the middle of the shorter edge resized', async () => {
    const { shape, values } = await prepare([grid(8, 4)], { fit: 'crop', shortest: 4 });
    expect(shape).toEqual([1, 3, 2, 2]);
    expect(values).toEqual([3, 4, 3, 4, 1, 1, 2, 2, 100, 100, 100, 100]);
    // The longer edge is truncated: 3 × 5 resized to 4 has 6 rows, of which the middle two are 2 and 3.
    expect((await prepare([grid(3, 5)], { fit: 'crop', shortest: 4 })).values.slice(4, 8)).toEqual([2, 2, 2, 2]);
  });

  test('pad keeps the whole picture and fills the rest', async () => {
    const { values } = await prepare([grid(4, 2)], { fit: 'pad', height: 4, width: 4, fill: [9, 8, 7] });
    expect(values.slice(0, 16)).toEqual([9, 9, 9, 9, 0, 1, 2, 3, 0, 1, 2, 3, 9, 9, 9, 9]);
    expect(values.slice(32, 36)).toEqual([7, 7, 7, 7]);
  });

  test('blue first, grey, and channels last', async () => {
    expect((await prepare([grid(2, 2)], { channels: 'bgr', mean: [100, 0, 0], std: [1, 1, 2] })).values).toEqual([
      0, 0, 0, 0, 0, 0, 1, 1, 0, 0.5, 0, 0.5,
    ]);
    const white = { width: 2, height: 2, data: new Uint8Array(12).fill(255) };
    expect(await prepare([white], { channels: 'grey', scale: 1 / 255 })).toEqual({ shape: [1, 1, 2, 2], values: [1, 1, 1, 1] });
    const green = { width: 1, height: 1, data: Uint8Array.of(0, 255, 0) };
    expect((await prepare([green], { channels: 'grey' })).values[0]).toBe(150);
    expect(await prepare([grid(2, 2)], { layout: 'NHWC' })).toEqual({
      shape: [1, 2, 2, 3],
      values: [0, 0, 100, 1, 0, 100, 0, 1, 100, 1, 1, 100],
    });
  });

  test('a batch of pictures of many sizes', async () => {
    const sizes = [
      [1, 1],
      [300, 200],
      [7, 90],
      [64, 3],
    ] as const;
    const pictures = sizes.map(([width, height]) => grid(width, height));
    const spec = { height: 16, width: 12, filter: 'lanczos' } as const;
    const together = await prepare(pictures, spec);
    expect(together.shape).toEqual([4, 3, 16, 12]);
    const apart = await Promise.all(pictures.map(async (each) => (await prepare([each], spec)).values));
    expect(together.values).toEqual(apart.flat());
  });

  test('pixels that do not fill the picture are refused', async () => {
    await expect(prepare([{ width: 2, height: 2, data: new Uint8Array(11) }], {})).rejects.toThrow('the pixels do not fill the picture');
  });
});
