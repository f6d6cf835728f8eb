import { EngineError } from '../errors.ts';
import type { Graph } from '../ir/graph.ts';
import { evaluate } from '../ops/evaluate.ts';
import { newBuilder } from '../ops/registry.ts';
import { type AxisWindow, axisTable, type ResizeFilter } from '../ops/resize-image/coefficients.ts';
import type { Picture } from '../platform/platform.ts';
import type { DeviceTensor, Engine, Feed, Session } from '../session/engine.ts';
import { allocate, type DType, dtypes } from '../tensor/dtype.ts';
import { Tensor } from '../tensor/tensor.ts';
import { RecentSessions } from './recent-sessions.ts';

/** How a picture becomes a model's input. All of it is ours and the same in every front end; only decoding is the platform's. */
export interface ImagePreprocessing {
  /** Size of the input, in pixels. */
  readonly height: number;
  readonly width: number;
  /**
   * `stretch` resizes to the size; `crop` resizes the shorter edge to `shortest` pixels and cuts out the middle; `pad` fits the whole
   * picture in and fills the rest.
   */
  readonly fit: 'stretch' | 'crop' | 'pad';
  /** For `crop`, pixels; the larger of height and width when left out. */
  readonly shortest?: number;
  readonly filter: ResizeFilter;
  readonly channels: 'rgb' | 'bgr' | 'grey';
  /** A byte becomes `(byte · scale − mean) / std`, by channel in the input's order. */
  readonly scale: number;
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Bytes (red, green, blue) of the padding. */
  readonly fill?: readonly number[];
  readonly layout?: 'NCHW' | 'NHWC';
}

/** What most ImageNet models are trained with. */
export const imageNetPreprocessing: ImagePreprocessing = {
  height: 224,
  width: 224,
  fit: 'crop',
  shortest: 256,
  filter: 'bilinear',
  channels: 'rgb',
  scale: 1 / 255,
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};

/** Past this many pixels a picture is resized on the host: 4 bytes each, and WebGPU promises bindings of 128 MiB. */
const mostPixels = 2 ** 25;

/** Turns pictures into the input tensor [N, C, height, width] of one model, on one engine. */
export class ImagePreprocessor {
  readonly #engine: Engine;
  readonly #spec: ImagePreprocessing;
  readonly #dtype: DType;
  /** One session for each set of capacities, and one to stack each number of pictures. */
  readonly #sessions = new RecentSessions();

  constructor(engine: Engine, spec: ImagePreprocessing, dtype: DType = 'float32') {
    this.#engine = engine;
    this.#spec = spec;
    this.#dtype = dtype;
  }

  /** The input for a batch of pictures; on `webgpu` it is made and stays on the device. Dispose of it when it was used. */
  async prepare(pictures: readonly Picture[]): Promise<DeviceTensor> {
    if (this.#engine.backend === 'wasm') {
      const jobs = pictures.map((picture) => this.#onHost(resizeJob(picture, this.#spec)));
      return this.#engine.upload(stack(jobs));
    }
    const parts: DeviceTensor[] = [];
    try {
      for (const picture of pictures) parts.push(await this.#prepareOne(picture));
      const [first] = parts;
      if (parts.length === 1 && first) return parts.pop() as DeviceTensor;
      const session = await this.#session(`stack ${parts.length}`, () => stackGraph(parts));
      const feeds: Record<string, Feed> = Object.fromEntries(parts.map((part, index) => [`x${index}`, part]));
      const { stacked } = await session.runOnDevice(feeds);
      return stacked as DeviceTensor;
    } finally {
      for (const part of parts) part.dispose();
    }
  }

  dispose(): void {
    this.#sessions.dispose();
  }

  async #prepareOne(picture: Picture): Promise<DeviceTensor> {
    const job = resizeJob(picture, this.#spec);
    if (picture.width * picture.height > mostPixels) return this.#engine.upload(this.#onHost(job));
    const { pixels, columns, rows, sourceRows } = job.capacity;
    const session = await this.#session([pixels, columns, rows, sourceRows].join(), () =>
      imageGraph(this.#spec, job.capacity, this.#dtype),
    );
    const { input } = await session.runOnDevice(job.feeds);
    return input as DeviceTensor;
  }

  #onHost({ capacity, feeds }: ResizeJob): Tensor {
    return evaluate(imageGraph(this.#spec, capacity, this.#dtype), feeds).input as Tensor;
  }

  #session(key: string, graph: () => Graph): Promise<Session> {
    return this.#sessions.get(key, () => this.#engine.load(graph()));
  }
}

/** Lengths of the resize node's inputs, rounded up to powers of two so that few plans serve all pictures. */
export interface ResizeCapacity {
  readonly pixels: number;
  readonly columns: number;
  readonly rows: number;
  readonly sourceRows: number;
}

export interface ResizeJob {
  readonly capacity: ResizeCapacity;
  readonly feeds: { readonly pixels: Tensor; readonly geometry: Tensor; readonly columns: Tensor; readonly rows: Tensor };
}

/** One picture as inputs of the resize node (headstart.ResizeImage). */
export function resizeJob(picture: Picture, spec: ImagePreprocessing): ResizeJob {
  if (picture.data.length !== picture.width * picture.height * 3) {
    throw new EngineError('invalid-data', 'the pixels do not fill the picture', {
      expected: `${picture.width} × ${picture.height} × 3 bytes`,
      got: `${picture.data.length}`,
    });
  }
  const windows = windowsOf(picture, spec);
  const columns = axisTable(spec.filter, windows.columns);
  const rows = axisTable(spec.filter, windows.rows);
  const rowCount = Math.max(0, rows.end - rows.start);
  const capacity: ResizeCapacity = {
    pixels: roundUp(rowCount * picture.width),
    columns: roundUp(columns.table.length),
    rows: roundUp(rows.table.length),
    sourceRows: roundUp(rowCount),
  };
  // Only the rows that are used travel; row numbers count from the first of them.
  for (let row = 0; row < spec.height; row++)
    if (rows.table[3 * row + 1]) rows.table[3 * row] = (rows.table[3 * row] as number) - rows.start;
  return {
    capacity,
    feeds: {
      pixels: Tensor.from(packPixels(picture, rows.start, rowCount, spec.channels === 'grey', capacity.pixels)),
      geometry: Tensor.from(Int32Array.of(picture.width, 0, rowCount)),
      columns: Tensor.from(padded(columns.table, capacity.columns)),
      rows: Tensor.from(padded(rows.table, capacity.rows)),
    },
  };
}

/** A graph that resizes, crops, pads and normalises one picture: output `input`, [1, C, height, width] or [1, height, width, C]. */
export function imageGraph(spec: ImagePreprocessing, capacity: ResizeCapacity, dtype: DType = 'float32'): Graph {
  const g = newBuilder();
  const inputs = [
    g.input('pixels', 'uint32', [capacity.pixels]),
    g.input('geometry', 'int32', [3]),
    g.input('columns', 'int32', [capacity.columns]),
    g.input('rows', 'int32', [capacity.rows]),
  ];
  const grey = spec.channels === 'grey';
  const three = (values: readonly number[]) => (values.length === 1 ? [values[0], values[0], values[0]] : values) as number[];
  const attributes = {
    height: spec.height,
    width: spec.width,
    sourceRows: Math.max(1, capacity.sourceRows),
    bgr: spec.channels === 'bgr' ? 1 : 0,
    scale: spec.scale,
    mean: three(spec.mean),
    std: three(spec.std),
    fill: spec.fill ?? [0, 0, 0],
  };
  let value = g.add('ResizeImage', inputs, attributes, { domain: 'headstart', outputs: ['resized'] });
  if (grey) {
    const axis = (numbers: readonly number[]) => g.constant(Tensor.from(BigInt64Array.from(numbers, BigInt)), g.fresh('axis'));
    value = g.add('Slice', [value, axis([0]), axis([1]), axis([1])]);
  }
  if (spec.layout === 'NHWC') value = g.add('Transpose', [value], { perm: [0, 2, 3, 1] });
  if (dtype !== 'float32') value = g.add('Cast', [value], { to: onnxTypes[dtype] ?? 1 });
  return g.build([g.add('Identity', [value], {}, { outputs: ['input'] })]);
}

/** ONNX TensorProto.DataType numbers of what image models take. */
const onnxTypes: Partial<Record<DType, number>> = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7, float16: 10, float64: 11 };

/** The windows of the resized picture that the input shows. */
function windowsOf({ width, height }: Picture, spec: ImagePreprocessing): { readonly columns: AxisWindow; readonly rows: AxisWindow } {
  let resized = { width: spec.width, height: spec.height };
  if (spec.fit === 'crop') {
    const shortest = spec.shortest ?? Math.max(spec.height, spec.width);
    // As torchvision and transformers: the longer edge is truncated.
    resized =
      width <= height
        ? { width: shortest, height: Math.trunc((shortest * height) / width) }
        : { width: Math.trunc((shortest * width) / height), height: shortest };
  } else if (spec.fit === 'pad') {
    const ratio = Math.min(spec.width / width, spec.height / height);
    resized = { width: Math.max(1, Math.round(width * ratio)), height: Math.max(1, Math.round(height * ratio)) };
  }
  const window = (source: number, size: number, length: number): AxisWindow => ({
    source,
    resized: size,
    first: Math.floor((size - length) / 2),
    length,
  });
  return { columns: window(width, resized.width, spec.width), rows: window(height, resized.height, spec.height) };
}

/** uint32[capacity], a pixel a word, red in the low byte; grey by ITU-R 601-2 as Pillow's convert('L'). */
function packPixels({ width, data }: Picture, firstRow: number, rowCount: number, grey: boolean, capacity: number): Uint32Array {
  const packed = new Uint32Array(capacity);
  let at = firstRow * width * 3;
  for (let pixel = 0; pixel < rowCount * width; pixel++, at += 3) {
    const red = data[at] as number;
    const green = data[at + 1] as number;
    const blue = data[at + 2] as number;
    packed[pixel] = grey ? ((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16) * 0x010101 : red | (green << 8) | (blue << 16);
  }
  return packed;
}

function stackGraph(parts: readonly DeviceTensor[]): Graph {
  const g = newBuilder();
  const inputs = parts.map(({ dtype, shape }, index) => g.input(`x${index}`, dtype, shape));
  return g.build([g.add('Concat', inputs, { axis: 0 }, { outputs: ['stacked'] })]);
}

/** Tensors of one shape [1, …] along axis 0. */
function stack(tensors: readonly Tensor[]): Tensor {
  const [first] = tensors as [Tensor];
  if (tensors.length === 1) return first;
  const out = allocate(first.dtype, first.size * tensors.length) as Float32Array;
  tensors.forEach(({ data }, index) => {
    out.set(data as Float32Array, index * first.size);
  });
  return Tensor.from(out, [tensors.length, ...first.shape.slice(1)], first.dtype);
}

function padded(table: Int32Array, length: number): Int32Array {
  const out = new Int32Array(length);
  out.set(table);
  return out;
}

function roundUp(count: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(64, count)));
}

/** Whether a model's input of this type can be fed with pictures. */
export function isPictureType(dtype: DType): boolean {
  return onnxTypes[dtype] !== undefined && dtypes[dtype].bytes <= 4;
}
