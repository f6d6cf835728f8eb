import { describe, expect, test } from 'vitest';
import { ClipCutter, type CutPlan } from './clip-cutter.ts';

/** What is cut out of 0, 1, 2, … at ten samples a second, given in pieces. */
function cut(plan: CutPlan, pieces: readonly number[]): { clips: number[][]; cutter: ClipCutter } {
  const clips: number[][] = [];
  const cutter = new ClipCutter(10, plan, (samples) => clips.push([...samples]));
  let next = 0;
  for (const length of pieces) cutter.push(Float32Array.from({ length }, () => next++));
  return { clips, cutter };
}

const from = (start: number, length: number) => Array.from({ length }, (_, index) => start + index);

describe('ClipCutter', () => {
  test.each([[[100]], [[1, 2, 3, 4, 5, 6, 7, 8, 9, 55]], [Array.from({ length: 100 }, () => 1)]])(
    'clips follow one another with their pauses, whatever pieces come: %j',
    (pieces) => {
      const { clips, cutter } = cut({ count: 3, seconds: 2, pause: 0.5 }, pieces);
      expect(clips).toEqual([from(5, 20), from(30, 20), from(55, 20)]);
      expect(cutter.finished).toBe(true);
    },
  );

  test('tells what it does', () => {
    const plan = { count: 2, seconds: 2, pause: 1 };
    expect(cut(plan, [5]).cutter.progress).toEqual({ done: 0, recording: false, share: 0.5 });
    expect(cut(plan, [15]).cutter.progress).toEqual({ done: 0, recording: true, share: 0.25 });
    expect(cut(plan, [35]).cutter.progress).toEqual({ done: 1, recording: false, share: 0.5 });
  });

  test('held without an end, it gives whole clips and the rest when it is let go', () => {
    const { clips, cutter } = cut({ count: Number.POSITIVE_INFINITY, seconds: 2, pause: 0 }, [13, 13]);
    expect(cutter.stop()).toBe(true);
    expect(clips).toEqual([from(0, 20), from(20, 6)]);
    expect(cutter.stop()).toBe(true);
    expect(clips).toHaveLength(2);
  });

  test('a slip of the finger is no clip', () => {
    const { clips, cutter } = cut({ count: Number.POSITIVE_INFINITY, seconds: 2, pause: 0 }, [2]);
    expect(cutter.stop()).toBe(false);
    expect(clips).toEqual([]);
  });
});
