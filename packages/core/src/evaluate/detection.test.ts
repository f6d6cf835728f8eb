import { describe, expect, test } from 'vitest';
import { EventFinder, findEvents, usualDetection } from '../train/listener.ts';
import { chooseThreshold, measureDetections, parseOccurrences } from './detection.ts';

const labels = ['on', 'off', 'noise'];
const settings = { threshold: 0.8, smoothing: 0, refractory: 1, ignore: ['noise'] };

/** Scores every 0.1 s from probabilities of `on` and `off`. */
function scores(rows: readonly (readonly [on: number, off: number])[]) {
  return {
    times: rows.map((_, index) => index / 10),
    probabilities: Float64Array.from(rows.flatMap(([on, off]) => [on, off, 1 - on - off])),
  };
}
const rise = (length: number, value: number) => Array.from({ length }, () => [value, 0] as const);

describe('EventFinder', () => {
  test('a label is reported once while it stays above the threshold, and again after it fell', () => {
    const rows = [...rise(3, 0), ...rise(20, 0.9), ...rise(2, 0.1), ...rise(5, 0.95)];
    const found = findEvents(scores(rows), 3, new EventFinder(labels, settings));
    expect(found).toEqual([
      { time: 0.3, label: 'on', confidence: expect.closeTo(0.9, 10) },
      { time: 2.5, label: 'on', confidence: expect.closeTo(0.95, 10) },
    ]);
  });

  test('nothing is reported in the refractory time', () => {
    const rows = [...rise(1, 0.9), ...rise(2, 0), ...Array.from({ length: 12 }, () => [0, 0.9] as const)];
    expect(findEvents(scores(rows), 3, new EventFinder(labels, settings)).map(({ time, label }) => [time, label])).toEqual([
      [0, 'on'],
      [1, 'off'],
    ]);
  });

  test('smoothing asks for more than one window; what is ignored is never reported', () => {
    const rows = [...rise(5, 0), ...rise(1, 0.99), ...rise(5, 0)];
    expect(findEvents(scores(rows), 3, new EventFinder(labels, { ...settings, smoothing: 0.3 }))).toEqual([]);
    expect(findEvents(scores(rows), 3, new EventFinder(labels, settings))).toHaveLength(1);
    expect(findEvents(scores(rise(9, 0)), 3, new EventFinder(labels, settings))).toEqual([]);
  });

  test('what cannot be meant is refused', () => {
    expect(() => new EventFinder(labels, { ...settings, threshold: 0 })).toThrow('expected a threshold above 0');
    expect(() => new EventFinder(labels, { ...settings, ignore: ['silence'] })).toThrow("the head does not know the class 'silence'");
  });

  test('usual settings ignore what stands for no command', () => {
    expect(usualDetection(['yes', 'no', '_unknown_', 'Silence', 'something else']).ignore).toEqual([
      '_unknown_',
      'Silence',
      'something else',
    ]);
  });
});

const said = (label: string, start: number) => ({ label, start, end: start + 1 });
const heard = (label: string, time: number) => ({ label, time, confidence: 1 });

test('misses and false accepts: late, twice, wrong, out of nothing', () => {
  const metrics = measureDetections(
    [heard('on', 1), heard('on', 1.2), heard('off', 5), heard('on', 9.9), heard('on', 30)],
    [said('on', 0.5), said('on', 4.5), said('on', 8), said('off', 20)],
    1800,
  );
  expect(metrics).toEqual({ seconds: 1800, occurrences: 4, missed: 2, missRate: 0.5, falseAccepts: 3, falseAcceptsPerHour: 6 });
});

test('the threshold chosen misses least among those with few enough false accepts', () => {
  // Spoken at 1 s with 0.9; a cough at 3 s with 0.7.
  const rows = [...rise(10, 0), ...rise(5, 0.9), ...rise(15, 0), ...rise(5, 0.7), ...rise(10, 0)];
  const options = { occurrences: [said('on', 0.8)], seconds: 4.5 };
  const { chosen, curve } = chooseThreshold(scores(rows), labels, settings, options);
  expect(chosen).toMatchObject({ missed: 0, falseAccepts: 0 });
  expect(chosen.threshold).toBeGreaterThan(0.7);
  expect(chosen.threshold).toBeLessThanOrEqual(0.9);
  expect(curve[0]).toMatchObject({ threshold: 0.3, missed: 0, falseAccepts: 1 });
  // Where no threshold is good enough, the one with the fewest false accepts.
  const noisy = chooseThreshold(scores(rise(20, 0.9999)), labels, settings, { occurrences: [said('off', 0.8)], seconds: 2 });
  expect(noisy.chosen.falseAccepts).toBe(1);
});

describe('parseOccurrences', () => {
  test('columns in any order, quotes, blank lines', () => {
    expect(parseOccurrences('Start, end,label\n0.5,1,"lights, on"\n\n2,2.75,off\n', 'truth.csv')).toEqual([
      { label: 'lights, on', start: 0.5, end: 1 },
      { label: 'off', start: 2, end: 2.75 },
    ]);
  });

  test('a row that cannot be meant is named', () => {
    expect(() => parseOccurrences('label,start,end\non,1,2\noff,3,2\n', 'truth.csv')).toThrow(
      'truth.csv:3: not something that was said, expected a label, a start and a later end in seconds, got off, 3, 2.',
    );
  });
});
