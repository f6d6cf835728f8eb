import { describe, expect, test } from 'vitest';
import { html } from './html.ts';
import { scorePredictions } from './metrics.ts';
import { confidentMistakes, type ReportInput, renderReport } from './report.ts';

const truth = [0, 0, 1, 1];
const probabilities = [0.9, 0.1, 0.2, 0.8, 0.4, 0.6, 0.95, 0.05];
const metrics = scorePredictions(truth, probabilities, ['<ham>', 'spam']);
const pixel = 'data:image/png;base64,iVBORw0KGgo=';
const input: ReportInput = {
  title: 'Spam & ham',
  metrics,
  comparison: [
    { name: 'shuffled weights', accuracy: 0.5 },
    { name: 'pretrained', accuracy: 0.75, macroF1: 0.7, logLoss: 0.4, best: true },
  ],
  mistakes: [{ id: 'a.png', truth: 'spam', predicted: '<ham>', confidence: 0.95, image: pixel }],
  examples: [{ id: '1', predicted: 'spam', confidence: 0.8, text: 'win <script>alert(1)</script>' }],
  findings: [{ check: 'leak', level: 'warning', message: '1 sample leaks.', ids: ['a.png'] }],
  sweep: {
    points: [
      { l2: 1, logLoss: 0.5 },
      { l2: 0.1, logLoss: 0.4 },
    ],
    chosen: 0.1,
  },
  reproducibility: [['seed', '0']],
};

describe('renderReport', () => {
  const page = renderReport(input);

  test('says the numbers', () => {
    expect(page).toContain('50.0\u00a0%'); // accuracy 2 of 4, as is the majority baseline
    expect(page).toContain(metrics.logLoss.toFixed(3));
    expect(page).toContain('1 sample leaks.');
    expect(page).toContain('λ = 0.1');
    for (const title of ['Where classes are confused', 'Class by class', 'Most confident mistakes', 'To get this result again']) {
      expect(page).toContain(title);
    }
  });

  test('loads nothing: no script, no link, no address but data URIs', () => {
    expect(page).not.toMatch(/<script|<link|@import|https?:|url\(/i);
    expect([...page.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1])).toEqual([pixel]);
    expect(page).toContain("default-src 'none'");
  });

  test('escapes what comes from data', () => {
    expect(page).toContain('&#60;script&#62;');
    expect(page).toContain('Spam &#38; ham');
    expect(page).not.toContain('<ham>');
  });

  test('every tag that opens closes', () => {
    const open: string[] = [];
    for (const [, closing, tag, selfClosed] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:"[^"]*"|[^">])*?(\/?)>/g)) {
      if (selfClosed || ['meta', 'img', 'br'].includes(tag as string)) continue;
      if (closing) expect(open.pop()).toBe(tag);
      else open.push(tag as string);
    }
    expect(open).toEqual([]);
  });

  test('refuses a thumbnail that would have to be loaded', () => {
    const remote = { ...input, mistakes: [{ id: 'x', predicted: 'a', confidence: 1, image: '/somewhere/x.png' }] };
    expect(() => renderReport(remote)).toThrow(
      "report, sample 'x': a thumbnail is not a data URI, expected data:image/…, got '/somewhere/x.png'.",
    );
  });

  test('lists the worst confusions when there are too many classes for a matrix', () => {
    const labels = Array.from({ length: 40 }, (_, index) => `class-${index}`);
    const rows = labels.flatMap((_, row) => labels.map((__, column) => (column === (row === 7 ? 8 : row) ? 1 : 0)));
    const many = scorePredictions(
      labels.map((_, index) => index),
      rows,
      labels,
    );
    expect(renderReport({ ...input, metrics: many })).toContain('<tr><td>class-7</td><td>class-8</td><td>1</td></tr>');
  });
});

test('confidentMistakes gives wrong rows, the surest first', () => {
  const predictions = [
    { label: 'a', confidence: 0.99 },
    { label: 'b', confidence: 0.6 },
    { label: 'b', confidence: 0.7 },
    { label: 'a', confidence: 0.95 },
  ];
  expect(confidentMistakes(['a', 'a', 'b', 'b'], predictions)).toEqual([3, 1]);
  expect(confidentMistakes(['a', 'a', 'b', 'b'], predictions, 1)).toEqual([3]);
});

test('html escapes strings, keeps markup, drops false and undefined', () => {
  expect(html`<b title="${'"'}">${['<', html`<i>${1}</i>`]}${false}${undefined}</b>`.markup).toBe('<b title="&#34;">&#60;<i>1</i></b>');
});
