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
  if (!(await requestAdapter())) {
    const adapter: Finding = { state: 'bad', text: 'none: this browser offers no WebGPU adapter' };
    return [adapter, { state: 'bad', text: 'not run, as there is nothing to run it on' }];
  }
  let adapter: Finding = { state: 'bad', text: 'there is one, and it cannot be used' };
  try {
    using engine = await openEngine({ backend: 'webgpu' });
    const { description = '', kind, features = [] } = engine.adapter ?? {};
    const extras = ['shader-f16', 'subgroups'].filter((feature) => features.includes(feature));
    const text = [description, ...(kind === 'software' ? ['in software'] : []), ...extras].join(', ');
    adapter = { state: kind === 'software' ? 'fair' : 'good', text };
    const { firstMilliseconds, nextMilliseconds } = await selfCheck(engine);
    const times = `${Math.round(firstMilliseconds)} ms, again in ${nextMilliseconds.toFixed(1)} ms`;
    return [adapter, { state: 'good', text: `right after ${times}` }];
  } catch (error) {
    return [adapter, { state: 'bad', text: messageOf(error) }];
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
