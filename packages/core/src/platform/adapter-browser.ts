/** The WebGPU entry of a browser, where it has one. */
export async function loadGpu(): Promise<GPU | undefined> {
  return typeof navigator === 'undefined' ? undefined : navigator.gpu;
}

/** Why `loadGpu` gave nothing, for `headstart doctor`. */
export function gpuLoadFailure(): unknown {
  return undefined;
}
