import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-web';
import { EngineError, type ErrorCode } from '../errors.ts';
import { encodeModel } from '../onnx/encode.ts';
import type { ModelProto } from '../onnx/proto.ts';
import type { DType, TensorData } from '../tensor/dtype.ts';
import { Tensor } from '../tensor/tensor.ts';

export interface WasmSessionOptions {
  /** Weights files by the location the model names them by; needed when it was not exported by us, which puts weights inside. */
  readonly externalData?: ReadonlyMap<string, Uint8Array>;
  /** Threads of the first session opened in this process, which all later ones share; the machine's cores (at most 8) when left out. */
  readonly threads?: number;
}

/** A model in onnxruntime-web's CPU engine. */
export interface WasmSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /**
   * @param feeds one tensor an input, dtypes as the model has them
   * @param outputs names to compute; all outputs when left out
   */
  run(feeds: Readonly<Record<string, Tensor>>, outputs?: readonly string[]): Promise<Record<string, Tensor>>;
  dispose(): void;
}

/**
 * Opens a model in onnxruntime-web, which is loaded now and not before.
 * @throws EngineError `invalid-model` or `unsupported` with onnxruntime's own reason
 */
export async function createWasmSession(
  model: Uint8Array | ModelProto,
  { externalData, threads }: WasmSessionOptions = {},
): Promise<WasmSession> {
  const runtime = await loadRuntime(threads);
  const bytes = model instanceof Uint8Array ? model : encodeModel(model);
  const files = [...(externalData ?? [])].map(([path, data]) => ({ path, data }));
  try {
    const session = await runtime.InferenceSession.create(bytes, {
      executionProviders: ['wasm'],
      logSeverityLevel: 4,
      ...(files.length > 0 ? { externalData: files } : {}),
    });
    return new OrtSession(session, runtime.Tensor);
  } catch (error) {
    throw fromOrt(error, 'the model cannot be opened', 'invalid-model');
  }
}

type Runtime = typeof import('#onnxruntime');

let loading: Promise<Runtime> | undefined;

function loadRuntime(threads: number | undefined): Promise<Runtime> {
  loading ??= import('#onnxruntime').then((runtime) => {
    // What goes wrong is thrown, with onnxruntime's words in it; it need not be printed too.
    runtime.env.logLevel = 'fatal';
    // A page shares memory between threads only when it is cross-origin isolated; Node has no such notion.
    const most = globalThis.crossOriginIsolated === false ? 1 : 8;
    runtime.env.wasm.numThreads = threads ?? Math.min(most, navigator.hardwareConcurrency);
    return runtime;
  });
  return loading;
}

class OrtSession implements WasmSession {
  readonly #session: InferenceSession;
  readonly #tensor: Runtime['Tensor'];

  constructor(session: InferenceSession, tensor: Runtime['Tensor']) {
    this.#session = session;
    this.#tensor = tensor;
  }

  get inputNames(): readonly string[] {
    return this.#session.inputNames;
  }

  get outputNames(): readonly string[] {
    return this.#session.outputNames;
  }

  async run(feeds: Readonly<Record<string, Tensor>>, outputs: readonly string[] = this.outputNames): Promise<Record<string, Tensor>> {
    const inputs = Object.fromEntries(
      this.inputNames.map((name) => {
        const feed = feeds[name];
        if (feed) return [name, this.#toOrt(name, feed)];
        throw new EngineError('invalid-argument', `input '${name}' is not fed`, {
          where: 'wasm',
          expected: this.inputNames.join(', '),
          got: Object.keys(feeds).join(', ') || 'nothing',
        });
      }),
    );
    try {
      const results = await this.#session.run(inputs, outputs, { logSeverityLevel: 4 });
      return Object.fromEntries(outputs.map((name) => [name, toTensor(results[name] as OrtTensor)]));
    } catch (error) {
      throw fromOrt(error, 'the model cannot be run on these inputs', 'invalid-argument');
    }
  }

  dispose(): void {
    // Releasing a session twice, or one that failed, has nothing to say to anybody.
    this.#session.release().catch(() => undefined);
  }

  #toOrt(name: string, { dtype, data, shape }: Tensor): OrtTensor {
    if (dtype === 'bfloat16' || dtype === 'int4' || dtype === 'uint4') {
      throw new EngineError('unsupported', `the wasm engine takes no ${dtype} input`, {
        where: `input '${name}'`,
        hint: 'Cast it to float32.',
      });
    }
    return new this.#tensor(dtype, data as OrtTensor.DataType, shape);
  }
}

function toTensor({ type, data, dims }: OrtTensor): Tensor {
  return Tensor.from(data as TensorData, dims, type as DType);
}

/** OrtErrorCode (onnxruntime_c_api.h) of the failures that say whose fault it is. */
const codes: Readonly<Record<string, ErrorCode>> = {
  2: 'invalid-argument',
  4: 'invalid-model',
  7: 'invalid-model',
  9: 'unsupported',
  10: 'invalid-model',
};

function fromOrt(error: unknown, what: string, otherwise: ErrorCode): EngineError {
  const text = typeof error === 'number' ? 'the WebAssembly heap is exhausted' : error instanceof Error ? error.message : String(error);
  const [, code = '', reason = text] = /ERROR_CODE: (\d+), ERROR_MESSAGE: ([\s\S]*)$/.exec(text) ?? [];
  if (typeof error === 'number' || /bad_alloc|out of memory|Array buffer allocation|memory access out of bounds/i.test(text)) {
    return new EngineError('out-of-memory', `${what}: WebAssembly has no more memory`, {
      where: 'onnxruntime-web',
      hint: 'Run smaller batches, or use the webgpu engine, which has no limit of 4 GiB.',
      cause: error,
    });
  }
  return new EngineError(codes[code] ?? otherwise, `${what}: ${reason.trim().replace(/\.$/, '')}`, {
    where: 'onnxruntime-web',
    cause: error,
  });
}
