import { restWhile } from '#platform';
import { EngineError } from '../errors.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { type Capabilities, type Elem, type Kernel, paramBytes, sourceOf } from '../wgsl/kernel.ts';
import { pack } from './pack.ts';
import { Readback } from './readback.ts';
import { usage } from './usage.ts';

/** Largest piece handed to the queue at once: bounds the staging memory of an upload. */
const uploadChunk = 64 * 2 ** 20;

const wantedFeatures = ['shader-f16', 'subgroups', 'chromium-experimental-subgroup-matrix', 'timestamp-query'] as const;
const wantedLimits = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
] as const;

/** A device with its pipeline and weight caches. The only owner of the GPUDevice; everything else in `gpu/` goes through it. */
export class Gpu {
  readonly device: GPUDevice;
  readonly adapter: GPUAdapter;
  readonly caps: Capabilities;
  #failure: EngineError | undefined;
  #disposed = false;
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();
  readonly #layouts = new Map<string, GPUBindGroupLayout>();
  readonly #constants = new Map<Tensor, Map<Elem, { buffer: GPUBuffer; users: number }>>();

  private constructor(adapter: GPUAdapter, device: GPUDevice) {
    this.adapter = adapter;
    this.device = device;
    this.caps = capabilitiesOf(adapter, device);
    device.lost.then(({ reason, message }) => {
      if (!this.#disposed) this.#failure ??= deviceLost(reason, message);
    });
    device.onuncapturederror = ({ error }) => {
      this.#failure ??= translate(error);
    };
  }

  /** Opens a device with all that the adapter offers. @throws EngineError `no-adapter` when it gives none */
  static async open(adapter: GPUAdapter): Promise<Gpu> {
    const requiredFeatures = wantedFeatures.filter((feature) => adapter.features.has(feature)) as GPUFeatureName[];
    const requiredLimits = Object.fromEntries(wantedLimits.map((limit) => [limit, adapter.limits[limit] as number]));
    try {
      return new Gpu(adapter, await adapter.requestDevice({ requiredFeatures, requiredLimits }));
    } catch (cause) {
      throw new EngineError('no-adapter', 'the WebGPU adapter gave no device', {
        where: adapterName(adapter.info),
        cause,
        hint: "Use the 'wasm' engine.",
      });
    }
  }

  /** Throws what went wrong on the device since it was opened: lost, out of memory, invalid use. */
  check(): void {
    if (this.#failure) throw this.#failure;
    if (this.#disposed) throw new EngineError('device-lost', 'the engine was disposed');
  }

  layoutOf(kernel: Kernel): GPUBindGroupLayout {
    const withParams = Object.keys(kernel.params).length > 0;
    const key = `${kernel.bindings.map(({ access }) => access).join()}${withParams ? `+p${paramBytes(kernel)}` : ''}`;
    let layout = this.#layouts.get(key);
    if (!layout) {
      const entries: GPUBindGroupLayoutEntry[] = kernel.bindings.map(({ access }, binding) => ({
        binding,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type: access === 'read' ? 'read-only-storage' : 'storage' },
      }));
      if (withParams)
        entries.push({
          binding: kernel.bindings.length,
          visibility: GPUShaderStage.COMPUTE,
          buffer: { type: 'uniform', minBindingSize: paramBytes(kernel) },
        });
      layout = this.device.createBindGroupLayout({ label: key, entries });
      this.#layouts.set(key, layout);
    }
    return layout;
  }

  /** The compiled pipeline of a kernel, cached by its full source. */
  pipelineOf(kernel: Kernel): Promise<GPUComputePipeline> {
    const source = sourceOf(kernel);
    let pipeline = this.#pipelines.get(source);
    if (!pipeline) {
      pipeline = this.#compile(kernel, source);
      this.#pipelines.set(source, pipeline);
    }
    return pipeline;
  }

  async #compile(kernel: Kernel, source: string): Promise<GPUComputePipeline> {
    // Scoped, so that a shader that does not compile fails its own pipeline and not the device.
    this.device.pushErrorScope('validation');
    const module = this.device.createShaderModule({ label: kernel.name, code: source });
    const verdict = this.device.popErrorScope();
    try {
      return await this.#wait(
        this.device.createComputePipelineAsync({
          label: kernel.name,
          layout: this.device.createPipelineLayout({ bindGroupLayouts: [this.layoutOf(kernel)] }),
          compute: { module, entryPoint: 'main' },
        }),
      );
    } catch (cause) {
      this.check();
      const { messages } = await module.getCompilationInfo();
      const first = messages.find(({ type }) => type === 'error');
      const line = first && source.split('\n')[first.lineNum - 1]?.trim();
      throw new EngineError('internal', `kernel does not compile: ${first?.message ?? String(cause)}`, {
        where: first ? `${kernel.name}, WGSL line ${first.lineNum} \`${line}\`` : kernel.name,
        hint: "Use the 'wasm' engine and report this.",
        cause: (await verdict) ?? cause,
      });
    }
  }

  #wait<T>(work: Promise<T>): Promise<T> {
    return this.caps.kind === 'software' ? restWhile(work) : work;
  }

  createBuffer(bytes: number, usage: GPUBufferUsageFlags, label: string): GPUBuffer {
    if (bytes > this.device.limits.maxBufferSize) {
      throw new EngineError('out-of-memory', 'a buffer is larger than the adapter allows', {
        where: label,
        expected: `at most ${this.device.limits.maxBufferSize} bytes`,
        got: `${bytes}`,
        hint: 'Use a smaller batch.',
      });
    }
    return this.device.createBuffer({ label, size: bytes, usage });
  }

  write(buffer: GPUBuffer, bytes: Uint8Array): void {
    for (let start = 0; start < bytes.byteLength; start += uploadChunk) {
      this.device.queue.writeBuffer(buffer, start, bytes, start, Math.min(uploadChunk, bytes.byteLength - start));
    }
  }

  /** A buffer with the bytes of a constant, shared by every program that uses the same tensor. Pair with `releaseConstant`. */
  acquireConstant(tensor: Tensor, elem: Elem): GPUBuffer {
    const byElem = this.#constants.get(tensor) ?? new Map<Elem, { buffer: GPUBuffer; users: number }>();
    this.#constants.set(tensor, byElem);
    let entry = byElem.get(elem);
    if (!entry) {
      const bytes = pack(tensor, elem);
      const buffer = this.createBuffer(bytes.byteLength, usage.storage | usage.copyDst | usage.copySrc, 'constant');
      this.write(buffer, bytes);
      entry = { buffer, users: 0 };
      byElem.set(elem, entry);
    }
    entry.users++;
    return entry.buffer;
  }

  releaseConstant(tensor: Tensor, elem: Elem): void {
    const byElem = this.#constants.get(tensor);
    const entry = byElem?.get(elem);
    if (!byElem || !entry || --entry.users > 0) return;
    entry.buffer.destroy();
    byElem.delete(elem);
    if (byElem.size === 0) this.#constants.delete(tensor);
  }

  /** Copies `bytes` of a buffer to the host, after all work submitted so far. */
  async read(buffer: GPUBuffer, bytes: number): Promise<ArrayBuffer> {
    this.check();
    const readback = new Readback(this, [bytes]);
    const encoder = this.device.createCommandEncoder();
    const read = readback.encode(encoder, [buffer]);
    this.device.queue.submit([encoder.finish()]);
    try {
      const [data] = await read();
      return data as ArrayBuffer;
    } finally {
      readback.dispose();
    }
  }

  /** Maps a staging buffer of `bytes`, copies parts of it out, and unmaps it. */
  async readStaging(
    staging: GPUBuffer,
    bytes: number,
    parts: readonly { readonly offset: number; readonly bytes: number }[],
  ): Promise<readonly ArrayBuffer[]> {
    try {
      await this.#wait(staging.mapAsync(GPUMapMode.READ, 0, bytes));
      this.check();
      return parts.map((part) => staging.getMappedRange(part.offset, part.bytes).slice(0));
    } catch (cause) {
      this.check();
      throw new EngineError('device-lost', 'results could not be read back from the GPU', {
        cause,
        hint: 'Open the engine again and repeat the run.',
      });
    } finally {
      staging.unmap();
    }
  }

  /** Runs `work`, which must not wait, and throws what the device says of it. */
  async scoped<T>(where: string, work: () => T): Promise<T> {
    this.device.pushErrorScope('out-of-memory');
    this.device.pushErrorScope('validation');
    let verdicts: Promise<(GPUError | null)[]>;
    let result: T;
    try {
      result = work();
    } finally {
      verdicts = Promise.all([this.device.popErrorScope(), this.device.popErrorScope()]);
    }
    const error = (await verdicts).find((each) => each !== null);
    if (!error) return result;
    const { code, message, hint } = translate(error);
    throw new EngineError(
      code,
      message
        .replace(hint ?? '', '')
        .trim()
        .replace(/\.$/, ''),
      { where, ...(hint ? { hint } : {}), cause: error },
    );
  }

  dispose(): void {
    this.#disposed = true;
    this.#constants.clear();
    this.#pipelines.clear();
    this.device.destroy();
  }
}

function translate(error: GPUError): EngineError {
  const memory = error instanceof GPUOutOfMemoryError;
  return new EngineError(
    memory ? 'out-of-memory' : 'internal',
    memory ? 'the GPU is out of memory' : `WebGPU refused a command: ${error.message}`,
    {
      hint: memory ? 'Use a smaller batch or the wasm engine.' : "Use the 'wasm' engine and report this.",
      cause: error,
    },
  );
}

function deviceLost(reason: string, message: string): EngineError {
  return new EngineError(
    'device-lost',
    `the GPU device was lost (${reason || 'no reason given'}): ${message || 'the driver said nothing'}`.replace(/\.$/, ''),
    {
      hint: 'Open the engine again; extraction goes on where it stopped.',
    },
  );
}

const softwareAdapter = /swiftshader|llvmpipe|lavapipe|basic render|\bwarp\b/i;

function capabilitiesOf(adapter: GPUAdapter, device: GPUDevice): Capabilities {
  const { limits, features } = device;
  return {
    kind: isSoftware(adapter.info) ? 'software' : 'hardware',
    f16: features.has('shader-f16'),
    subgroups: features.has('subgroups'),
    subgroupMatrix: (features as ReadonlySet<string>).has('chromium-experimental-subgroup-matrix'),
    subgroupSize: adapter.info.subgroupMinSize ?? 1,
    maxWorkgroupStorage: limits.maxComputeWorkgroupStorageSize,
    maxInvocations: limits.maxComputeInvocationsPerWorkgroup,
    maxWorkgroupSize: [limits.maxComputeWorkgroupSizeX, limits.maxComputeWorkgroupSizeY, limits.maxComputeWorkgroupSizeZ],
    maxWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
    maxBindingBytes: limits.maxStorageBufferBindingSize,
    maxStorageBuffers: limits.maxStorageBuffersPerShaderStage,
    offsetAlignment: limits.minStorageBufferOffsetAlignment,
  };
}

/** What people know an adapter by; browsers tell less of it than Dawn does, so as not to make visitors recognisable. */
export function adapterName({ description, device, vendor, architecture }: GPUAdapterInfo): string {
  return description || device || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed';
}

/** Whether an adapter computes on the CPU. */
export function isSoftware(info: GPUAdapterInfo): boolean {
  return info.isFallbackAdapter === true || softwareAdapter.test(`${info.vendor} ${info.architecture} ${info.device} ${info.description}`);
}
