import { expect, test } from 'vitest';
import { decodePicture } from '#platform';
import { encodePng, thumbnail } from './thumbnail.ts';

const picture = { width: 5, height: 3, data: Uint8Array.from({ length: 45 }, (_, offset) => (offset * 37) % 256) };

test('the encoder writes what the decoder reads', async () => {
  expect(await decodePicture(await encodePng(picture))).toEqual(picture);
});

test('a small picture stays as it is, a large one shrinks', async () => {
  const bytes = (uri: string | undefined) =>
    Uint8Array.from(atob((uri ?? '').replace('data:image/png;base64,', '')), (character) => character.charCodeAt(0));
  expect(await decodePicture(bytes(await thumbnail({ id: 'a', picture })))).toEqual(picture);
  const grey = { width: 300, height: 200, data: new Uint8Array(300 * 200 * 3).fill(90) };
  const small = await decodePicture(bytes(await thumbnail({ id: 'b', read: () => encodePng(grey) }, 100)));
  expect([small.width, small.height]).toEqual([100, 66]);
  expect(new Set(small.data)).toEqual(new Set([90]));
});

test('no picture, no thumbnail', async () => {
  expect(await thumbnail({ id: 'c', text: 'words' })).toBeUndefined();
  expect(await thumbnail({ id: 'd', read: async () => Uint8Array.of(1, 2, 3) })).toBeUndefined();
});
