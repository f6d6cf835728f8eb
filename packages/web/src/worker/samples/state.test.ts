import { describe, expect, test } from 'vitest';
import { applyOperation, emptyState, inverseOf, type Operation, type SampleRecord, type SampleState } from './state.ts';
import { foldJournal, snapshotOf } from './store.ts';

const record = (id: string, classId: string): SampleRecord => ({
  id,
  classId,
  hash: `hash of ${id}`,
  pack: 1,
  content: { offset: 0, bytes: 1 },
});

const start: readonly Operation[] = [
  { kind: 'add-class', id: 'a', name: 'cat' },
  { kind: 'add-class', id: 'b', name: 'dog' },
  { kind: 'add', samples: [record('1', 'a'), record('2', 'a'), record('3', 'b')] },
];
const state = start.reduce(applyOperation, emptyState);

/** What a state says, whatever the order of its samples. */
const meaning = ({ classes, samples }: SampleState) => ({ classes, samples: [...samples.values()].sort((x, y) => (x.id < y.id ? -1 : 1)) });

describe('operations', () => {
  const cases: readonly Operation[] = [
    { kind: 'add-class', id: 'c', name: 'fox', at: 1 },
    { kind: 'rename-class', id: 'a', name: 'lion' },
    { kind: 'remove-class', id: 'a' },
    { kind: 'move-class', id: 'a', to: 1 },
    { kind: 'edit', sample: { ...record('1', 'a'), hash: 'another' } },
    { kind: 'add', samples: [record('4', 'b')] },
    { kind: 'move', ids: ['1', '3', 'gone'], to: 'b' },
    { kind: 'remove', ids: ['2', '3', 'gone'] },
  ];

  test.each(cases)('$kind is undone by its inverse', (operation) => {
    const changed = applyOperation(state, operation);
    expect(meaning(changed)).not.toEqual(meaning(state));
    expect(meaning(inverseOf(state, operation).reduce(applyOperation, changed))).toEqual(meaning(state));
  });

  test('what is not there is passed over', () => {
    const odd: readonly Operation[] = [
      { kind: 'add', samples: [record('9', 'gone')] },
      { kind: 'move', ids: ['1'], to: 'gone' },
      { kind: 'rename-class', id: 'gone', name: 'x' },
      { kind: 'remove-class', id: 'gone' },
    ];
    expect(meaning(odd.reduce(applyOperation, state))).toEqual(meaning(state));
  });
});

describe('the journal', () => {
  const lines = (operations: readonly Operation[]) => operations.map((operation) => JSON.stringify(operation)).join('\n');

  test('a snapshot folds to the same state', () => {
    expect(meaning(foldJournal(lines(snapshotOf(state))))).toEqual(meaning(state));
  });

  test('a line cut short costs that line alone', () => {
    expect(meaning(foldJournal(`${lines(start)}\n{"kind":"remove","ids":["1"`))).toEqual(meaning(state));
    expect(meaning(foldJournal(`${lines(start)}\n{"kind":"of a newer version"}\n`))).toEqual(meaning(state));
  });
});
