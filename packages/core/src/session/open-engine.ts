import { gpuLoadFailure, loadGpu } from '#platform';
import { EngineError } from '../errors.ts';
import { adapterName, isSoftware } from '../gpu/gpu.ts';
import type { Engine } from './engine.ts';
import { WasmEngine } from './wasm-engine.ts';
import { WebgpuEngine } from './webgpu-engine.ts';

export type Backend = 'auto' | 'webgpu' | 'wasm';

export interface EngineOptions {
  /** `auto` takes `webgpu` on a hardware adapter and `wasm` otherwise. */
  readonly backend?: Backend;
}

/**
 * Opens what executes graphs. `engine.backend` and `engine.reason` say what was chosen and why.
 * @throws EngineError `no-adapter` when `webgpu` is asked for and this machine has no WebGPU adapter
 */
export async function openEngine({ backend = 'auto' }: EngineOptions = {}): Promise<Engine> {
  if (backend === 'wasm') return new WasmEngine('the wasm engine was asked for');
  const adapter = await requestAdapter();
  if (backend === 'webgpu') {
    if (adapter) return WebgpuEngine.open(adapter, 'the webgpu engine was asked for');
    throw new EngineError('no-adapter', 'this machine offers no WebGPU adapter', {
      where: 'openEngine',
      hint: 'Run `headstart doctor` to see what to install, or let `auto` choose the engine: it falls back to wasm.',
      cause: gpuLoadFailure(),
    });
  }
  if (!adapter) return new WasmEngine('this machine offers no WebGPU adapter, so onnxruntime-web computes on the CPU');
  if (isSoftware(adapter.info)) {
    return new WasmEngine(
      `the only WebGPU adapter is software (${adapterName(adapter.info)}), which is mostly slower than onnxruntime-web on the same CPU`,
    );
  }
  return WebgpuEngine.open(adapter, 'a hardware WebGPU adapter is there');
}

/** The adapter `openEngine` would use, or undefined. */
export async function requestAdapter(): Promise<GPUAdapter | undefined> {
  const gpu = await loadGpu();
  return (await gpu?.requestAdapter({ powerPreference: 'high-performance' })) ?? undefined;
}
