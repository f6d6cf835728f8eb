import { expect, test } from 'vitest';
import { checkData } from './checks.ts';

const many = (size: number, value: number) => new Array<number>(size).fill(value);

test('a clean dataset has no findings', () => {
  const classes = [...many(12, 0), ...many(14, 1)];
  const ids = classes.map((_, row) => `${row}.png`);
  expect(checkData({ labels: ['cat', 'dog'], splits: [{ name: 'train', ids, classes, hashes: ids }] })).toEqual([]);
});

test('the same bytes in two splits are a leak, twice in one a duplicate, under two labels a conflict', () => {
  const classes = [...many(10, 0), ...many(10, 1)];
  const ids = classes.map((_, row) => `${row}`);
  const hashes = ids.with(11, '0').with(1, '2');
  const held = { name: 'test', ids: ['x', 'y'], classes: [0, 1], hashes: ['5', 'new'] };
  const findings = checkData({ labels: ['cat', 'dog'], splits: [{ name: 'train', ids, classes, hashes }, held] });
  expect(findings.map(({ check, ids: concerned }) => [check, concerned])).toEqual([
    ['duplicates', ['11', '2']],
    ['conflicting-labels', ['0', '11']],
    ['leak', ['x']],
  ]);
  expect(findings[1]?.message).toBe("1 sample of the train split stands under more than one label, such as 'cat' and 'dog'.");
});

test('classes that are empty, tiny or uneven are named', () => {
  const classes = [...many(60, 0), ...many(3, 1)];
  const findings = checkData({ labels: ['ham', 'spam', 'eggs'], splits: [{ name: 'train', ids: classes.map(String), classes }] });
  expect(findings.map(({ check }) => check)).toEqual(['empty-class', 'tiny-class', 'imbalance']);
  expect(findings[0]?.message).toContain('no sample of eggs');
  expect(findings[1]?.message).toContain('spam (3)');
  expect(findings[2]?.message).toContain('60 samples of ham, 3 of spam');
});

test('a label that unseen heads contradict with confidence is doubtful', () => {
  const classes = [...many(10, 0), ...many(10, 1)];
  const outOfFold = classes.flatMap((own) => (own === 0 ? [0.9, 0.1] : [0.2, 0.8]));
  outOfFold.splice(6, 2, 0.05, 0.95); // sample 3, labelled 0, looks like 1
  const ids = classes.map((_, row) => `mail-${row}`);
  const [finding] = checkData({ labels: ['ham', 'spam'], splits: [{ name: 'train', ids, classes }], outOfFold });
  expect(finding).toMatchObject({ check: 'label-noise', level: 'note', ids: ['mail-3'] });
  expect(finding?.message).toContain('labelled ham, looks like spam');
});
