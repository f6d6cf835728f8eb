import type { Engine } from '@headstart/core';
import type { Control } from './control.ts';
import type { WorkerEvent } from './protocol.ts';

/** What the jobs of the engine's thread share. */
export interface Bench {
  readonly engine: Engine;
  /** Folder of downloads, as core's functions take it. */
  readonly hub: { readonly cache: string; readonly offline?: boolean };
  /** Folder of feature stores. */
  readonly store: string;
  readonly control: Control;
  readonly signal: AbortSignal;
  tell(event: WorkerEvent): void;
  /** Called between two steps: waits while paused, throws when it is to stop. */
  checkpoint(): void;
  now(): Date;
}

/** Names a measured speed: the same backbone is as fast as the engine it runs on. */
export function speedKey(name: string, { backend, adapter }: Pick<Engine, 'backend' | 'adapter'>): string {
  return [name, backend, adapter?.description ?? ''].filter(Boolean).join(' on ');
}
