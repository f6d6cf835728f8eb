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

const never = new Int32Array(new SharedArrayBuffer(4));
/** Milliseconds between two turns of the event loop while a software adapter works. */
const nap = 0.5;
let waiting = 0;
let resting = false;

/**
 * Awaits work of a software adapter. Dawn asks the device for news in every turn of the event loop, which keeps a core busy that the
 * adapter computes on: so this sleeps between the turns. The event loop goes on, a little slower.
 */
export async function restWhile<T>(work: Promise<T>): Promise<T> {
  waiting++;
  if (!resting) setImmediate(rest);
  resting = true;
  try {
    return await work;
  } finally {
    waiting--;
  }
}

function rest(): void {
  resting = waiting > 0;
  if (!resting) return;
  Atomics.wait(never, 0, 0, nap);
  setImmediate(rest);
}
