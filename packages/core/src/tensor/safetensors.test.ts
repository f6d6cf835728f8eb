import { describe, expect, test } from 'vitest';
import { EngineError } from '../errors.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';
import { Tensor } from './tensor.ts';

const tensors = {
  weight: Tensor.from([1, 2, 3, 4, 5, 6], [2, 3]),
  flag: Tensor.from([true, false, true]),
  half: Tensor.from([0.5, -2], [2], 'float16'),
  count: Tensor.from([1n, -5n]),
  empty: Tensor.zeros([0, 4]),
};

describe('safetensors', () => {
  test('what is written is read', () => {
    const { tensors: read, metadata } = decodeSafetensors(encodeSafetensors(tensors, { format: 'x', labels: '["ä"]' }));
    expect(metadata).toEqual({ format: 'x', labels: '["ä"]' });
    expect([...read.keys()]).toEqual(Object.keys(tensors));
    for (const [name, tensor] of Object.entries(tensors)) {
      expect(read.get(name)?.dtype).toBe(tensor.dtype);
      expect(read.get(name)?.shape).toEqual(tensor.shape);
      expect(read.get(name)?.data).toEqual(tensor.data);
    }
  });

  test('the layout is that of the format', () => {
    const bytes = encodeSafetensors({ a: Tensor.from([1, 2]) });
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toEqual({
      a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
    });
    expect([...new Float32Array(bytes.slice(8 + length).buffer)]).toEqual([1, 2]);
  });

  test('a Node Buffer, which may lie anywhere in a shared one, is read alike', () => {
    const bytes = encodeSafetensors(tensors);
    const padded = Buffer.concat([Buffer.from('abc'), bytes]).subarray(3);
    expect(decodeSafetensors(padded).tensors.get('weight')).toEqual(tensors.weight);
  });

  test('a file cut anywhere is one clear error', () => {
    const whole = encodeSafetensors(tensors, { format: 'x' });
    for (let length = 0; length < whole.length; length++) {
      expect(() => decodeSafetensors(whole.subarray(0, length), 'head.bin')).toThrow(EngineError);
    }
    expect(() => decodeSafetensors(whole.subarray(0, whole.length - 1), 'head.bin')).toThrow(
      "head.bin: the file is cut short: tensor 'count' is not all there",
    );
  });

  test('other bytes are refused', () => {
    expect(() => decodeSafetensors(new TextEncoder().encode('PK something else altogether'))).toThrow('not a safetensors file');
    const wrong = new TextEncoder().encode('{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}');
    const bytes = new Uint8Array(8 + wrong.length + 8);
    bytes[0] = wrong.length;
    bytes.set(wrong, 8);
    expect(() => decodeSafetensors(bytes)).toThrow("the bytes of tensor 'a' do not fill its shape");
  });

  test('strings have no code', () => {
    expect(() => encodeSafetensors({ names: Tensor.from(['a']) })).toThrow(
      "tensor 'names': a string tensor has no place in a safetensors file",
    );
  });
});
