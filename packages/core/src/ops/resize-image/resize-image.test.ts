import { describeOp, t } from '@headstart/testkit';
import { describe, expect, test } from 'vitest';
import { axisTable, type ResizeFilter } from './coefficients.ts';

const attributes = { height: 5, width: 6, sourceRows: 16, scale: 1 / 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

/** Inputs for a source of 9 × 11 pixels, resized to `resized` and cut to the attributes' 5 × 6 window. */
function inputs(filter: ResizeFilter, resized: { height: number; width: number }, first = { row: 0, column: 0 }) {
  const columns = axisTable(filter, { source: 11, resized: resized.width, first: first.column, length: 6 });
  const rows = axisTable(filter, { source: 9, resized: resized.height, first: first.row, length: 5 });
  const moved = rows.table.map((value, index) => (index < 15 && index % 3 === 0 ? value - rows.start : value));
  return [
    t('uint32', [128], { min: 0, max: 0xffffff }),
    t('int32', [3], { values: [11, rows.start, rows.end - rows.start] }),
    t('int32', [columns.table.length], { values: [...columns.table] }),
    t('int32', [rows.table.length], { values: [...moved] }),
  ];
}

describeOp('ResizeImage', [
  { name: 'shrink', domain: 'headstart', inputs: inputs('bilinear', { height: 5, width: 6 }), attributes },
  {
    name: 'enlarge and crop',
    domain: 'headstart',
    inputs: inputs('bicubic', { height: 20, width: 22 }, { row: 6, column: 3 }),
    attributes,
  },
  {
    name: 'pad, blue first',
    domain: 'headstart',
    inputs: inputs('lanczos', { height: 3, width: 4 }, { row: -1, column: -1 }),
    attributes: { ...attributes, bgr: 1, fill: [124, 116, 104], scale: 1, mean: [104, 117, 124], std: [1, 1, 1] },
  },
  { name: 'nearest', domain: 'headstart', inputs: inputs('nearest', { height: 5, width: 6 }), attributes },
]);

describe('axisTable', () => {
  test.each(['nearest', 'box', 'bilinear', 'hamming', 'bicubic', 'lanczos'] as const)('%s weights sum to one', (filter) => {
    for (const [source, resized] of [
      [100, 7],
      [7, 100],
      [13, 13],
      [1, 5],
      [5, 1],
    ] as const) {
      const { table, start, end } = axisTable(filter, { source, resized, first: 0, length: resized });
      for (let position = 0; position < resized; position++) {
        const [first, taps, weights] = [...table.subarray(3 * position, 3 * position + 3)] as [number, number, number];
        expect(first).toBeGreaterThanOrEqual(start);
        expect(first + taps).toBeLessThanOrEqual(end);
        const sum = table.subarray(weights, weights + taps).reduce((total, weight) => total + weight, 0);
        expect(Math.abs(sum - 2 ** 22)).toBeLessThanOrEqual(taps);
      }
    }
  });

  test('equal sizes leave the picture as it is', () => {
    for (const filter of ['bilinear', 'bicubic', 'lanczos'] as const) {
      const { table } = axisTable(filter, { source: 4, resized: 4, first: 0, length: 4 });
      for (let position = 0; position < 4; position++) {
        const [first = 0, taps = 0, weights = 0] = table.subarray(3 * position, 3 * position + 3);
        const dense = new Array(4).fill(0);
        for (let tap = 0; tap < taps; tap++) dense[first + tap] = table[weights + tap];
        expect(dense).toEqual([0, 1, 2, 3].map((index) => (index === position ? 2 ** 22 : 0)));
      }
    }
  });

  test('outside the picture there are no taps', () => {
    const { table, start, end } = axisTable('bilinear', { source: 4, resized: 2, first: -1, length: 4 });
    expect([1, 4, 7, 10].map((index) => table[index] === 0)).toEqual([true, false, false, true]);
    expect([start, end]).toEqual([0, 4]);
  });
});
