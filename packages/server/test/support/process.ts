import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Config } from '../../src/config.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

/** A server or worker as a process of its own, that can be killed. */
export interface Running {
  readonly child: ChildProcess;
  /** Empty for a worker. */
  readonly url: string;
  readonly firstKey: string | undefined;
  /** Everything it wrote. */
  output(): string;
  /** SIGKILL; returns when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; the exit code. */
  stop(): Promise<number | null>;
}

export function start(role: 'serve' | 'work', config: Partial<Config>): Promise<Running> {
  const args = ['--conditions=source', '--no-warnings', main, role, JSON.stringify(config)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return new Promise((resolve, reject) => {
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
      const ready = /^ready (.*)$/m.exec(output);
      if (!ready) return;
      const { url, firstKey } = JSON.parse(ready[1] as string);
      const end = (signal: NodeJS.Signals) => {
        child.kill(signal);
        return gone;
      };
      resolve({ child, url, firstKey, output: () => output, kill: async () => void (await end('SIGKILL')), stop: () => end('SIGTERM') });
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready:\n${output}`)));
  });
}
