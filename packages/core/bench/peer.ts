import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { DType, TensorData } from '../src/tensor/dtype.ts';
import { Tensor } from '../src/tensor/tensor.ts';

/** onnxruntime-web's WebGPU engine in this process: what ours is measured against. */
export interface Peer {
  open(
    model: Uint8Array,
    external: readonly { path: string; data: Uint8Array }[],
    dimensions: Record<string, number>,
  ): Promise<PeerSession>;
}

export interface PeerSession {
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>;
  release(): Promise<void>;
}

type Ort = typeof import('onnxruntime-web/webgpu');

/**
 * Loads it on Dawn: `navigator.gpu` becomes `gpu`, and what it uploads is copied out of its shared WebAssembly heap first, which Dawn refuses to read.
 */
export async function loadPeer(gpu: GPU): Promise<Peer> {
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
  const write = GPUQueue.prototype.writeBuffer;
  GPUQueue.prototype.writeBuffer = function (buffer, offset, data, start = 0, size?: number) {
    const view = ArrayBuffer.isView(data) ? data : new Uint8Array(data as ArrayBuffer);
    const scale = 'BYTES_PER_ELEMENT' in view ? (view as Uint8Array).BYTES_PER_ELEMENT : 1;
    const length = size === undefined ? view.byteLength - start * scale : size * scale;
    const copy = new Uint8Array(length);
    copy.set(new Uint8Array(view.buffer, view.byteOffset + start * scale, length));
    write.call(this, buffer, offset, copy, 0, length);
  };
  // Node's condition of the package is its build without WebGPU; the browser's build runs once it finds `navigator.gpu`.
  const folder = createRequire(import.meta.url)
    .resolve('onnxruntime-web')
    .replace(/[^/\\]+$/, '');
  const ort = (await import(pathToFileURL(`${folder}ort.webgpu.bundle.min.mjs`).href)) as Ort;
  ort.env.logLevel = 'error';
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = pathToFileURL(folder).href;
  const toOrt = ({ dtype, data, shape }: Tensor) => new ort.Tensor(dtype as 'float32', data as Float32Array, shape);
  return {
    async open(model, external, dimensions) {
      const session = await ort.InferenceSession.create(model, {
        executionProviders: ['webgpu'],
        graphOptimizationLevel: 'all',
        freeDimensionOverrides: dimensions,
        ...(external.length > 0 ? { externalData: external } : {}),
      });
      return {
        async run(feeds) {
          const inputs = Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, toOrt(tensor)]));
          const results = await session.run(inputs);
          return Object.fromEntries(
            Object.entries(results).map(([name, { data, dims, type }]) => [name, Tensor.from(data as TensorData, dims, type as DType)]),
          );
        },
        release: () => session.release(),
      };
    },
  };
}

/** Counts the dispatches that any code in this process encodes while `work` runs. */
export async function countDispatches<T>(work: () => Promise<T>): Promise<{ result: T; dispatches: number }> {
  const { dispatchWorkgroups } = GPUComputePassEncoder.prototype;
  let dispatches = 0;
  GPUComputePassEncoder.prototype.dispatchWorkgroups = function (...grid) {
    dispatches++;
    return dispatchWorkgroups.apply(this, grid);
  };
  try {
    return { result: await work(), dispatches };
  } finally {
    GPUComputePassEncoder.prototype.dispatchWorkgroups = dispatchWorkgroups;
  }
}
