// Pictures of the studio's screens for the docs, from the running program on real data: `node scripts/screens.ts`, after a build.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Clip, cacheFolder } from '@headstart/core';
import { fetchMails } from '../src/demo/mails.ts';
import { defaultPhrases, synthesisePhrases } from '../src/demo/phrases.ts';
import { fetchPictures } from '../src/demo/pictures.ts';
import { nodeFiles } from '../src/io.ts';
import { writeMails, writePictures } from '../src/studio/worker/sample-data.ts';
import { TerminalRun } from '../test/terminal.ts';
import { palettes, svgOf } from './svg.ts';

const out = fileURLToPath(new URL('../../../docs/screens/', import.meta.url));
const root = await mkdtemp(join(tmpdir(), 'headstart-screens-'));
await mkdir(out, { recursive: true });
// Downloads are shared, what the studio remembers is not.
await mkdir(join(root, 'cache'), { recursive: true });
await mkdir(join(cacheFolder(), 'hub'), { recursive: true });
await symlink(join(cacheFolder(), 'hub'), join(root, 'cache', 'hub'));
try {
  await pictures(join(root, 'studio'));
  await texts(join(root, 'mail'));
  await clips(join(root, 'phrases'));
} finally {
  await rm(root, { recursive: true, force: true });
}

/** Every screen, on pictures of ten classes. */
async function pictures(folder: string): Promise<void> {
  const samples = await fetchPictures(nodeFiles, 600, {});
  await writePictures(nodeFiles, folder, samples);
  await using studio = open(folder, { columns: 110, rows: 32 }, 'dark');
  const { terminal, shot } = studio;
  await terminal.until('10 class folders');
  await shot('home', 'Home: data in this folder');
  terminal.keys('enter');
  await terminal.until('No problems found');
  terminal.keys('down', 'down', 'down', 'enter', 'down');
  await terminal.until('2 of ');
  await settle();
  await shot('data', 'Data: classes, a sample, problems');
  terminal.keys('3');
  await terminal.until('speed here');
  await shot('backbone', 'Backbone: what there is to start from');
  terminal.keys('4', 'G', ...Array.from({ length: 5 }, () => 'right'));
  await terminal.until('64 × 64');
  terminal.keys('g');
  await settle();
  await shot('settings', 'Train: settings');
  terminal.keys('s');
  await terminal.until('1 strengths tried', 600_000);
  await terminal.until(/[5-9] strengths tried|is trained/, 600_000);
  await shot('train', 'Train: features, loss and accuracy');
  await terminal.until('is trained', 600_000);
  terminal.keys('5');
  await terminal.until('is ╲ said');
  await settle();
  await shot('results', 'Results: the confusion matrix and the mistakes behind a cell');
  terminal.keys('t');
  await terminal.until('Class by class');
  await shot('classes', 'Results: class by class');
  terminal.keys('6');
  await terminal.until('a path; Tab');
  terminal.keys('pictures/horse', 'enter');
  await terminal.until(/\d+ pictures ─/, 600_000);
  await settle();
  await shot('try', 'Try it: pictures');
  terminal.keys('escape');
  await terminal.until('⏎ type');
  terminal.keys('7');
  await terminal.until('not written yet');
  terminal.keys('a');
  await terminal.until('report.html is written', 600_000);
  await shot('export', 'Export: files and commands');
  terminal.keys('?');
  await terminal.until('Everywhere');
  await shot('help', 'Help');
  terminal.keys('escape');
  await terminal.until('write all');
  terminal.keys('ctrl-k');
  await terminal.until('Commands');
  await shot('palette', 'The command palette');
  terminal.keys('escape');
}

/** Text, and an error, on a light terminal of 80 × 24. */
async function texts(folder: string): Promise<void> {
  const mails = await fetchMails(nodeFiles, 300, {});
  await writeMails(nodeFiles, folder, mails);
  await using studio = open(folder, { columns: 80, rows: 24 }, 'light');
  const { terminal, shot } = studio;
  await terminal.until('Other data…');
  terminal.keys('o', './mial.csv', 'enter');
  await terminal.until('This did not work');
  await shot('error', 'An error: what, where, what to do');
  terminal.keys('escape');
  await terminal.until('Path of your data');
  terminal.keys('ctrl-u', 'mail.csv', 'enter');
  await terminal.until('2 classes');
  await settle();
  await shot('data-text', 'Data: texts, on a light terminal');
  terminal.keys('4', 's');
  await terminal.until('is trained', 600_000);
  terminal.keys('6');
  await terminal.until('type something');
  terminal.keys('Congratulations, you have won a free holiday!', 'enter');
  await terminal.until(/What the model says[\s\S]*█[\s\S]* %/, 600_000);
  await shot('try-text', 'Try it: a text');
}

/** Spoken phrases. */
async function clips(folder: string): Promise<void> {
  const samples = await synthesisePhrases(90, { phrases: defaultPhrases, seed: 0, hub: {}, onMade: () => undefined });
  for (const [index, { label = '', clip }] of samples.entries()) {
    await mkdir(join(folder, 'phrases', label), { recursive: true });
    if (clip) await writeFile(join(folder, 'phrases', label, `${index}.wav`), wav(clip));
  }
  await using studio = open(folder, { columns: 100, rows: 24 }, 'dark');
  const { terminal, shot } = studio;
  await terminal.until('4 class folders');
  terminal.keys('enter');
  await terminal.until('4 classes');
  terminal.keys('down', 'down', 'enter', 'down');
  await terminal.until('kHz');
  await settle();
  await shot('data-audio', 'Data: clips');
}

/** RIFF WAVE of 16 bits, one channel. */
function wav({ rate, samples }: Clip): Buffer {
  const out = Buffer.alloc(44 + 2 * samples.length);
  out.write('RIFF', 0, 'latin1');
  out.writeUInt32LE(out.length - 8, 4);
  out.write('WAVEfmt ', 8, 'latin1');
  out.writeUInt32LE(16, 16);
  out.writeUInt16LE(1, 20);
  out.writeUInt16LE(1, 22);
  out.writeUInt32LE(rate, 24);
  out.writeUInt32LE(2 * rate, 28);
  out.writeUInt16LE(2, 32);
  out.writeUInt16LE(16, 34);
  out.write('data', 36, 'latin1');
  out.writeUInt32LE(2 * samples.length, 40);
  samples.forEach((value, at) => {
    out.writeInt16LE(Math.round(32767 * Math.max(-1, Math.min(1, value))), 44 + 2 * at);
  });
  return out;
}

function open(cwd: string, size: { readonly columns: number; readonly rows: number }, theme: 'dark' | 'light') {
  const terminal = new TerminalRun({ cwd, ...size, env: { HEADSTART_THEME: theme, HEADSTART_CACHE: join(root, 'cache') } });
  const shot = (name: string, title: string) => writeFile(join(out, `${name}.svg`), svgOf(terminal.emulator, palettes[theme], title));
  return { terminal, shot, [Symbol.asyncDispose]: () => terminal.kill() };
}

/** Time for a preview to come. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1500));
}
