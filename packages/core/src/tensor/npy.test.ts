import { expect, test } from 'vitest';
import { decodeNpy, encodeNpy } from './npy.ts';
import { Tensor } from './tensor.ts';

/** A file as NumPy writes it. */
function numpyFile(header: string, elements: Uint8Array): Uint8Array {
  const text = `${header.padEnd(117)}\n`;
  const bytes = [0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, text.length & 0xff, text.length >> 8, ...new TextEncoder().encode(text)];
  return Uint8Array.from([...bytes, ...elements]);
}

test.each([
  Tensor.from(new Float32Array([1.5, -2, 3, 4, 5, 6]), [2, 3]),
  Tensor.from(new BigInt64Array([1n, -(2n ** 62n)]), [2]),
  Tensor.from(new Float16Array([0.5]), []),
  Tensor.from([true, false, true], [3, 1], 'bool'),
  Tensor.zeros([0, 4], 'int32'),
])('a $dtype tensor of shape $shape comes back from its file', (tensor) => {
  const bytes = encodeNpy(tensor);
  expect(decodeNpy(bytes)).toEqual(tensor);
  // A Node Buffer may lie anywhere in a shared one, and its `slice` is a view.
  expect(decodeNpy(Buffer.concat([Buffer.from('abc'), bytes]).subarray(3))).toEqual(tensor);
  expect((bytes.length - tensor.size * (tensor.data as Uint8Array).BYTES_PER_ELEMENT) % 64).toBe(0);
});

test('reads column-major order and big-endian elements', () => {
  const file = numpyFile(
    "{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }",
    Uint8Array.from([0, 1, 0, 4, 0, 2, 0, 5, 0, 3, 1, 6]),
  );
  expect(decodeNpy(file)).toEqual(Tensor.from(new Int16Array([1, 2, 3, 4, 5, 262]), [2, 3]));
});

test.each([
  ['something else', Uint8Array.from([1, 2, 3]), 'x.npy: not a .npy file.'],
  [
    'a file cut short',
    encodeNpy(Tensor.zeros([8])).subarray(0, -4),
    'x.npy: the file is cut short, expected 32 bytes of elements, got 28.',
  ],
  [
    'strings',
    numpyFile("{'descr': '<U4', 'fortran_order': False, 'shape': (1,), }", new Uint8Array(16)),
    'x.npy: an element type that cannot be read, expected a number or a boolean, got <U4.',
  ],
])('%s is one clear error', (_, bytes, message) => {
  expect(() => decodeNpy(bytes, 'x.npy')).toThrow(message);
});

test('a string tensor has no .npy form', () => {
  expect(() => encodeNpy(Tensor.from(['a'], [1]))).toThrow('a string tensor has no place in a .npy file');
});
