import { EngineError } from '../errors.ts';
import { type Field, type Message, type MessageName, type ModelProto, schema } from './proto.ts';
import { bigVarintSize, varintSize, WireWriter, wire } from './wire.ts';

/** Protobuf refuses messages of 2 GiB and more. */
const maxBytes = 2 ** 31 - 1;

/**
 * Writes an ONNX file; the inverse of `decodeModel`, unknown fields included. Repeated numbers are packed.
 * @throws EngineError `invalid-argument` when the file would pass protobuf's limit of 2 GiB
 */
export function encodeModel(model: ModelProto): Uint8Array<ArrayBuffer> {
  return encode('ModelProto', model);
}

function encode<N extends MessageName>(name: N, value: Message<N>): Uint8Array<ArrayBuffer> {
  const sizes = new Map<object, number>();
  const size = sizeOfMessage(name, value as Fields, sizes);
  if (size > maxBytes) {
    throw new EngineError('invalid-argument', 'the file is too large for protobuf', {
      where: name,
      expected: `at most ${maxBytes} bytes`,
      got: `${size}`,
      hint: 'Store the weights as float16, quantise them, or cut the graph to the outputs you need.',
    });
  }
  const writer = new WireWriter(size);
  writeMessage(writer, name, value as Fields, sizes);
  return writer.bytes;
}

type Fields = Readonly<Record<string, unknown>>;
type Numbers = Float32Array | Float64Array | Int32Array | BigInt64Array | BigUint64Array | readonly number[];

const fieldsOf = new Map(
  Object.entries(schema).map(([name, fields]) => [name, Object.entries<Field>(fields).sort(([, a], [, b]) => a.id - b.id)]),
);
const utf8 = new TextEncoder();
const fixed: Readonly<Record<string, number>> = { float: 4, double: 8 };
const numeric = new Set(['float', 'double', 'int32', 'int53', 'int64', 'uint64']);

function tagSize(id: number): number {
  return varintSize(id * 8);
}

function sizeOfMessage(name: MessageName, value: Fields, sizes: Map<object, number>): number {
  let total = 0;
  for (const [key, field] of fieldsOf.get(name) as [string, Field][]) {
    const content = value[key];
    if (content === undefined) continue;
    if (!field.many) total += tagSize(field.id) + sizeOfValue(field.kind, content, sizes);
    else if (numeric.has(field.kind)) {
      const numbers = content as Numbers;
      if (numbers.length === 0) continue;
      const size = sizeOfNumbers(field.kind, numbers);
      sizes.set(numbers, size);
      total += tagSize(field.id) + varintSize(size) + size;
    } else for (const item of content as readonly unknown[]) total += tagSize(field.id) + sizeOfValue(field.kind, item, sizes);
  }
  for (const raw of (value.unknown ?? []) as readonly Uint8Array[]) total += raw.length;
  sizes.set(value, total);
  return total;
}

function sizeOfValue(kind: string, value: unknown, sizes: Map<object, number>): number {
  if (numeric.has(kind)) return sizeOfNumber(kind, value as number | bigint);
  const size =
    kind === 'string'
      ? utf8Size(value as string)
      : kind === 'bytes'
        ? (value as Uint8Array).length
        : sizeOfMessage(kind as MessageName, value as Fields, sizes);
  return varintSize(size) + size;
}

function sizeOfNumber(kind: string, value: number | bigint): number {
  const width = fixed[kind];
  if (width !== undefined) return width;
  if (typeof value === 'bigint') return bigVarintSize(value);
  return value < 0 ? 10 : varintSize(value);
}

function sizeOfNumbers(kind: string, numbers: Numbers): number {
  const width = fixed[kind];
  if (width !== undefined) return width * numbers.length;
  let total = 0;
  for (const value of numbers) total += sizeOfNumber(kind, value);
  return total;
}

/** Length of a string in UTF-8, lone surrogates as the three bytes of U+FFFD. */
function utf8Size(text: string): number {
  let size = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.codePointAt(index) as number;
    size += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (code >= 0x10000) index++;
  }
  return size;
}

function writeMessage(writer: WireWriter, name: MessageName, value: Fields, sizes: Map<object, number>): void {
  for (const [key, field] of fieldsOf.get(name) as [string, Field][]) {
    const content = value[key];
    if (content === undefined) continue;
    if (!field.many) writeValue(writer, field, content, sizes);
    else if (numeric.has(field.kind)) {
      const numbers = content as Numbers;
      if (numbers.length === 0) continue;
      writer.varint(field.id * 8 + wire.bytes);
      writer.varint(sizes.get(numbers) as number);
      for (const item of numbers) writeNumber(writer, field.kind, item);
    } else for (const item of content as readonly unknown[]) writeValue(writer, field, item, sizes);
  }
  for (const raw of (value.unknown ?? []) as readonly Uint8Array[]) writer.raw(raw);
}

function writeValue(writer: WireWriter, { id, kind }: Field, value: unknown, sizes: Map<object, number>): void {
  if (numeric.has(kind)) {
    writer.varint(id * 8 + (kind === 'float' ? wire.fixed32 : kind === 'double' ? wire.fixed64 : wire.varint));
    writeNumber(writer, kind, value as number | bigint);
    return;
  }
  writer.varint(id * 8 + wire.bytes);
  if (kind === 'string' || kind === 'bytes') {
    const bytes = kind === 'string' ? utf8.encode(value as string) : (value as Uint8Array);
    writer.varint(bytes.length);
    writer.raw(bytes);
  } else {
    writer.varint(sizes.get(value as object) as number);
    writeMessage(writer, kind as MessageName, value as Fields, sizes);
  }
}

function writeNumber(writer: WireWriter, kind: string, value: number | bigint): void {
  if (kind === 'float') writer.float(value as number);
  else if (kind === 'double') writer.double(value as number);
  else if (typeof value === 'bigint' || value < 0) writer.bigVarint(BigInt(value));
  else writer.varint(value);
}
