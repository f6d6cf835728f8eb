// The engine thread: requests wait for it, and are answered meanwhile.
import { parentPort, workerData } from 'node:worker_threads';
import { EngineError } from '@headstart/core';
import type { FromThread, Methods, ThreadOptions, ToThread } from './protocol.ts';
import { Workbench } from './workbench.ts';

const workbench = new Workbench(workerData as ThreadOptions);
const running = new Map<number, AbortController>();
const post = (message: FromThread, transfer: ArrayBuffer[] = []) => parentPort?.postMessage(message, transfer);

parentPort?.on('message', async (message: ToThread) => {
  if ('cancel' in message) return running.get(message.cancel)?.abort();
  const { call, method, input } = message;
  const stop = new AbortController();
  running.set(call, stop);
  try {
    const work = workbench.methods[method] as (input: unknown, call: unknown) => ReturnType<Methods[keyof Methods]>;
    post({ call, value: await work(input, { signal: stop.signal, progress: meter(call) }) });
  } catch (error) {
    const { message: text, stack } = error instanceof Error ? error : new Error(String(error));
    const details = error instanceof EngineError ? { code: error.code, ...(error.hint ? { hint: error.hint } : {}) } : {};
    post({ call, error: { message: text, ...details, ...(stack ? { stack } : {}) } });
  } finally {
    running.delete(call);
  }
});

/** Tells at most ten times a second, and of every end. */
function meter(call: number) {
  let last = 0;
  return (progress: Extract<FromThread, { progress: unknown }>['progress']) => {
    const now = performance.now();
    if (now - last < 100 && progress.done !== progress.total) return;
    last = now;
    post({ call, progress });
  };
}
