import { describe, expect, test } from 'vitest';
import { applyRules, splitSegments, type WhisperTokens } from './whisper-rules.ts';
import { wordErrorRate } from './word-error-rate.ts';

/** Ten words (0..9), the end 10, specials 11 to 13, then 100 time stamps from 14 on. */
const tokens: WhisperTokens = {
  start: 11,
  end: 10,
  transcribe: 12,
  noSpeech: 12,
  noTimestamps: 13,
  firstTime: 14,
  languages: { en: 11 },
  suppressed: [3],
  suppressedFirst: [4],
  latestStart: 50,
};
const time = (seconds: number) => 14 + Math.round(seconds / 0.02);

/** Ids that may follow, where the logits favour text by `text`. */
function allowed(written: readonly number[], text = 0): number[] {
  const logits = Float32Array.from({ length: 114 }, (_, id) => (id < 14 ? text : 0));
  applyRules(logits, written, tokens);
  return [...logits.keys()].filter((id) => logits[id] !== Number.NEGATIVE_INFINITY);
}

describe('applyRules', () => {
  test('a window begins with a time stamp of the first second', () => {
    const ids = allowed([]);
    expect(ids).toEqual(Array.from({ length: 51 }, (_, index) => 14 + index));
  });

  test('behind the first time stamp comes text; suppressed tokens never do', () => {
    const ids = allowed([time(0)], 9);
    expect(ids).toContain(5);
    expect(ids).not.toContain(3);
    expect(ids).not.toContain(13);
    expect(ids.some((id) => id >= 14)).toBe(false);
  });

  test('behind the time stamp that ends a segment comes its partner, not earlier, or the end', () => {
    const ids = allowed([time(0), 1, time(1)], 9);
    expect(ids.filter((id) => id < 10)).toEqual([]);
    expect(ids).toContain(10);
    expect(Math.min(...ids.filter((id) => id >= 14))).toBe(time(1));
  });

  test('behind a pair comes text', () => {
    const ids = allowed([time(0), 1, time(1), time(1)], 9);
    expect(ids).toContain(1);
    expect(ids.some((id) => id >= 14)).toBe(false);
  });

  test('a segment has a length: its end is later than its beginning', () => {
    const ids = allowed([time(0.4), 1], 9);
    expect(ids.filter((id) => id >= 14)[0]).toBe(time(0.42));
  });

  test('where all time stamps together outweigh every text, one of them it is', () => {
    // 100 of them, each as probable as a word.
    expect(allowed([time(0), 1], 0).every((id) => id >= 14)).toBe(true);
    expect(allowed([time(0), 1], 9).some((id) => id < 14)).toBe(true);
  });
});

describe('splitSegments', () => {
  test('pairs of time stamps part the text', () => {
    expect(splitSegments([time(0), 1, 2, time(1), time(1.2), 5, time(2)], tokens, 30)).toEqual({
      segments: [
        { start: 0, end: 1, tokens: [1, 2] },
        { start: expect.closeTo(1.2, 10), end: 2, tokens: [5] },
      ],
      next: 30,
    });
  });

  test('a window that ends in a pair is gone on with from there', () => {
    expect(splitSegments([time(0), 1, time(1), time(1.5)], tokens, 30)).toMatchObject({ next: expect.closeTo(1.5, 10) });
  });

  test('a segment that is not closed is heard again in the next window', () => {
    const { segments, next } = splitSegments([time(0), 1, time(1), time(1.5), 2, 2], tokens, 30);
    expect(segments).toEqual([{ start: 0, end: 1, tokens: [1] }]);
    expect(next).toBeCloseTo(1.5, 10);
  });

  test('one that fills its window is kept', () => {
    expect(splitSegments([time(0), 1, 2], tokens, 30)).toEqual({ segments: [{ start: 0, end: undefined, tokens: [1, 2] }], next: 30 });
    expect(splitSegments([], tokens, 12)).toEqual({ segments: [], next: 12 });
  });
});

test.each([
  ['turn on the lights', 'Turn on the lights.', 0],
  ['turn on the lights', 'turn the light', 2 / 4],
  ['a b', 'a b c d', 1],
  ["it's fine", 'it is fine', 2 / 2],
  ['', '', 0],
  ['', 'a', 1],
  ['a b', '', 1],
])('word error rate of %j against %j', (reference, hypothesis, expected) => {
  expect(wordErrorRate(reference, hypothesis)).toBeCloseTo(expected, 10);
});
