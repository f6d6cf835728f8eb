import { describe, expect, it } from 'vitest';
import { EngineError } from '../errors.ts';
import { decode, decodeModel, decodeTensor } from './decode.ts';
import { encodeModel } from './encode.ts';
import { type MessageName, type ModelProto, message } from './proto.ts';

function model(): ModelProto {
  const weights = message('TensorProto', { name: 'w', dims: [2], dataType: 1, rawData: Uint8Array.of(0, 0, 128, 63, 0, 0, 0, 64) });
  const steps = message('AttributeProto', { name: 'steps', type: 7, ints: BigInt64Array.of(-1n, 2n ** 63n - 1n, 300n) });
  const node = message('NodeProto', { name: 'añb𝄞', opType: 'Slice', input: ['x', 'w'], output: ['y'], attribute: [steps] });
  return message('ModelProto', {
    irVersion: 8,
    modelVersion: -5n,
    opsetImport: [message('OperatorSetIdProto', { domain: '', version: 17 })],
    graph: message('GraphProto', { name: 'g', node: [node], initializer: [weights] }),
  });
}

/** Bytes of a length-delimited field. */
const field = (id: number, content: readonly number[]) => [id * 8 + 2, content.length, ...content];

describe('encode and decode', () => {
  it('give a model back', () => {
    expect(decodeModel(encodeModel(model()))).toEqual(model());
  });

  it('read raw data as a view of the file', () => {
    const bytes = encodeModel(model());
    expect(decodeModel(bytes).graph?.initializer[0]?.rawData?.buffer).toBe(bytes.buffer);
  });

  it('keep fields the table does not name, in messages of every depth', () => {
    // Field 90 as bytes, field 91 as a number, 32 bits and 64 bits.
    const unknown = [0xd2, 0x05, 2, 7, 7, 0xd8, 0x05, 1, 0xdd, 0x05, 1, 2, 3, 4, 0xd9, 0x05, 1, 2, 3, 4, 5, 6, 7, 8];
    const bytes = Uint8Array.from([...unknown, ...field(7, [...field(2, [65]), ...unknown])]);
    const read = decodeModel(bytes);
    expect(read.unknown?.length).toBe(4);
    expect(read.graph?.unknown?.length).toBe(4);
    expect(read.graph?.name).toBe('A');
    expect(decodeModel(encodeModel(read))).toEqual(read);
    expect(encodeModel(read).length).toBe(bytes.length);
  });

  it.each<[MessageName, string, number, readonly number[]]>([
    ['TensorProto', 'dims', 1, [3, 4]],
    ['TensorProto', 'int32Data', 5, [3, 4]],
    ['AttributeProto', 'ints', 8, [3, 4]],
  ])('read %s.%s packed, unpacked and in pieces', (name, key, id, values) => {
    const packed = Uint8Array.from(field(id, values));
    const single = Uint8Array.from(values.flatMap((value) => [id * 8, value]));
    const pieces = Uint8Array.from([...field(id, values.slice(0, 1)), ...values.slice(1).flatMap((value) => [id * 8, value])]);
    const read = (bytes: Uint8Array) => Array.from(decode(name, bytes)[key as never] as ArrayLike<unknown>, Number);
    expect(read(packed)).toEqual(values);
    expect(read(single)).toEqual(values);
    expect(read(pieces)).toEqual(values);
  });

  it('read negative numbers in the ten bytes protobuf gives them, and int32 in five', () => {
    const ten = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
    expect(decode('AttributeProto', Uint8Array.from([3 * 8, ...ten])).i).toBe(-1n);
    expect(decodeTensor(Uint8Array.from([8, ...ten])).dims).toEqual([-1]);
    expect(Array.from(decodeTensor(Uint8Array.from([5 * 8, 0xff, 0xff, 0xff, 0xff, 0x0f])).int32Data)).toEqual([-1]);
  });
});

describe('damaged bytes', () => {
  it.each([
    [
      'a field past the end',
      [0x3a, 5, 0x12, 9, 65],
      'a field of 5 bytes runs past the end (3 bytes are left) at byte 1, in ModelProto.graph',
    ],
    [
      'a nested field past the end',
      [0x3a, 4, 0x12, 9, 65, 66],
      'a field of 9 bytes runs past the end (2 bytes are left) at byte 3, in ModelProto.graph.name',
    ],
    ['a number cut short', [0x08, 0x80], 'a number is cut short at byte 1, in ModelProto.irVersion'],
    ['a number without end', [0x08, ...new Array<number>(11).fill(0x80)], 'more than 10 bytes'],
    ['a group', [0x9b, 6], 'wire type 3 does not exist'],
    ['another wire type', [0x38, 1], 'the field has wire type 0'],
    ['field number 0', [2, 0], 'field number 0 does not exist'],
    ['two graphs', [0x3a, 0, 0x3a, 0], 'the field is given twice'],
    ['a length of exabytes', [0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], 'a field of 72057594037927935 bytes'],
    ['a version beyond 2^53', [0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], 'too large to count anything'],
    ['half a float', [0x3a, 5, 0x2a, 3, 0x22, 1, 0], 'end in the middle of one at byte 6, in ModelProto.graph.initializer[0].floatData'],
  ])('%s: one error with the place', (_, bytes, message) => {
    expect(() => decodeModel(Uint8Array.from(bytes))).toThrow(EngineError);
    expect(() => decodeModel(Uint8Array.from(bytes))).toThrow(message);
  });

  it('messages nested without end are refused', () => {
    // Attribute in node in graph in attribute …: each level is the one before within a field.
    let bytes: number[] = [];
    const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)]);
    const wrap = (tag: number) => [tag, ...varint(bytes.length), ...bytes];
    for (let level = 0; level < 60; level++) for (const tag of [0x32, 0x2a, 0x0a]) bytes = wrap(tag);
    bytes = wrap(0x3a);
    expect(() => decodeModel(Uint8Array.from(bytes))).toThrow('nested more than 100 deep');
  });

  it('every truncation of a model gives an error or a shorter model, never anything else', () => {
    const bytes = encodeModel(model());
    for (let length = 0; length < bytes.length; length++) {
      try {
        expect(encodeModel(decodeModel(bytes.subarray(0, length))).length).toBeLessThanOrEqual(length);
      } catch (error) {
        expect(error).toBeInstanceOf(EngineError);
      }
    }
  });

  it('a long list of single numbers takes linear time', () => {
    const count = 2_000_000;
    const bytes = new Uint8Array(2 * count);
    for (let index = 0; index < count; index++) bytes.set([8, 1], 2 * index);
    const start = performance.now();
    expect(decodeTensor(bytes).dims.length).toBe(count);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('encodeModel', () => {
  it('refuses what protobuf cannot hold, with a hint', () => {
    // One view of 128 MiB, named seventeen times: nothing of that size is ever allocated.
    const rawData = new Uint8Array(2 ** 27);
    const initializer = Array.from({ length: 17 }, () => message('TensorProto', { rawData }));
    const large = message('ModelProto', { graph: message('GraphProto', { initializer }) });
    expect(() => encodeModel(large)).toThrow(/too large for protobuf, expected at most 2147483647 bytes.*float16/);
  });
});
