import { describe, expect, test } from 'vitest';
import { tinyTokenizer, tinyTokenizerConfig } from '../../test/support/tiny-models.ts';
import { batchByLength, textFeeds, textRole } from './text.ts';
import { TextTokenizer } from './tokenizer.ts';

const tokenizer = new TextTokenizer(tinyTokenizer, tinyTokenizerConfig, 5);

describe('TextTokenizer', () => {
  test('puts special tokens around a text, and cuts what is too long before the last of them', () => {
    expect(tokenizer.encode('Good film')).toEqual([2, 4, 6, 3]);
    expect(tokenizer.encode('good bad unknown film day')).toEqual([2, 4, 5, 1, 3]);
    expect(tokenizer.encode('')).toEqual([2, 3]);
    expect(tokenizer.padId).toBe(0);
  });

  test('refuses a limit that leaves no room', () => {
    expect(() => new TextTokenizer(tinyTokenizer, tinyTokenizerConfig, 2)).toThrow('maxTokens: too few tokens for a text');
  });
});

test('textFeeds pads to a bucket and masks what it pads', () => {
  const inputs = [
    { name: 'input_ids', dtype: 'int64' },
    { name: 'attention_mask', dtype: 'int64' },
    { name: 'token_type_ids', dtype: 'int32' },
    { name: 'position_ids', dtype: 'int64' },
  ];
  const feeds = textFeeds([[2, 4, 3], Array.from({ length: 17 }, () => 7)], inputs, 9);
  expect(feeds.input_ids?.shape).toEqual([2, 32]);
  expect(feeds.input_ids?.dtype).toBe('int64');
  expect(feeds.input_ids?.toNumbers().slice(0, 5)).toEqual([2, 4, 3, 9, 9]);
  const mask = feeds.attention_mask?.toNumbers() ?? [];
  expect([mask.slice(0, 32), mask.slice(32)].map((row) => row.reduce((sum, each) => sum + each, 0))).toEqual([3, 17]);
  expect(feeds.token_type_ids?.dtype).toBe('int32');
  expect(feeds.position_ids?.toNumbers().slice(0, 5)).toEqual([0, 1, 2, 2, 2]);
  expect(textFeeds([[2, 3], Array.from({ length: 17 }, () => 7)], inputs, 9, true).input_ids?.shape).toEqual([2, 17]);
  expect(() => textFeeds([[1]], [{ name: 'pixel_values', dtype: 'float32' }], 0)).toThrow('needs an input that text does not give');
});

test('textRole knows the usual names', () => {
  expect(['input_ids', 'attention_mask', 'token_type_ids', 'position_ids', 'tokens', 'pixels'].map(textRole)).toEqual([
    'ids',
    'mask',
    'types',
    'positions',
    'ids',
    undefined,
  ]);
});

test('batchByLength puts texts of one length together, longest first, each once', () => {
  expect(batchByLength([3, 9, 4, 9, 1], 2)).toEqual([[1, 3], [2, 0], [4]]);
  expect(batchByLength([], 4)).toEqual([]);
});

test('batchByLength begins a new batch where a batch would be padding for the most part', () => {
  expect(batchByLength([40, 6, 7, 39, 6, 5], 8, 10)).toEqual([
    [0, 3],
    [2, 1, 4, 5],
  ]);
  expect(batchByLength([9, 8, 7, 6], 8, 5)).toEqual([[0, 1, 2], [3]]);
});
