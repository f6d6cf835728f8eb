import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TerminalRun } from './terminal.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headstart-ask-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The audio demo on a terminal, with nothing in its cache and no network: it ends when the phrases are known. */
function demo() {
  const argv = ['demo', 'audio', '--offline', '--cache', join(folder, 'cache')];
  return new TerminalRun({ argv, cwd: folder, columns: 100, rows: 24 });
}

test('the audio demo asks for its phrases, with the editing of a terminal', { timeout: 240_000 }, async () => {
  const run = demo();
  try {
    await run.until('1 [lights on] ›');
    run.keys('good nigth', 'backspace', 'backspace', 'ht', 'enter');
    await run.until('2 [lights off] ›');
    run.keys('GOOD night', 'enter');
    await run.until('“GOOD night” is there already.');
    run.keys('enter');
    await run.until('3 [play some music] ›');
    run.keys('enter');
    await run.until('Phrases: good night · lights off · play some music');
    expect(await run.exit()).toBe(1);
    expect(await run.settled()).toContain('--offline');
  } finally {
    await run.kill();
  }
});

test('Ctrl-C at a question stops', { timeout: 240_000 }, async () => {
  const run = demo();
  try {
    await run.until('1 [lights on] ›');
    run.keys('lig', 'ctrl-c');
    expect(await run.exit()).toBe(130);
    expect(await run.settled()).toContain('Stopped.');
  } finally {
    await run.kill();
  }
});
