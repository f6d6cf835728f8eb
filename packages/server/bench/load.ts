// Clients that cost next to nothing, in a process of their own: what they would take is missing to the server on the same cores. Each has a
// connection, writes requests that were made before, and reads no more of an answer than it must. Told by messages what to ask.
import { connect, type Socket } from 'node:net';

export interface Load {
  readonly port: number;
  /** Whole requests, ready to be written. */
  readonly requests: readonly string[];
  /** Label and confidence that the answer to each begins with. */
  readonly expected: readonly { readonly label: string; readonly confidence: number }[];
  readonly predictors: number;
  readonly seconds: number;
}

export interface Loaded {
  readonly requests: number;
  readonly wrong: number;
  /** Milliseconds, ascending. */
  readonly times: readonly number[];
  readonly seconds: number;
}

process.on('message', async (load: Load) => process.send?.(await run(load)));

async function run({ port, requests, expected, predictors, seconds }: Load): Promise<Loaded> {
  const bodies = requests.map((request) => Buffer.from(request));
  const times: number[] = [];
  let wrong = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: predictors }, async (_, predictor) => {
      const socket = connect(port, '127.0.0.1').setNoDelay();
      const next = answers(socket);
      for (let index = predictor; performance.now() - started < seconds * 1000; index++) {
        const row = index % bodies.length;
        const sent = performance.now();
        socket.write(bodies[row] as Buffer);
        const answer = (await next()).toString();
        times.push(performance.now() - sent);
        const wanted = expected[row];
        const label = /"label":"([^"]*)"/.exec(answer)?.[1];
        const confidence = Number(/"confidence":([\d.e-]+)/.exec(answer)?.[1]);
        if (label !== wanted?.label || !(Math.abs(confidence - (wanted?.confidence ?? 0)) < 1e-3)) wrong++;
      }
      socket.destroy();
    }),
  );
  return { requests: times.length, wrong, times: times.sort((a, b) => a - b), seconds: (performance.now() - started) / 1000 };
}

/** Whole answers of a connection, one after the other; all of this server's answers to predictions tell their length. */
function answers(socket: Socket): () => Promise<Buffer> {
  let held = Buffer.alloc(0);
  let wake: (() => void) | undefined;
  let broken: Error | undefined;
  socket.on('data', (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    wake?.();
  });
  const end = (error?: Error) => {
    broken = error ?? new Error('the server closed the connection');
    wake?.();
  };
  socket.on('error', end).on('close', () => end());
  return async () => {
    for (;;) {
      const head = held.indexOf('\r\n\r\n');
      const length = head < 0 ? undefined : /^content-length: (\d+)/im.exec(held.toString('latin1', 0, head))?.[1];
      if (length !== undefined && held.length >= head + 4 + Number(length)) {
        const answer = held.subarray(0, head + 4 + Number(length));
        held = held.subarray(answer.length);
        return answer;
      }
      if (broken) throw broken;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
}
