import { type EngineError, openEngine, requestAdapter, selfCheck } from '@headstart/core';

export interface Findings {
  /** The adapter's name; undefined where the browser offers none. */
  readonly adapter: string | undefined;
  /** What came of a computation on it, one sentence. */
  readonly check: string;
}

/** Asks the browser for an adapter and multiplies two matrices on it. */
export async function findOut(): Promise<Findings> {
  const adapter = await requestAdapter();
  if (!adapter) return { adapter: undefined, check: 'not run: there is no adapter to run it on' };
  const { description, vendor, architecture } = adapter.info;
  const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed';
  try {
    using engine = await openEngine({ backend: 'webgpu' });
    const { firstMilliseconds, nextMilliseconds } = await selfCheck(engine);
    return { adapter: name, check: `right, in ${Math.round(firstMilliseconds)} ms, then ${nextMilliseconds.toFixed(1)} ms` };
  } catch (error) {
    return { adapter: name, check: (error as EngineError).message };
  }
}
