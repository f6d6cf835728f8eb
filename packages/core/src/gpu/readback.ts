import type { Gpu } from './gpu.ts';
import { usage } from './usage.ts';

/** WebGPU maps at multiples of this. */
const alignment = 8;

/**
 * Copies buffers of known sizes to the host, all through one staging buffer, which is kept for the next time: to make one and to map
 * several takes a driver longer than many a model's run.
 */
export class Readback {
  readonly #gpu: Gpu;
  readonly #parts: readonly { readonly offset: number; readonly bytes: number }[];
  readonly #bytes: number;
  /** Not in use; one is kept. */
  #free: GPUBuffer | undefined;
  #disposed = false;

  /** @param sizes bytes of each buffer, multiples of 4 */
  constructor(gpu: Gpu, sizes: readonly number[]) {
    this.#gpu = gpu;
    let end = 0;
    this.#parts = sizes.map((bytes) => {
      const offset = end;
      end += Math.ceil(bytes / alignment) * alignment;
      return { offset, bytes };
    });
    this.#bytes = end;
  }

  /** Encodes the copies. The function, called once they are submitted, gives each buffer's bytes. */
  encode(encoder: GPUCommandEncoder, buffers: readonly GPUBuffer[]): () => Promise<readonly ArrayBuffer[]> {
    if (this.#bytes === 0) return async () => [];
    const staging = this.#free ?? this.#gpu.createBuffer(this.#bytes, usage.copyDst | usage.mapRead, 'readback');
    this.#free = undefined;
    this.#parts.forEach(({ offset, bytes }, index) => {
      encoder.copyBufferToBuffer(buffers[index] as GPUBuffer, 0, staging, offset, bytes);
    });
    return async () => {
      try {
        return await this.#gpu.readStaging(staging, this.#bytes, this.#parts);
      } finally {
        if (this.#disposed || this.#free) staging.destroy();
        else this.#free = staging;
      }
    };
  }

  dispose(): void {
    this.#disposed = true;
    this.#free?.destroy();
  }
}
