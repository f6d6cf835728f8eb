import type { CDPSession, Page } from 'playwright-core';

interface HeapUsage {
  readonly usedSize: number;
  readonly embedderHeapUsedSize?: number;
  readonly backingStorageSize?: number;
}

/** Bytes that a page and its workers hold after a collection: objects, nodes and array buffers. */
export async function heapOf(page: Page): Promise<{ readonly page: number; readonly workers: number }> {
  const session = await page.context().newCDPSession(page);
  try {
    const workers: string[] = [];
    session.on('Target.attachedToTarget', ({ sessionId }) => workers.push(sessionId));
    await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
    await session.send('HeapProfiler.collectGarbage');
    const own = total((await session.send('Runtime.getHeapUsage')) as HeapUsage);
    let sum = 0;
    for (const worker of workers) {
      await ask(session, worker, 'HeapProfiler.collectGarbage');
      sum += total((await ask(session, worker, 'Runtime.getHeapUsage')) as HeapUsage);
    }
    return { page: own, workers: sum };
  } finally {
    await session.detach();
  }
}

function total({ usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 }: HeapUsage): number {
  return usedSize + embedderHeapUsedSize + backingStorageSize;
}

let next = 1;

/** A command of the protocol, answered by a worker. */
function ask(session: CDPSession, sessionId: string, method: string): Promise<unknown> {
  const id = next++;
  return new Promise((resolve, reject) => {
    const hear = ({ sessionId: from, message }: { readonly sessionId: string; readonly message: string }) => {
      const answer = JSON.parse(message) as {
        readonly id?: number;
        readonly result?: unknown;
        readonly error?: { readonly message: string };
      };
      if (from !== sessionId || answer.id !== id) return;
      session.off('Target.receivedMessageFromTarget', hear);
      if (answer.error) reject(new Error(answer.error.message));
      else resolve(answer.result);
    };
    session.on('Target.receivedMessageFromTarget', hear);
    session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) }).catch(reject);
  });
}
