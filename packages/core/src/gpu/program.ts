import { EngineError } from '../errors.ts';
import type { Plan, PlannedValue, Step } from '../plan/plan.ts';
import type { DType } from '../tensor/dtype.ts';
import { type Shape, sameShape, sizeOf } from '../tensor/shape.ts';
import { Tensor } from '../tensor/tensor.ts';
import { bufferBytes } from '../wgsl/elem.ts';
import { type Elem, paramBytes } from '../wgsl/kernel.ts';
import { stepOf } from '../wgsl/overflow.ts';
import type { Gpu } from './gpu.ts';
import { pack, unpack } from './pack.ts';
import { Readback } from './readback.ts';
import { usage } from './usage.ts';

/** Uniform offsets are aligned to this on every adapter: WebGPU's default `minUniformBufferOffsetAlignment`. */
const uniformAlignment = 256;

/** A tensor in a GPU buffer of its own. */
export class GpuTensor {
  readonly dtype: DType;
  readonly shape: Shape;
  readonly elem: Elem;
  readonly buffer: GPUBuffer;
  /** Rejects where the numbers are not to be trusted, once that is known; undefined where nothing can be wrong with them. */
  readonly verdict: Promise<void> | undefined;
  readonly #gpu: Gpu;

  constructor(gpu: Gpu, buffer: GPUBuffer, dtype: DType, shape: Shape, elem: Elem, verdict?: Promise<void>) {
    this.#gpu = gpu;
    this.buffer = buffer;
    this.dtype = dtype;
    this.shape = shape;
    this.elem = elem;
    this.verdict = verdict;
  }

  static upload(gpu: Gpu, tensor: Tensor, elem: Elem): GpuTensor {
    const bytes = pack(tensor, elem);
    const buffer = gpu.createBuffer(bytes.byteLength, tensorUsage, 'tensor');
    gpu.write(buffer, bytes);
    return new GpuTensor(gpu, buffer, tensor.dtype, tensor.shape, elem);
  }

  /** @throws EngineError `out-of-range` where a 64-bit integer that it follows from did not fit 32 bits */
  async read(): Promise<Tensor> {
    await this.verdict;
    return unpack(await this.#gpu.read(this.buffer, bufferBytes(sizeOf(this.shape), this.elem)), this.elem, this.dtype, this.shape);
  }

  dispose(): void {
    this.buffer.destroy();
  }
}

const overflowBytes = 4;
const tensorUsage = usage.storage | usage.copyDst | usage.copySrc;

interface BoundStep {
  readonly step: Step;
  readonly pipeline: GPUComputePipeline;
  readonly paramOffset: number;
  readonly readsInput: boolean;
  group: GPUBindGroup;
}

/** A plan on a device: pipelines, buffers and bind groups stand; a run writes inputs, submits once and reads back. */
export class Program {
  readonly plan: Plan;
  readonly #gpu: Gpu;
  readonly #buffers: GPUBuffer[];
  readonly #owned: GPUBuffer[];
  readonly #params: GPUBuffer | undefined;
  /** Where steps report 64-bit integers that do not fit. */
  readonly #overflow: GPUBuffer | undefined;
  readonly #steps: BoundStep[];
  /** For each input, the buffer its bind groups use now: its own, or that of a tensor fed from the device. */
  readonly #bound: GPUBuffer[];
  /** What a run reads back: the outputs, then the overflow word. */
  readonly #results: Readback;
  /** The overflow word alone, for runs whose outputs stay on the device. */
  readonly #reports: Readback;
  #disposed = false;

  private constructor(gpu: Gpu, plan: Plan, buffers: GPUBuffer[], owned: GPUBuffer[], params: GPUBuffer | undefined, steps: BoundStep[]) {
    this.#gpu = gpu;
    this.plan = plan;
    this.#buffers = buffers;
    this.#owned = owned;
    this.#params = params;
    this.#steps = steps;
    this.#bound = plan.inputs.map(({ buffer }) => buffers[buffer] as GPUBuffer);
    this.#overflow = buffers[plan.buffers.findIndex(({ kind }) => kind === 'overflow')];
    const sizes = plan.outputs.map(({ shape, elem }) => bufferBytes(sizeOf(shape), elem));
    this.#results = new Readback(gpu, this.#overflow ? [...sizes, overflowBytes] : sizes);
    this.#reports = new Readback(gpu, [overflowBytes]);
  }

  /** Uploads constants (shared between programs), compiles all pipelines in parallel, builds bind groups. */
  static async create(gpu: Gpu, plan: Plan): Promise<Program> {
    gpu.check();
    const pipelines = Promise.all(plan.steps.map(({ dispatch }) => gpu.pipelineOf(dispatch.kernel)));
    // While the weights go up, the pipelines compile; a failure is thrown where they are awaited.
    pipelines.catch(() => undefined);
    const owned: GPUBuffer[] = [];
    const { bytes, offsets } = packParams(plan);
    const { buffers, params } = await gpu.scoped('opening a model on the GPU', () => {
      const own = (size: number, flags: GPUBufferUsageFlags, label: string) => {
        const buffer = gpu.createBuffer(size, flags, label);
        owned.push(buffer);
        return buffer;
      };
      const buffers = plan.buffers.map((buffer) => {
        if (buffer.kind === 'constant') return gpu.acquireConstant(buffer.tensor, buffer.elem);
        return own(buffer.bytes, tensorUsage, buffer.kind === 'input' ? `input ${buffer.value}` : buffer.kind);
      });
      if (bytes.byteLength === 0) return { buffers, params: undefined };
      const params = own(bytes.byteLength, usage.uniform | usage.copyDst, 'params');
      gpu.write(params, bytes);
      return { buffers, params };
    });
    const inputs = new Set(plan.inputs.map(({ buffer }) => buffer));
    const compiled = await pipelines;
    const steps = plan.steps.map((step, index): BoundStep => {
      const paramOffset = offsets[index] as number;
      return {
        step,
        pipeline: compiled[index] as GPUComputePipeline,
        paramOffset,
        readsInput: step.buffers.some((buffer) => inputs.has(buffer)),
        group: bindGroup(gpu, step, (buffer) => buffers[buffer] as GPUBuffer, params, paramOffset),
      };
    });
    return new Program(gpu, plan, buffers, owned, params, steps);
  }

  /**
   * Runs once. `feeds` has one tensor for each input of the plan; outputs are copied into device tensors of their own. What is wrong
   * with them is known when they are read, or fed to a run that is.
   */
  runOnDevice(feeds: Readonly<Record<string, Tensor | GpuTensor>>): Record<string, GpuTensor> {
    const encoder = this.#encode(feeds);
    const reported = this.#overflow && this.#reports.encode(encoder, [this.#overflow]);
    const buffers = this.plan.outputs.map((output) => {
      const bytes = bufferBytes(sizeOf(output.shape), output.elem);
      const buffer = this.#gpu.createBuffer(bytes, tensorUsage, `output ${output.name}`);
      encoder.copyBufferToBuffer(this.#bufferOf(output), 0, buffer, 0, bytes);
      return buffer;
    });
    this.#gpu.device.queue.submit([encoder.finish()]);
    const verdict = together([...verdictsOf(feeds), ...(reported ? [reported().then(([report]) => this.#judge(report))] : [])]);
    return Object.fromEntries(
      this.plan.outputs.map(({ name, dtype, shape, elem }, index) => [
        name,
        new GpuTensor(this.#gpu, buffers[index] as GPUBuffer, dtype, shape, elem, verdict),
      ]),
    );
  }

  /**
   * Runs once and reads every output back.
   * @throws EngineError `out-of-range` naming the node where a 64-bit integer does not fit 32 bits
   */
  async run(feeds: Readonly<Record<string, Tensor | GpuTensor>>): Promise<Record<string, Tensor>> {
    const encoder = this.#encode(feeds);
    const { outputs } = this.plan;
    const read = this.#results.encode(encoder, [
      ...outputs.map((output) => this.#bufferOf(output)),
      ...(this.#overflow ? [this.#overflow] : []),
    ]);
    this.#gpu.device.queue.submit([encoder.finish()]);
    const data = await read();
    this.#judge(data[outputs.length]);
    await together(verdictsOf(feeds));
    return Object.fromEntries(
      outputs.map(({ name, elem, dtype, shape }, index) => [name, unpack(data[index] as ArrayBuffer, elem, dtype, shape)]),
    );
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const buffer of this.#owned) buffer.destroy();
    this.#results.dispose();
    this.#reports.dispose();
    for (const buffer of this.plan.buffers) if (buffer.kind === 'constant') this.#gpu.releaseConstant(buffer.tensor, buffer.elem);
  }

  /** Throws where a step reported a 64-bit integer that does not fit, in the word read back with a run. */
  #judge(report: ArrayBuffer | undefined): void {
    const [mark = 0] = report ? new Uint32Array(report) : [];
    const step = this.plan.steps[stepOf(mark) ?? -1];
    if (step) throw overflowError(step);
  }

  #encode(feeds: Readonly<Record<string, Tensor | GpuTensor>>): GPUCommandEncoder {
    if (this.#disposed) throw new EngineError('invalid-argument', 'the session was disposed');
    this.#gpu.check();
    let rebind = false;
    this.plan.inputs.forEach((input, index) => {
      const feed = feeds[input.name];
      if (!feed)
        throw new EngineError('invalid-argument', 'no value for an input', {
          where: `input '${input.name}'`,
          expected: `${input.dtype}[${input.shape.join(', ')}]`,
        });
      checkFeed(input, feed);
      const own = this.#buffers[input.buffer] as GPUBuffer;
      const buffer = feed instanceof GpuTensor && feed.elem === input.elem ? feed.buffer : own;
      if (feed instanceof Tensor) this.#gpu.write(own, pack(feed, input.elem, `value '${input.name}'`));
      if (this.#bound[index] !== buffer) {
        this.#bound[index] = buffer;
        rebind = true;
      }
    });
    if (rebind) {
      for (const bound of this.#steps) {
        if (bound.readsInput)
          bound.group = bindGroup(this.#gpu, bound.step, (buffer) => this.#current(buffer), this.#params, bound.paramOffset);
      }
    }
    const encoder = this.#gpu.device.createCommandEncoder();
    if (this.#overflow) encoder.clearBuffer(this.#overflow);
    const pass = encoder.beginComputePass();
    for (const { step, pipeline, group } of this.#steps) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(...step.dispatch.grid);
    }
    pass.end();
    return encoder;
  }

  #current(buffer: number): GPUBuffer {
    const input = this.plan.inputs.findIndex((each) => each.buffer === buffer);
    return (input >= 0 ? this.#bound[input] : this.#buffers[buffer]) as GPUBuffer;
  }

  #bufferOf(value: PlannedValue): GPUBuffer {
    return this.#current(value.buffer);
  }
}

function overflowError({ node, outputs, origin }: Step): EngineError {
  return new EngineError('out-of-range', `a 64-bit integer on the way to '${outputs.join("', '")}' does not fit the 32 bits of the GPU`, {
    where: origin ?? node,
    node: outputs[0] ?? node,
    expected: 'int64 in -2147483648..2147483647, uint64 in 0..4294967295',
    hint: "Use the 'wasm' engine for this input; it computes with 64 bits.",
  });
}

function verdictsOf(feeds: Readonly<Record<string, Tensor | GpuTensor>>): readonly Promise<void>[] {
  return Object.values(feeds).flatMap((feed) => (feed instanceof GpuTensor && feed.verdict ? [feed.verdict] : []));
}

/** Settles as all of them; undefined for none. Nobody may ever ask, so a rejection is no failure by itself. */
function together(verdicts: readonly Promise<void>[]): Promise<void> | undefined {
  if (verdicts.length === 0) return undefined;
  const all = Promise.all(verdicts).then(() => undefined);
  all.catch(() => undefined);
  return all;
}

function checkFeed(input: PlannedValue, feed: Tensor | GpuTensor): void {
  if (!sameShape(feed.shape, input.shape) || feed.dtype !== input.dtype) {
    throw new EngineError('invalid-argument', 'a feed does not fit its input', {
      where: `input '${input.name}'`,
      expected: `${input.dtype}[${input.shape.join(', ')}]`,
      got: `${feed.dtype}[${feed.shape.join(', ')}]`,
    });
  }
}

function bindGroup(
  gpu: Gpu,
  step: Step,
  bufferAt: (buffer: number) => GPUBuffer,
  params: GPUBuffer | undefined,
  paramOffset: number,
): GPUBindGroup {
  const { kernel } = step.dispatch;
  const entries: GPUBindGroupEntry[] = step.buffers.map((buffer, binding) => ({ binding, resource: { buffer: bufferAt(buffer) } }));
  if (params && paramBytes(kernel) > 0)
    entries.push({ binding: kernel.bindings.length, resource: { buffer: params, offset: paramOffset, size: paramBytes(kernel) } });
  return gpu.device.createBindGroup({ label: step.node, layout: gpu.layoutOf(kernel), entries });
}

/** All uniform structs of a plan in one buffer; equal structs are stored once. */
function packParams(plan: Plan): { bytes: Uint8Array; offsets: number[] } {
  const chunks: Uint8Array[] = [];
  const known = new Map<string, number>();
  let end = 0;
  const offsets = plan.steps.map(({ dispatch: { kernel, params }, node }) => {
    const names = Object.keys(kernel.params);
    if (names.length === 0) return 0;
    const view = new DataView(new ArrayBuffer(Math.ceil(paramBytes(kernel) / uniformAlignment) * uniformAlignment));
    names.forEach((name, index) => {
      const value = params[name];
      if (value === undefined || Number.isNaN(value)) {
        throw new EngineError('internal', `kernel parameter '${name}' of ${kernel.name} is ${value}`, { where: node });
      }
      const type = kernel.params[name];
      if (type === 'f32') view.setFloat32(index * 4, value, true);
      else if (type === 'i32') view.setInt32(index * 4, value, true);
      else view.setUint32(index * 4, value, true);
    });
    const chunk = new Uint8Array(view.buffer);
    const key = chunk.join();
    const offset = known.get(key);
    if (offset !== undefined) return offset;
    known.set(key, end);
    chunks.push(chunk);
    end += chunk.byteLength;
    return end - chunk.byteLength;
  });
  const bytes = new Uint8Array(end);
  let start = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, start);
    start += chunk.byteLength;
  }
  return { bytes, offsets };
}
