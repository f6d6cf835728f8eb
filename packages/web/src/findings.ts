import { openEngine, requestAdapter, selfCheck } from '@headstart/core';

/** One thing found out, for people. */
export interface Finding {
  readonly state: 'good' | 'fair' | 'bad';
  readonly text: string;
}

export interface Findings {
  /** The graphics adapter that the browser offers. */
  readonly adapter: Finding;
  /** A computation on it, compared with the exact result. */
  readonly check: Finding;
  /** Which engine work would run on, and why. */
  readonly engine: Finding;
}

/** Asks the browser for an adapter, multiplies two matrices on it, and asks core which engine it would take. */
export async function findOut(): Promise<Findings> {
  const [adapter, check] = await tryAdapter();
  try {
    using engine = await openEngine();
    const kind = engine.backend === 'webgpu' ? 'WebGPU' : 'WebAssembly';
    return { adapter, check, engine: { state: engine.backend === 'webgpu' ? 'good' : 'fair', text: `${kind}: ${engine.reason}` } };
  } catch (error) {
    return { adapter, check, engine: { state: 'bad', text: messageOf(error) } };
  }
}

async function tryAdapter(): Promise<readonly [adapter: Finding, check: Finding]> {
  const skipped: Finding = { state: 'bad', text: 'not run, as there is nothing to run it on' };
  const found = await requestAdapter();
  if (!found) return [{ state: 'bad', text: 'none: this browser offers no WebGPU adapter' }, skipped];
  const { description, vendor, architecture } = found.info;
  const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed';
  try {
    using engine = await openEngine({ backend: 'webgpu' });
    const extras = ['shader-f16', 'subgroups'].filter((feature) => engine.adapter?.features.includes(feature));
    const software = engine.adapter?.kind === 'software';
    const text = [name, ...(software ? ['in software'] : []), ...extras].join(', ');
    const { firstMilliseconds, nextMilliseconds } = await selfCheck(engine);
    return [
      { state: software ? 'fair' : 'good', text },
      { state: 'good', text: `right after ${Math.round(firstMilliseconds)} ms, again in ${nextMilliseconds.toFixed(1)} ms` },
    ];
  } catch (error) {
    return [
      { state: 'bad', text: name },
      { state: 'bad', text: messageOf(error) },
    ];
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
