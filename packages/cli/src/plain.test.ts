import { expect, test } from 'vitest';
import { formatBytes, formatSeconds, reporterFor } from './plain.ts';
import { fakeIo } from './testing.ts';

test('a bar shows share, rate and time left, and leaves one line', () => {
  let time = 0;
  const io = fakeIo({ terminal: true, env: { NO_COLOR: '1' }, now: () => time });
  const report = reporterFor(io, false);
  report.progress({ task: 'Extracting', done: 0, total: 200, unit: 'samples' });
  time = 2000;
  report.progress({ task: 'Extracting', done: 50, total: 200, unit: 'samples' });
  expect(io.err().split('\r\x1b[2K').at(-1)).toMatch(/^ {2}Extracting ━+─+ 50 of 200 samples {2}25 samples\/s {2}6\.0 s left$/);
  time = 8000;
  report.progress({ task: 'Extracting', done: 200, total: 200, unit: 'samples' });
  expect(io.err().split('\r\x1b[2K').at(-1)).toBe('✓ Extracting  200 samples in 8.0 s (25 samples/s)\n');
});

test('what a cache held does not count as speed', () => {
  let time = 0;
  const io = fakeIo({ now: () => time });
  const report = reporterFor(io, false);
  report.progress({ task: 'Fetching', done: 40_000_000, total: 50_000_000, unit: 'bytes' });
  time = 1000;
  report.progress({ task: 'Fetching', done: 50_000_000, total: 50_000_000, unit: 'bytes' });
  expect(io.err()).toContain('Fetching: 50.0 MB in 1.0 s (10.0 MB/s)\n');
});

test('off a terminal progress is a few plain lines', () => {
  let time = 0;
  const io = fakeIo({ now: () => time });
  const report = reporterFor(io, false);
  for (let done = 0; done <= 1000; done++) {
    time = done * 11;
    report.progress({ task: 'Extracting', done, total: 1000, unit: 'samples' });
  }
  const lines = io.err().trim().split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toBe('Extracting: 0 of 1000 samples');
  expect(lines[1]).toMatch(/^Extracting: 455 of 1000 samples, 6\.0 s left$/);
  expect(lines.at(-1)).toBe('Extracting: 1000 samples in 11 s (91 samples/s)');
  expect(io.err()).not.toContain('\x1b');
});

test('with --json everything is an event on standard output', () => {
  const io = fakeIo({});
  const report = reporterFor(io, true);
  report.say('Training');
  report.warn('3 files skipped');
  report.progress({ task: 'Extracting', done: 5, total: 5, unit: 'samples' });
  report.result({ accuracy: 0.9 }, 'accuracy 90 %');
  expect(io.err()).toBe('');
  expect(
    io
      .out()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { event: 'message', message: 'Training' },
    { event: 'warning', message: '3 files skipped' },
    { event: 'progress', task: 'Extracting', done: 5, total: 5, unit: 'samples' },
    { event: 'result', accuracy: 0.9 },
  ]);
});

test.each([
  [812, '812 B'],
  [21_400_000, '21.4 MB'],
  [134_217_728, '134 MB'],
])('%d bytes read %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

test.each([
  [4.24, '4.2 s'],
  [59.4, '59 s'],
  [80, '1 min 20 s'],
  [7260, '2 h 1 min'],
])('%d seconds read %s', (seconds, text) => expect(formatSeconds(seconds)).toBe(text));
