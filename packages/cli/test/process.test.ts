import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const bin = fileURLToPath(new URL('../src/index.ts', import.meta.url));

/** Runs the command as a process of its own, from its sources. */
function headstart(argv: readonly string[], onStart?: (child: ReturnType<typeof spawn>) => void) {
  return new Promise<{ code: number | null; out: string; err: string }>((resolve, reject) => {
    const child = spawn(process.execPath, ['--conditions=source', bin, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
    onStart?.(child);
  });
}

test('exit codes reach the shell: 0 done, 1 failed, 2 usage', async () => {
  expect((await headstart(['--version'])).code).toBe(0);
  expect((await headstart(['inspect', '/nowhere/model.onnx'])).code).toBe(1);
  expect((await headstart(['inspect'])).code).toBe(2);
});

test('off a terminal nothing holds an escape sequence', async () => {
  const { out, err } = await headstart(['train', '--help']);
  expect(out + err).not.toContain('\x1b');
});

test('a reader that closes the pipe early is no error', async () => {
  const { code } = await headstart(['help', '--markdown'], (child) => child.stdout?.destroy());
  expect(code).toBe(0);
});
