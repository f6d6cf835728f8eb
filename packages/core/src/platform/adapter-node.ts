/**
 * The WebGPU entry of Node: Dawn, out of the `webgpu` package. Loaded once, when first asked for.
 * The returned object must stay referenced while any of its adapters is in use.
 */
export async function loadGpu(): Promise<GPU | undefined> {
  loading ??= import('webgpu').then(
    ({ create, globals }) => {
      Object.assign(globalThis, globals);
      return create(['enable-dawn-features=allow_unsafe_apis']);
    },
    (cause: unknown) => {
      // No prebuilt Dawn for this platform: the same as no adapter.
      loadFailure = cause;
      return undefined;
    },
  );
  return loading;
}

/** Why `loadGpu` gave nothing, for `headstart doctor`. */
export function gpuLoadFailure(): unknown {
  return loadFailure;
}

let loading: Promise<GPU | undefined> | undefined;
let loadFailure: unknown;
