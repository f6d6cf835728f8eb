import { type Backend, type Engine, openEngine } from '@headstart/core';
import type { EngineInfo } from '../protocol.ts';

/** The one engine of the worker, opened when it is needed and opened anew after the device was lost. */
export class Engines {
  readonly #tell: (info: EngineInfo) => void;
  #backend: Backend;
  #engine: Promise<Engine> | undefined;
  /** Set when `webgpu` gave other numbers than onnxruntime: it is not asked again. */
  #distrust: string | undefined;

  constructor(backend: Backend, tell: (info: EngineInfo) => void) {
    this.#backend = backend;
    this.#tell = tell;
  }

  get(): Promise<Engine> {
    this.#engine ??= this.#open();
    this.#engine.catch(() => {
      this.#engine = undefined;
    });
    return this.#engine;
  }

  async describe(): Promise<EngineInfo> {
    const engine = await this.get();
    const missing = missingGpu();
    return {
      backend: engine.backend,
      adapter: engine.adapter?.description || engine.adapter?.vendor || '',
      reason: this.#distrust ?? engine.reason,
      ...(engine.backend === 'wasm' && missing ? { missing } : {}),
      ...(engine.backend === 'wasm' && !missing && !(await navigator.gpu.requestAdapter()) ? { missing: 'no-adapter' as const } : {}),
    };
  }

  async choose(backend: Backend): Promise<void> {
    if (backend === this.#backend) return;
    this.#backend = backend;
    await this.drop();
  }

  /** Computes on the CPU from here on. */
  async distrust(reason: string): Promise<void> {
    this.#distrust = reason;
    await this.drop();
  }

  async drop(): Promise<void> {
    const engine = this.#engine;
    this.#engine = undefined;
    (await engine?.catch(() => undefined))?.dispose();
  }

  async #open(): Promise<Engine> {
    const engine = await openEngine({ backend: this.#distrust === undefined ? this.#backend : 'wasm' });
    this.#engine = Promise.resolve(engine);
    this.#tell(await this.describe());
    return engine;
  }
}

function missingGpu(): 'no-webgpu' | 'insecure' | undefined {
  if ('gpu' in navigator) return undefined;
  return isSecureContext ? 'no-webgpu' : 'insecure';
}
