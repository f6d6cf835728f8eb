import type { Answer, Call } from './protocol.ts';

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

/** Has the worker do a job; the tests call it. */
function call(message: Call): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<Answer>) => ('error' in data ? reject(new Error(data.error)) : resolve(data.result));
    worker.onerror = ({ message: reason }) => reject(new Error(`the worker failed: ${reason}`));
    worker.postMessage(message, [port2]);
  });
}

declare global {
  interface Window {
    call: typeof call;
  }
}

window.call = call;
