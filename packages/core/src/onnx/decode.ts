import { blank, type Field, type Message, type MessageName, type ModelProto, schema, type TensorProto } from './proto.ts';
import { Malformed, WireReader, wire } from './wire.ts';

/** Deepest nesting of messages read, protobuf's own limit; a graph within a graph takes three. */
const maxDepth = 100;

/**
 * Reads an ONNX file (protobuf, proto2 or proto3). Byte fields such as `rawData` are views of `bytes`, not copies.
 * @throws EngineError `invalid-model` with the byte offset and the field path when the bytes are cut short or not ONNX
 */
export function decodeModel(bytes: Uint8Array): ModelProto {
  return decode('ModelProto', bytes);
}

/** Reads a bare TensorProto, as in the `output_0.pb` files beside ONNX test models. */
export function decodeTensor(bytes: Uint8Array): TensorProto {
  return decode('TensorProto', bytes);
}

export function decode<N extends MessageName>(name: N, bytes: Uint8Array): Message<N> {
  try {
    return readMessage(new WireReader(bytes), name, bytes.length, 0) as Message<N>;
  } catch (error) {
    if (error instanceof Malformed) throw error.toError(name);
    throw error;
  }
}

interface Entry {
  readonly key: string;
  readonly field: Field;
}

const byId = new Map(
  Object.entries(schema).map(([name, fields]) => [
    name,
    new Map(Object.entries<Field>(fields).map(([key, field]): [number, Entry] => [field.id, { key, field }])),
  ]),
);

function readMessage(reader: WireReader, name: MessageName, end: number, depth: number): Record<string, unknown> {
  if (depth > maxDepth) throw new Malformed(reader.offset, `messages are nested more than ${maxDepth} deep`);
  const fields = byId.get(name) as Map<number, Entry>;
  const into: Record<string, unknown> = { ...blank(name) };
  const growing = new Map<string, Growing>();
  while (reader.offset < end) {
    const start = reader.offset;
    reader.varint(end);
    const type = reader.low & 7;
    const id = (reader.low >>> 3) + reader.high * 2 ** 29;
    if (id === 0) throw new Malformed(start, 'field number 0 does not exist');
    const entry = fields.get(id);
    if (!entry) {
      reader.skip(type, end);
      append(into, 'unknown', reader.bytes.subarray(start, reader.offset));
      continue;
    }
    try {
      readField(reader, entry, type, start, end, into, growing, depth);
    } catch (error) {
      if (error instanceof Malformed) error.path.push(pathOf(entry, into));
      throw error;
    }
  }
  for (const [key, list] of growing) into[key] = list.finish();
  return into;
}

function readField(
  reader: WireReader,
  { key, field: { kind, many } }: Entry,
  type: number,
  start: number,
  end: number,
  into: Record<string, unknown>,
  growing: Map<string, Growing>,
  depth: number,
): void {
  const wireType = wireTypes[kind] ?? wire.bytes;
  if (many && kind in growable) {
    const list = growing.get(key) ?? new Growing(kind as GrowableKind);
    growing.set(key, list);
    if (type === wire.bytes) list.readPacked(reader, reader.length(end));
    else if (type === wireType) list.readOne(reader, end);
    else throw wrongType(start, type);
    return;
  }
  if (many && kind === 'int53' && type === wire.bytes) {
    const stop = reader.length(end);
    while (reader.offset < stop) append(into, key, reader.int53(stop));
    return;
  }
  if (type !== wireType) throw wrongType(start, type);
  if (kind in schema) {
    if (!many && into[key] !== undefined) throw new Malformed(start, 'the field is given twice');
    const value = readMessage(reader, kind as MessageName, reader.length(end), depth + 1);
    if (many) append(into, key, value);
    else into[key] = value;
    return;
  }
  const value = reader[readers[kind as keyof typeof readers]](end);
  if (many) append(into, key, value);
  else into[key] = value;
}

const wireTypes: Readonly<Record<string, number>> = {
  float: wire.fixed32,
  double: wire.fixed64,
  int32: wire.varint,
  int53: wire.varint,
  int64: wire.varint,
  uint64: wire.varint,
};

const readers = {
  string: 'string',
  bytes: 'slice',
  float: 'float',
  double: 'double',
  int32: 'int32',
  int53: 'int53',
  int64: 'int64',
  uint64: 'uint64',
} as const;

function wrongType(start: number, type: number): Malformed {
  return new Malformed(start, `the field has wire type ${type}, which is not its own`);
}

/** Appends in place: the shared empty list is replaced by an own one at the first element. */
function append(into: Record<string, unknown>, key: string, value: unknown): void {
  const list = into[key] as unknown[] | undefined;
  if (list && list.length > 0) list.push(value);
  else into[key] = [value];
}

function pathOf({ key, field }: Entry, into: Record<string, unknown>): string {
  return field.many && !(field.kind in growable) ? `${key}[${(into[key] as readonly unknown[]).length}]` : key;
}

const growable = { float: Float32Array, double: Float64Array, int32: Int32Array, int64: BigInt64Array, uint64: BigUint64Array } as const;
type GrowableKind = keyof typeof growable;

/**
 * A repeated number while it is read. Capacity doubles, so unpacked files cost linear time; a packed run reserves one element
 * a terminating byte, so a file never makes more than eight times its size be allocated.
 */
class Growing {
  readonly #kind: GrowableKind;
  readonly #width: number;
  #bytes = new Uint8Array(0);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  constructor(kind: GrowableKind) {
    this.#kind = kind;
    this.#width = growable[kind].BYTES_PER_ELEMENT;
  }

  readOne(reader: WireReader, end: number): void {
    this.#reserve(1);
    const at = this.#length * this.#width;
    if (this.#kind === 'float') this.#view.setFloat32(at, reader.float(end), true);
    else if (this.#kind === 'double') this.#view.setFloat64(at, reader.double(end), true);
    else {
      reader.varint(end);
      this.#view.setUint32(at, reader.low, true);
      if (this.#width === 8) this.#view.setUint32(at + 4, reader.high, true);
    }
    this.#length++;
  }

  readPacked(reader: WireReader, stop: number): void {
    const { offset, bytes } = reader;
    if (this.#kind === 'float' || this.#kind === 'double') {
      const count = (stop - offset) / this.#width;
      if (!Number.isInteger(count)) throw new Malformed(offset, `packed numbers of ${this.#width} bytes end in the middle of one`);
      this.#reserve(count);
      this.#bytes.set(bytes.subarray(offset, stop), this.#length * this.#width);
      this.#length += count;
      reader.offset = stop;
      return;
    }
    let count = 0;
    for (let index = offset; index < stop; index++) if ((bytes[index] as number) < 0x80) count++;
    this.#reserve(count);
    while (reader.offset < stop) this.readOne(reader, stop);
  }

  finish(): Float32Array | Float64Array | Int32Array | BigInt64Array | BigUint64Array {
    return new growable[this.#kind](this.#bytes.buffer, 0, this.#length);
  }

  #reserve(count: number): void {
    const needed = (this.#length + count) * this.#width;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#length === 0 ? 0 : 2 * this.#bytes.length));
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
