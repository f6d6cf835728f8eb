/** The WebGPU entry of a browser, where it has one. */
export async function loadGpu(): Promise<GPU | undefined> {
  return typeof navigator === 'undefined' ? undefined : navigator.gpu;
}

/** Why `loadGpu` gave nothing, for `headstart doctor`. */
export function gpuLoadFailure(): unknown {
  return undefined;
}

/** Awaits work of a software adapter; the browser's other processes do it. */
export function restWhile<T>(work: Promise<T>): Promise<T> {
  return work;
}
