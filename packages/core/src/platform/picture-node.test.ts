import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { decodePicture } from './picture-node.ts';

type Pixel = readonly [number, number, number];
const red: Pixel = [255, 0, 0];
const blue: Pixel = [0, 0, 255];
const white: Pixel = [255, 255, 255];

/** A picture of 2 × 1 pixels, red then blue. */
const pair = () => sharp(Buffer.from([...red, ...blue]), { raw: { width: 2, height: 1, channels: 3 } });
const decode = (bytes: Uint8Array) => decodePicture(new Uint8Array(bytes));

test.each(['png', 'gif'] as const)('%s', async (format) => {
  expect(await decode(await pair().toFormat(format).toBuffer())).toEqual({ width: 2, height: 1, data: Uint8Array.of(...red, ...blue) });
});

test.each(['jpeg', 'webp', 'avif', 'tiff'] as const)('%s, which loses a little', async (format) => {
  const one = sharp({ create: { width: 16, height: 8, channels: 3, background: '#c86432' } });
  const { width, height, data } = await decode(await one.toFormat(format, { quality: 95 }).toBuffer());
  expect([width, height]).toEqual([16, 8]);
  for (const [channel, value] of [200, 100, 50].entries()) expect(Math.abs((data[channel] as number) - value)).toBeLessThan(6);
});

test('the orientation that the camera noted is applied', async () => {
  // 6: the top of the scene is on the right, so it is to be turned by 90 degrees.
  const turned = await pair().withMetadata({ orientation: 6 }).png().toBuffer();
  expect(await decode(turned)).toEqual({ width: 1, height: 2, data: Uint8Array.of(...red, ...blue) });
});

test('what is transparent shows white', async () => {
  const clear = sharp(Buffer.from([...red, 255, ...blue, 0]), { raw: { width: 2, height: 1, channels: 4 } });
  expect((await decode(await clear.png().toBuffer())).data).toEqual(Uint8Array.of(...red, ...white));
});

test('grey is spread over three channels, and 16 bits become 8', async () => {
  const grey = await sharp(Buffer.from([7, 200]), { raw: { width: 2, height: 1, channels: 1 } })
    .png()
    .toBuffer();
  expect((await decode(grey)).data).toEqual(Uint8Array.of(7, 7, 7, 200, 200, 200));
  const deep = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#c86432' } })
    .toColourspace('rgb16')
    .png()
    .toBuffer();
  expect((await decode(deep)).data).toEqual(Uint8Array.of(200, 100, 50));
});

test('of an animation it is the first frame', async () => {
  const frames = sharp(Buffer.from([...red, ...blue]), { raw: { width: 1, height: 2, channels: 3, pageHeight: 1 } });
  expect(await decode(await frames.gif().toBuffer())).toEqual({ width: 1, height: 1, data: Uint8Array.of(...red) });
});

describe('bitmaps', () => {
  /** A bitmap of 2 × 2 pixels: red, blue above white, red. */
  function bmp(bits: number, topDown: boolean): Uint8Array {
    const palette = bits <= 8 ? [red, blue, white] : [];
    const rows = [
      [red, blue],
      [white, red],
    ];
    const lines = (topDown ? rows : rows.toReversed()).map((row) => {
      const indexes = row.map((pixel) => [red, blue, white].indexOf(pixel));
      const bytes =
        bits === 32
          ? row.flatMap(([r, g, b]) => [b, g, r, 0])
          : bits === 24
            ? row.flatMap(([r, g, b]) => [b, g, r])
            : bits === 8
              ? indexes
              : [((indexes[0] as number) << 4) | (indexes[1] as number)];
      return [...bytes, ...new Array((4 - (bytes.length % 4)) % 4).fill(0)];
    });
    const table = palette.flatMap(([r, g, b]) => [b, g, r, 0]);
    const body = lines.flat();
    const bytes = new Uint8Array(54 + table.length + body.length);
    const view = new DataView(bytes.buffer);
    bytes.set([0x42, 0x4d]);
    view.setUint32(10, 54 + table.length, true);
    view.setUint32(14, 40, true);
    view.setInt32(18, 2, true);
    view.setInt32(22, topDown ? -2 : 2, true);
    view.setUint16(26, 1, true);
    view.setUint16(28, bits, true);
    bytes.set(table, 54);
    bytes.set(body, 54 + table.length);
    return bytes;
  }

  test.each([4, 8, 24, 32])('%i bits', async (bits) => {
    for (const topDown of [false, true]) {
      expect((await decode(bmp(bits, topDown))).data).toEqual(Uint8Array.of(...red, ...blue, ...white, ...red));
    }
    await expect(decode(bmp(bits, false).subarray(0, -8))).rejects.toThrow('cut short');
  });
});

test('what is no whole picture is refused', async () => {
  await expect(decode(new TextEncoder().encode('<html>not found</html>'))).rejects.toThrow();
  await expect(decode(new Uint8Array(0))).rejects.toThrow();
  const whole = await sharp({
    create: { width: 64, height: 64, channels: 3, background: '#123456', noise: { type: 'gaussian', mean: 128, sigma: 50 } },
  })
    .jpeg()
    .toBuffer();
  await expect(decode(whole.subarray(0, whole.length / 2))).rejects.toThrow();
});
