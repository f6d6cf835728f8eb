import type { CallName, Cancel, Failure, Input, Output, Progress, Reply, Request, WorkerEvent } from './protocol.ts';
import { Studio } from './studio.ts';

/** What a handler is given beside its input. */
export interface CallContext<K extends CallName = CallName> {
  readonly signal: AbortSignal;
  progress(value: Progress<K>): void;
}

/** A function for every call of the protocol. */
export type Handlers = { readonly [K in CallName]: (input: Input<K>, context: CallContext<K>) => Promise<Output<K>> | Nothing<Output<K>> };

/** What a call that answers nothing may return. */
type Nothing<T> = [T] extends [undefined] ? Promise<void> : never;

const running = new Map<number, AbortController>();
const studio = new Studio((event: WorkerEvent) => postMessage(event));

addEventListener('message', async ({ data }: MessageEvent<Request | Cancel>) => {
  if ('cancel' in data) {
    running.get(data.cancel)?.abort();
    return;
  }
  const { id, call, input } = data;
  const controller = new AbortController();
  running.set(id, controller);
  const reply = (message: Reply) => postMessage(message);
  try {
    const handler = studio.handlers[call] as (input: unknown, context: CallContext) => Promise<unknown>;
    const context = { signal: controller.signal, progress: (progress: unknown) => reply({ id, progress }) };
    reply({ id, result: await handler(input, context) });
  } catch (error) {
    reply({ id, error: failureOf(error) });
  } finally {
    running.delete(id);
  }
});

function failureOf(error: unknown): Failure {
  if (error instanceof DOMException && error.name === 'QuotaExceededError') {
    return {
      code: 'disk',
      message: 'This browser gives the page no more storage. Remove samples or free disk space; what was there before is kept.',
    };
  }
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'internal';
  return { message: error instanceof Error ? error.message : String(error), code };
}
