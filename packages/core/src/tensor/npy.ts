import { EngineError } from '../errors.ts';
import { allocate, type DType, dtypes } from './dtype.ts';
import { sizeOf } from './shape.ts';
import { Tensor } from './tensor.ts';

/*
 * NumPy's .npy format, versions 1 to 3 (NEP 1; numpy.lib.format): magic, version, header length, a Python dict as text, then the
 * elements, little-endian and row-major as written here.
 */

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY

const codes: Readonly<Partial<Record<DType, string>>> = {
  float32: '<f4',
  float16: '<f2',
  float64: '<f8',
  int8: '|i1',
  uint8: '|u1',
  int16: '<i2',
  uint16: '<u2',
  int32: '<i4',
  uint32: '<u4',
  int64: '<i8',
  uint64: '<u8',
  bool: '|b1',
};

/**
 * Reads a .npy file. Elements in column-major order or big-endian are put in order.
 * @param where the file's name, for errors
 * @throws EngineError `invalid-data` for anything that is not a whole .npy file of numbers or booleans
 */
export function decodeNpy(bytes: Uint8Array, where = 'npy'): Tensor {
  const fail = (what: string, expected?: string, got?: string): never => {
    throw new EngineError('invalid-data', what, { where, ...(expected ? { expected } : {}), ...(got ? { got } : {}) });
  };
  if (bytes.length < 10 || magic.some((byte, index) => bytes[index] !== byte)) fail('not a .npy file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = (bytes[6] as number) >= 2;
  const start = wide ? 12 : 10;
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  if (start + length > bytes.length) fail('the header is cut short', `${length} bytes`, `${bytes.length - start}`);
  const header = new TextDecoder().decode(bytes.subarray(start, start + length));
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1] ?? '';
  const columnMajor = /'fortran_order':\s*True/.test(header);
  const dims = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  if (dims === undefined) fail('no shape in the header', "a 'shape' entry", header.trim());
  const shape = [...(dims ?? '').matchAll(/\d+/g)].map(([digits]) => Number(digits));
  const dtype = (Object.keys(codes) as DType[]).find((each) => codes[each]?.slice(1) === descr.slice(1));
  if (!dtype) return fail('an element type that cannot be read', 'a number or a boolean', descr || header.trim());
  const size = sizeOf(shape);
  const width = dtypes[dtype].bytes;
  // Not `slice`: of a Node Buffer that is a view.
  const body = new Uint8Array(bytes.subarray(start + length, start + length + size * width));
  if (body.length < size * width) fail('the file is cut short', `${size * width} bytes of elements`, `${body.length}`);
  if (descr.startsWith('>')) for (let offset = 0; offset < body.length; offset += width) body.subarray(offset, offset + width).reverse();
  const { array } = dtypes[dtype];
  if (!array) return fail('an element type that cannot be read', 'a number or a boolean', descr);
  const data = new array(body.buffer, 0, size);
  const tensor = Tensor.from(data, shape, dtype);
  return columnMajor && shape.length > 1 ? toRowMajor(tensor) : tensor;
}

/**
 * Writes a tensor as .npy, version 1.0.
 * @throws EngineError `invalid-argument` for strings, bfloat16 and 4-bit types, which the format has no code for
 */
export function encodeNpy(tensor: Tensor): Uint8Array<ArrayBuffer> {
  const descr = codes[tensor.dtype];
  if (!descr || Array.isArray(tensor.data)) {
    throw new EngineError('invalid-argument', `a ${tensor.dtype} tensor has no place in a .npy file`, {
      hint: 'Cast it to float32 first.',
    });
  }
  const shape = tensor.shape.length === 1 ? `${tensor.shape[0]},` : tensor.shape.join(', ');
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape}), }`;
  // Padded so that the elements begin at a multiple of 64 bytes, as the format asks for.
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const header = new TextEncoder().encode(`${text.padEnd(length - 1)}\n`);
  const body = new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength);
  const out = new Uint8Array(10 + length + body.length);
  out.set([...magic, 1, 0, length & 0xff, length >>> 8]);
  out.set(header, 10);
  out.set(body, 10 + length);
  return out;
}

function toRowMajor(tensor: Tensor): Tensor {
  const { shape, data, dtype } = tensor;
  const out = allocate(dtype, tensor.size);
  const indices = new Array<number>(shape.length).fill(0);
  for (let target = 0; target < tensor.size; target++) {
    let source = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) source = source * (shape[axis] as number) + (indices[axis] as number);
    out[target] = data[source] as never;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (indices[axis] as number) + 1;
      indices[axis] = next === shape[axis] ? 0 : next;
      if (next !== shape[axis]) break;
    }
  }
  return Tensor.from(out, shape, dtype);
}
