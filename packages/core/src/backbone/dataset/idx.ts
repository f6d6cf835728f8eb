import { joinPath, readFile } from '#platform';
import { EngineError } from '../../errors.ts';
import type { FoundSamples, Sample } from '../sample.ts';

/** The files of MNIST and its kin: `train-images-idx3-ubyte`, `t10k-labels-idx1-ubyte`, compressed or not. */
export function isIdxName(name: string): boolean {
  return /idx[13]-ubyte(\.gz)?$/.test(name);
}

/** Pictures and labels of IDX files in one folder; `t10k` or `test` files are the test split. */
export async function readIdx(folder: string, names: readonly string[], labelled: boolean): Promise<FoundSamples> {
  const read = async (pattern: RegExp, split: string): Promise<readonly Sample[]> => {
    const images = names.find((name) => pattern.test(name) && /idx3/.test(name));
    const labels = names.find((name) => pattern.test(name) && /idx1/.test(name));
    if (!images) return [];
    if (!labels && labelled)
      throw new EngineError('invalid-data', 'pictures without labels', {
        where: joinPath(folder, images),
        expected: 'an idx1 file beside it',
      });
    const pictures = parseIdx(await load(joinPath(folder, images)), images);
    const classes = labels ? parseIdx(await load(joinPath(folder, labels)), labels) : undefined;
    const [count = 0, height = 0, width = 0, channels = 1] = pictures.shape;
    if (classes && classes.shape[0] !== count) {
      throw new EngineError('invalid-data', 'pictures and labels differ in number', {
        where: folder,
        expected: `${count} labels`,
        got: `${classes.shape[0]}`,
      });
    }
    return Array.from({ length: count }, (_, index): Sample => {
      const size = height * width * channels;
      const pixels = pictures.data.subarray(index * size, (index + 1) * size);
      const data =
        channels === 3 ? pixels.slice() : Uint8Array.from({ length: height * width * 3 }, (_, at) => pixels[Math.floor(at / 3)] as number);
      return {
        id: `${split}-${index}`,
        picture: { width, height, data },
        ...(classes ? { label: String(classes.data[index]) } : {}),
      };
    });
  };
  const test = await read(/^(t10k|test)/, 'test');
  const train = await read(/^(?!t10k|test)/, 'train');
  return { modality: 'image', samples: train, test: test.length > 0 ? test : undefined, skipped: [], warnings: [] };
}

/** An IDX file of bytes: two zeros, type 0x08, number of axes, sizes in big-endian 32 bits, then the elements (Y. LeCun's MNIST page). */
function parseIdx(bytes: Uint8Array, where: string): { shape: number[]; data: Uint8Array<ArrayBuffer> } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const axes = bytes[3] ?? 0;
  if (bytes.length < 4 + 4 * axes || view.getUint16(0) !== 0 || bytes[2] !== 8 || axes === 0) {
    throw new EngineError('invalid-data', 'not an IDX file of bytes', { where });
  }
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const data = Uint8Array.from(bytes.subarray(4 + 4 * axes));
  const expected = shape.reduce((product, size) => product * size, 1);
  if (data.length !== expected) {
    throw new EngineError('invalid-data', 'the IDX file is cut short', { where, expected: `${expected} elements`, got: `${data.length}` });
  }
  return { shape, data };
}

async function load(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  if (!path.endsWith('.gz')) return bytes;
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());
}
