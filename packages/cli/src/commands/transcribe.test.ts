import { expect, test } from 'vitest';
import { srt } from './transcribe.ts';

test('subtitles', () => {
  const segments = [
    { start: 0, end: 2.5, text: 'Hello.' },
    { start: 3661.0404, end: 3662, text: 'Good bye.' },
  ];
  expect(srt({ segments })).toBe('1\n00:00:00,000 --> 00:00:02,500\nHello.\n\n2\n01:01:01,040 --> 01:01:02,000\nGood bye.\n');
});
