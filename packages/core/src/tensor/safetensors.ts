import { EngineError } from '../errors.ts';
import { type DType, dtypes } from './dtype.ts';
import { sizeOf } from './shape.ts';
import { Tensor } from './tensor.ts';

/*
 * The safetensors format: the header's length as uint64, a JSON header {name: {dtype, shape, data_offsets}}, then the tensors,
 * little-endian and row-major, without gaps. The entry `__metadata__` maps strings to strings.
 */

const codes = {
  float64: 'F64',
  float32: 'F32',
  float16: 'F16',
  bfloat16: 'BF16',
  int64: 'I64',
  int32: 'I32',
  int16: 'I16',
  int8: 'I8',
  uint64: 'U64',
  uint32: 'U32',
  uint16: 'U16',
  uint8: 'U8',
  bool: 'BOOL',
} as const satisfies Partial<Record<DType, string>>;

/** The reference implementation refuses longer headers. */
const headerLimit = 100_000_000;

export interface Safetensors {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** @throws EngineError `invalid-argument` for strings and 4-bit types, which the format has no code for */
export function encodeSafetensors(
  tensors: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {};
  let end = 0;
  for (const [name, tensor] of Object.entries(tensors)) {
    const code = codes[tensor.dtype as keyof typeof codes];
    if (!code) {
      throw new EngineError('invalid-argument', `a ${tensor.dtype} tensor has no place in a safetensors file`, {
        where: `tensor '${name}'`,
      });
    }
    const begin = end;
    end += tensor.size * dtypes[tensor.dtype].bytes;
    header[name] = { dtype: code, shape: tensor.shape, data_offsets: [begin, end] };
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(json.length / 8) * 8;
  const out = new Uint8Array(8 + length + end);
  new DataView(out.buffer).setBigUint64(0, BigInt(length), true);
  out.fill(0x20, 8 + json.length, 8 + length);
  out.set(json, 8);
  let offset = 8 + length;
  for (const { data } of Object.values(tensors)) {
    if (Array.isArray(data)) continue;
    out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return out;
}

/**
 * @param where the file's name, for errors
 * @throws EngineError `invalid-data` for anything that is not a whole safetensors file
 */
export function decodeSafetensors(bytes: Uint8Array, where = 'safetensors'): Safetensors {
  const fail = (what: string, got?: string): never => {
    throw new EngineError('invalid-data', what, { where, ...(got === undefined ? {} : { got }) });
  };
  if (bytes.length < 8) fail('not a safetensors file', `${bytes.length} bytes`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (length > headerLimit) fail('not a safetensors file');
  if (8 + length > bytes.length) fail('not a whole safetensors file: its header is cut short', `${bytes.length} bytes`);
  const header = parseHeader(bytes.subarray(8, 8 + length)) ?? fail('not a safetensors file: its header is not JSON');
  const body = bytes.subarray(8 + length);
  const tensors = new Map<string, Tensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const { dtype, shape, begin, end } = parseEntry(entry) ?? fail(`the entry of tensor '${name}' cannot be read`);
    if (end > body.length) fail(`the file is cut short: tensor '${name}' is not all there`, `${bytes.length} of ${8 + length + end} bytes`);
    const { array, bytes: width } = dtypes[dtype];
    const size = sizeOf(shape);
    if (!array || begin > end || end - begin !== size * width) return fail(`the bytes of tensor '${name}' do not fill its shape`);
    // Copied, so that the array is aligned and does not keep the file alive. (`slice` of a Node Buffer would be a view.)
    const own = new Uint8Array(body.subarray(begin, end));
    tensors.set(name, Tensor.from(new array(own.buffer, 0, size), shape, dtype));
  }
  return { tensors, metadata: parseMetadata(header.__metadata__) };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function parseEntry(entry: unknown): { dtype: DType; shape: number[]; begin: number; end: number } | undefined {
  if (!isRecord(entry)) return undefined;
  const dtype = (Object.keys(codes) as (keyof typeof codes)[]).find((each) => codes[each] === entry.dtype);
  const { shape, data_offsets: offsets } = entry;
  if (!dtype || !isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) return undefined;
  return { dtype, shape, begin: offsets[0] as number, end: offsets[1] as number };
}

function parseMetadata(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && (item as number) >= 0);
}
