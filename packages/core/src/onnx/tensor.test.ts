import { describe, expect, it } from 'vitest';
import type { DType } from '../tensor/dtype.ts';
import { Tensor } from '../tensor/tensor.ts';
import { readExternalData } from './external.ts';
import { message } from './proto.ts';
import { dataTypeOf, tensorFromProto, tensorToProto } from './tensor.ts';

const dtypes: readonly DType[] = [
  'float32',
  'float16',
  'bfloat16',
  'float64',
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'bool',
  'int4',
  'uint4',
];

describe('tensorToProto and tensorFromProto', () => {
  it.each(dtypes)('give a %s tensor back', (dtype) => {
    const tensor = Tensor.from([0, 1, 3, 0, 1, 7, 1], [7, 1], 'float64').cast(dtype);
    expect(tensorFromProto(tensorToProto(tensor, 'x'))).toEqual(tensor);
  });

  it('give strings, scalars and empty tensors back', () => {
    for (const tensor of [Tensor.from(['ham', 'späm'], [2]), Tensor.scalar(2.5), Tensor.zeros([0, 3], 'int64')]) {
      expect(tensorFromProto(tensorToProto(tensor))).toEqual(tensor);
    }
  });

  it('read signed nibbles, the first in the low half', () => {
    const proto = message('TensorProto', { dims: [3], dataType: dataTypeOf('int4'), rawData: Uint8Array.of(0x8f, 0x07) });
    expect(tensorFromProto(proto).toNumbers()).toEqual([-1, -8, 7]);
  });

  it('copy what is not aligned', () => {
    const file = new Uint8Array(9);
    new DataView(file.buffer).setFloat32(1, 1.5, true);
    new DataView(file.buffer).setFloat32(5, -2, true);
    expect(tensorFromProto(message('TensorProto', { dims: [2], dataType: 1, rawData: file.subarray(1) })).toNumbers()).toEqual([1.5, -2]);
  });
});

describe('typed fields', () => {
  it.each<[DType, object, readonly number[]]>([
    ['float32', { floatData: Float32Array.of(1.5, -2) }, [1.5, -2]],
    ['float64', { doubleData: Float64Array.of(1e300, 0) }, [1e300, 0]],
    ['float16', { int32Data: Int32Array.of(0x3c00, 0xc000) }, [1, -2]],
    ['bfloat16', { int32Data: Int32Array.of(0x3f80, 0xc000) }, [1, -2]],
    ['int8', { int32Data: Int32Array.of(-3, 127) }, [-3, 127]],
    ['uint8', { int32Data: Int32Array.of(3, 255) }, [3, 255]],
    ['int16', { int32Data: Int32Array.of(-3, 300) }, [-3, 300]],
    ['bool', { int32Data: Int32Array.of(1, 0) }, [1, 0]],
    ['int32', { int32Data: Int32Array.of(-3, 70000) }, [-3, 70000]],
    ['int64', { int64Data: BigInt64Array.of(-3n, 70000n) }, [-3, 70000]],
    ['uint32', { uint64Data: BigUint64Array.of(3n, 4294967295n) }, [3, 4294967295]],
    ['uint64', { uint64Data: BigUint64Array.of(3n, 2n ** 40n) }, [3, 2 ** 40]],
    ['uint4', { int32Data: Int32Array.of(0x21) }, [1, 2]],
  ])('of %s are read', (dtype, fields, values) => {
    const tensor = tensorFromProto(message('TensorProto', { dims: [2], dataType: dataTypeOf(dtype), ...fields }));
    expect(tensor.dtype).toBe(dtype);
    expect(tensor.toNumbers()).toEqual(values);
  });
});

describe('tensors that cannot be', () => {
  it.each([
    [
      'too little data',
      { dims: [3], dataType: 1, rawData: new Uint8Array(8) },
      "tensor 'w': the float32 data does not fill the dimensions, expected 12 bytes, got 8",
    ],
    ['dimensions nobody has memory for', { dims: [2 ** 40], dataType: 1 }, 'does not fill the dimensions'],
    ['dimensions beyond counting', { dims: [2 ** 40, 2 ** 40], dataType: 1 }, 'dimensions no tensor can have'],
    ['a negative dimension', { dims: [-1], dataType: 1 }, 'dimensions no tensor can have'],
    ['no element type', { dims: [1] }, 'no such element type'],
    ['float8', { dims: [1], dataType: 17, rawData: new Uint8Array(1) }, 'element type float8e4m3fn is not supported'],
    ['raw strings', { dims: [1], dataType: 8, rawData: new Uint8Array(1) }, 'strings cannot be raw data'],
  ])('%s', (_, fields, text) => {
    expect(() => tensorFromProto(message('TensorProto', { name: 'w', ...fields }))).toThrow(text);
  });
});

describe('external data', () => {
  const entry = (key: string, value: string) => message('StringStringEntryProto', { key, value });
  const tensor = (location: string, offset = '4', length = '8') =>
    message('TensorProto', {
      name: 'w',
      dims: [2],
      dataType: 1,
      dataLocation: 1,
      externalData: [entry('location', location), entry('offset', offset), entry('length', length)],
    });
  const model = (location: string) => message('ModelProto', { graph: message('GraphProto', { initializer: [tensor(location)] }) });
  const file = new Uint8Array(new Float32Array([9, 1.5, -2]).buffer);

  it('is read from the file beside the model, once', async () => {
    const asked: string[] = [];
    const external = await readExternalData(model('weights/w.bin'), (location) => {
      asked.push(location);
      return file;
    });
    expect(asked).toEqual(['weights/w.bin']);
    expect(tensorFromProto(tensor('weights/w.bin'), external).toNumbers()).toEqual([1.5, -2]);
  });

  it.each(['../w.bin', '/etc/passwd', 'a/../../w.bin', 'C:\\w.bin', '..\\w.bin', 'file:///w.bin', ''])(
    'at %s is refused unread',
    async (location) => {
      const read = () => {
        throw new Error('was read');
      };
      await expect(readExternalData(model(location), read)).rejects.toThrow('lies outside the folder of the model');
    },
  );

  it('that is missing is one error that names it and says what to do', async () => {
    const read = () => Promise.reject(new Error('ENOENT'));
    await expect(readExternalData(model('w.bin'), read)).rejects.toThrow(/'w\.bin' cannot be read\. Put 'w\.bin' beside the model/);
    expect(() => tensorFromProto(tensor('w.bin'))).toThrow(/the weights are in the file 'w\.bin', which was not given\. Put/);
  });

  it.each([
    ['8', '8'],
    ['-4', '8'],
    ['x', '8'],
    ['0', '1e30'],
  ])('from %s of %s bytes lies outside the file', (offset, length) => {
    expect(() => tensorFromProto(tensor('w.bin', offset, length), new Map([['w.bin', file]]))).toThrow("outside the file 'w.bin'");
  });
});
