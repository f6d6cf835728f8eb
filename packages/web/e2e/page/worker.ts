import * as jobs from './jobs.ts';
import type { Answer, Call } from './protocol.ts';

const byName = jobs as unknown as Record<string, (argument: unknown) => Promise<unknown>>;

self.addEventListener('message', async ({ data, ports: [port] }: MessageEvent<Call>) => {
  let answer: Answer;
  try {
    answer = { result: await byName[data.job]?.(data.argument) };
  } catch (error) {
    answer = { error: error instanceof Error ? `${error.message}\n${error.stack}` : String(error) };
  }
  port?.postMessage(answer);
});
