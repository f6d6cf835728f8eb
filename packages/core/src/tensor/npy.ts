import { EngineError } from '../errors.ts';
import { type DType, dtypes } from './dtype.ts';
import { sizeOf, stridesOf } from './shape.ts';
import { Tensor } from './tensor.ts';

/** NumPy's type strings without their byte order (numpy.org, "NEP 1: a simple file format for NumPy arrays"). */
const descriptors: Readonly<Partial<Record<DType, string>>> = {
  float32: 'f4',
  float16: 'f2',
  float64: 'f8',
  int8: 'i1',
  uint8: 'u1',
  int16: 'i2',
  uint16: 'u2',
  int32: 'i4',
  uint32: 'u4',
  int64: 'i8',
  uint64: 'u8',
  bool: 'b1',
};
const dtypeByDescriptor = new Map(Object.entries(descriptors).map(([dtype, descriptor]) => [descriptor, dtype as DType]));
const magic = '\x93NUMPY';

/**
 * Reads a `.npy` file. Fortran order becomes row-major, big-endian numbers become little-endian.
 * @throws EngineError `invalid-data` for anything but an array of numbers or booleans that fills its shape
 */
export function decodeNpy(bytes: Uint8Array): Tensor {
  const start = String.fromCharCode(...bytes.subarray(0, 6));
  if (start !== magic || bytes.length < 12) {
    throw new EngineError('invalid-data', 'not a .npy file', { where: 'npy', expected: 'the six bytes \\x93NUMPY and a header' });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6] as number;
  if (version < 1 || version > 3) {
    throw new EngineError('invalid-data', 'unknown .npy version', { where: 'npy', expected: '1 to 3', got: `${version}` });
  }
  const textStart = version === 1 ? 10 : 12;
  const dataStart = textStart + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (dataStart > bytes.length) throw new EngineError('invalid-data', 'the header is cut short', { where: 'npy' });
  const { dtype, bigEndian, fortran, shape } = parseHeader(new TextDecoder().decode(bytes.subarray(textStart, dataStart)));
  const { bytes: width, array } = dtypes[dtype];
  const size = sizeOf(shape);
  const expected = size * width;
  if (bytes.length - dataStart !== expected || !array) {
    throw new EngineError('invalid-data', 'the data does not fill the shape', {
      where: 'npy',
      expected: `${expected} bytes for ${dtype}[${shape.join(', ')}]`,
      got: `${bytes.length - dataStart}`,
      hint: 'The file is cut short or damaged.',
    });
  }
  // slice() copies, so that the numbers start where a typed array may.
  const raw = bytes.slice(dataStart);
  if (bigEndian) for (let offset = 0; offset < raw.length; offset += width) raw.subarray(offset, offset + width).reverse();
  const data = new array(raw.buffer, raw.byteOffset, size);
  if (!fortran || shape.length < 2) return Tensor.from(data, shape, dtype);

  const strides = stridesOf([...shape].reverse()).reverse();
  const out = new array(size);
  const indices = shape.map(() => 0);
  let from = 0;
  for (let offset = 0; offset < size; offset++) {
    out[offset] = data[from] as never;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const stride = strides[axis] as number;
      indices[axis] = (indices[axis] as number) + 1;
      from += stride;
      if ((indices[axis] as number) < (shape[axis] as number)) break;
      from -= stride * (shape[axis] as number);
      indices[axis] = 0;
    }
  }
  return Tensor.from(out, shape, dtype);
}

/**
 * Writes a `.npy` file, version 1.0, little-endian, row-major, data aligned to 64 bytes.
 * @throws EngineError `invalid-argument` for dtypes NumPy does not have
 */
export function encodeNpy({ dtype, shape, data }: Tensor): Uint8Array<ArrayBuffer> {
  const descriptor = descriptors[dtype];
  if (!descriptor || Array.isArray(data)) {
    throw new EngineError('invalid-argument', `NumPy has no ${dtype}`, {
      where: 'npy',
      hint: 'Cast the tensor first, to float32 for instance.',
    });
  }
  const order = dtypes[dtype].bytes === 1 ? '|' : '<';
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${order}${descriptor}', 'fortran_order': False, 'shape': (${axes}), }`;
  const dataStart = Math.ceil((10 + text.length + 1) / 64) * 64;
  const bytes = new Uint8Array(dataStart + data.byteLength);
  bytes.set(Uint8Array.from(magic, (letter) => letter.charCodeAt(0)));
  bytes[6] = 1;
  new DataView(bytes.buffer).setUint16(8, dataStart - 10, true);
  bytes.set(new TextEncoder().encode(`${text.padEnd(dataStart - 11)}\n`), 10);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), dataStart);
  return bytes;
}

interface Header {
  readonly dtype: DType;
  readonly bigEndian: boolean;
  readonly fortran: boolean;
  readonly shape: readonly number[];
}

/** The header is the text of a Python dict with these three keys. */
function parseHeader(text: string): Header {
  const descriptor = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const fortran = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const axes = /'shape':\s*\(([\d\s,L]*)\)/.exec(text)?.[1];
  const dtype = dtypeByDescriptor.get(descriptor?.slice(1) ?? '');
  if (!dtype || fortran === undefined || axes === undefined) {
    throw new EngineError('invalid-data', 'the header describes no array of numbers', {
      where: 'npy',
      expected: 'a descr such as <f4, a fortran_order and a shape',
      got: text.trim().slice(0, 120),
    });
  }
  const shape = axes.split(',').flatMap((axis) => (axis.trim() === '' ? [] : [Number.parseInt(axis, 10)]));
  if (!Number.isSafeInteger(sizeOf(shape)))
    throw new EngineError('invalid-data', 'the shape is too large', { where: 'npy', got: `(${axes})` });
  return { dtype, bigEndian: descriptor?.[0] === '>', fortran: fortran === 'True', shape };
}
