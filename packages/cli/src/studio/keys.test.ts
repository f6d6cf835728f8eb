import type { Key } from 'ink';
import { expect, test } from 'vitest';
import { brightnessOf } from './background.ts';
import { keyNames } from './keys.ts';

const none = {} as Key;

test.each<[string, string, Partial<Key>, readonly string[]]>([
  ['an arrow', '', { upArrow: true }, ['up']],
  ['a letter', 'a', {}, ['a']],
  ['Control and a letter', 'k', { ctrl: true }, ['ctrl-k']],
  ['Shift and Tab', '', { tab: true, shift: true }, ['shift-tab']],
  ['fast typing', 'ab \r', {}, ['a', 'b', 'space', 'enter']],
  ['fast typing with Control', '\x15x', {}, ['ctrl-u', 'x']],
  ['letters of any script', 'ü語', {}, ['ü', '語']],
  ['the late answer of a terminal', ']11;rgb:1e1e/1e1e/1e1e', {}, []],
  ['who the terminal is', '[?62;22c', {}, []],
])('%s', (_, input, key, names) => expect(keyNames(input, { ...none, ...key })).toEqual(names));

test('a terminal says whether it is dark or light', () => {
  expect(brightnessOf('\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\')).toBe('dark');
  expect(brightnessOf('\x1b]11;rgb:ff/ff/f0\x07')).toBe('light');
  expect(brightnessOf('\x1b[?62;22c')).toBeUndefined();
});
