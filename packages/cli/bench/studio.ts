// How soon the studio is there and how soon its keys answer: `node bench/studio.ts [FOLDER [options of headstart studio]]`, after a build.
// FOLDER is a project whose features are not in the cache yet; keys are timed while it trains.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TerminalRun } from '../test/terminal.ts';

const [folder = process.cwd(), ...options] = process.argv.slice(2);
const argv = options.length > 0 ? ['studio', '.', ...options] : [];
const rounds = 5;
const firsts: number[] = [];
for (let round = 0; round < rounds; round++) {
  const started = performance.now();
  const terminal = new TerminalRun({ cwd: folder, columns: 120, rows: 40, argv });
  const frame = await seen(terminal, '1 Home');
  // The frame counts only if it is whole.
  if (!frame.includes('q quit')) throw new Error(`the first frame is not whole:\n${frame}`);
  firsts.push(performance.now() - started);
  await terminal.kill();
}
console.log(`first frame: ${summary(firsts)}`);

if (!existsSync(join(folder, 'headstart.json'))) {
  console.log('no project in this folder: keys are not timed.');
  process.exit(0);
}
const terminal = new TerminalRun({ cwd: folder, columns: 120, rows: 40, argv });
await terminal.until('What to do next');
console.log(`a key at rest: ${summary(await timeKeys(() => true))}`);
terminal.keys('4', 's');
await terminal.until(/[1-9]\d* of \d+ /, 600_000);
console.log(`a key while it trains: ${summary(await timeKeys(() => terminal.screen().includes('▶ run-')))}`);
await terminal.kill();
process.exit(0);

/** Times between a key and the screen that it leads to, in milliseconds. */
async function timeKeys(valid: () => boolean): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < 40; round++) {
    const even = round % 2 === 0;
    const started = performance.now();
    terminal.keys(even ? '1' : '2');
    await seen(terminal, even ? 'What to do next' : 'classes ─');
    times.push(performance.now() - started);
    if (!valid()) throw new Error('the training ended while keys were timed: take more data');
    // Keys come as a person types them.
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  return times;
}

/** The screen, as soon as it holds a text. */
async function seen(run: TerminalRun, text: string): Promise<string> {
  for (;;) {
    const screen = run.screen();
    if (screen.includes(text)) return screen;
    // Looking at the screen all the time would take a core from what is measured.
    await new Promise<void>((resolve) => {
      const heard = run.emulator.onWriteParsed(() => {
        heard.dispose();
        resolve();
      });
    });
  }
}

function summary(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => `${Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0)} ms`;
  return `median ${at(0.5)}, worst ${at(1)} of ${times.length}`;
}
