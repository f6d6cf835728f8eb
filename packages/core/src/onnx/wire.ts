import { EngineError } from '../errors.ts';

/** Protobuf wire types (protobuf.dev, "Encoding"). Groups (3, 4) are gone from the format since proto3 and are refused. */
export const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** Where and why bytes stop being protobuf; decode adds the field path on the way out. */
export class Malformed {
  readonly offset: number;
  readonly reason: string;
  readonly path: string[] = [];

  constructor(offset: number, reason: string) {
    this.offset = offset;
    this.reason = reason;
  }

  toError(what: string): EngineError {
    return new EngineError('invalid-model', `${this.reason} at byte ${this.offset}, in ${[what, ...this.path.reverse()].join('.')}`, {
      where: what,
      hint: 'The file is cut short, damaged, or not ONNX: get it again and compare its size and hash with the source.',
    });
  }
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Reads protobuf primitives from `bytes`, without copying; throws Malformed. */
export class WireReader {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  offset = 0;
  /** Halves of the last varint, each an unsigned 32-bit number. */
  low = 0;
  high = 0;

  constructor(bytes: Uint8Array) {
    // A plain view: subarrays of Node's Buffer would be Buffers, whose slice() does not copy.
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Reads a varint into `low` and `high`. */
  varint(end: number): void {
    const start = this.offset;
    let low = 0;
    let high = 0;
    for (let index = 0; index < 10; index++) {
      if (this.offset >= end) throw new Malformed(start, 'a number is cut short');
      const byte = this.bytes[this.offset++] as number;
      const group = byte & 0x7f;
      if (index < 4) low |= group << (7 * index);
      else if (index === 4) {
        low |= group << 28;
        high |= group >>> 4;
      } else high |= group << (7 * index - 32);
      if (byte < 0x80) {
        this.low = low >>> 0;
        this.high = high >>> 0;
        return;
      }
    }
    throw new Malformed(start, 'a number has more than 10 bytes');
  }

  int32(end: number): number {
    this.varint(end);
    return this.low | 0;
  }

  int53(end: number): number {
    const start = this.offset;
    this.varint(end);
    const value = (this.high | 0) * 4294967296 + this.low;
    if (!Number.isSafeInteger(value)) throw new Malformed(start, `the number ${this.bigint()} is too large to count anything`);
    return value;
  }

  int64(end: number): bigint {
    this.varint(end);
    return this.bigint();
  }

  uint64(end: number): bigint {
    this.varint(end);
    return BigInt.asUintN(64, this.bigint());
  }

  bigint(): bigint {
    return (BigInt(this.high | 0) << 32n) | BigInt(this.low);
  }

  float(end: number): number {
    const start = this.#take(4, end);
    return this.#view.getFloat32(start, true);
  }

  double(end: number): number {
    const start = this.#take(8, end);
    return this.#view.getFloat64(start, true);
  }

  /** A length-delimited field: reads its length and returns where it ends. */
  length(end: number): number {
    const start = this.offset;
    this.varint(end);
    const stop = this.offset + this.low;
    if (this.high !== 0 || stop > end) {
      const length = this.high === 0 ? `${this.low}` : `${BigInt.asUintN(64, this.bigint())}`;
      throw new Malformed(start, `a field of ${length} bytes runs past the end (${end - this.offset} bytes are left)`);
    }
    return stop;
  }

  /** A view of a length-delimited field. */
  slice(end: number): Uint8Array {
    const stop = this.length(end);
    const view = this.bytes.subarray(this.offset, stop);
    this.offset = stop;
    return view;
  }

  string(end: number): string {
    return utf8.decode(this.slice(end));
  }

  /** Moves past a field of a wire type. */
  skip(type: number, end: number): void {
    if (type === wire.varint) this.varint(end);
    else if (type === wire.fixed64) this.#take(8, end);
    else if (type === wire.bytes) this.offset = this.length(end);
    else if (type === wire.fixed32) this.#take(4, end);
    else throw new Malformed(this.offset, `wire type ${type} does not exist in ONNX files`);
  }

  #take(size: number, end: number): number {
    const start = this.offset;
    if (start + size > end) throw new Malformed(start, 'a number is cut short');
    this.offset += size;
    return start;
  }
}

/** Bytes a varint takes, for a non-negative safe integer. */
export function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size++;
  return size;
}

export function bigVarintSize(value: bigint): number {
  let size = 1;
  for (let rest = BigInt.asUintN(64, value); rest >= 128n; rest >>= 7n) size++;
  return size;
}

/** Writes protobuf primitives into a buffer of the exact size. */
export class WireWriter {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  offset = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.#view = new DataView(this.bytes.buffer);
  }

  /** A non-negative safe integer. */
  varint(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.bytes[this.offset++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.offset++] = rest;
  }

  /** Any 64-bit integer, negative ones in two's complement (10 bytes). */
  bigVarint(value: bigint): void {
    let rest = BigInt.asUintN(64, value);
    while (rest >= 128n) {
      this.bytes[this.offset++] = Number(rest & 127n) | 128;
      rest >>= 7n;
    }
    this.bytes[this.offset++] = Number(rest);
  }

  float(value: number): void {
    this.#view.setFloat32(this.offset, value, true);
    this.offset += 4;
  }

  double(value: number): void {
    this.#view.setFloat64(this.offset, value, true);
    this.offset += 8;
  }

  raw(bytes: Uint8Array): void {
    this.bytes.set(bytes, this.offset);
    this.offset += bytes.length;
  }
}
