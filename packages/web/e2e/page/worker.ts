import * as jobs from './jobs.ts';
import type { Answer, Call } from './protocol.ts';

const byName: Record<string, (argument: never) => Promise<unknown>> = jobs;

self.addEventListener('message', async ({ data, ports: [port] }: MessageEvent<Call>) => {
  let answer: Answer;
  try {
    answer = { result: await byName[data.job]?.(data.argument as never) };
  } catch (error) {
    answer = { error: error instanceof Error ? `${error.message}\n${error.stack}` : String(error) };
  }
  port?.postMessage(answer);
});
