import { describe, expect, test } from 'vitest';
import { bar } from './bar.ts';
import { brailleCurve, brailleOutline } from './braille.ts';
import { firstShown, fit, fitPath, wrapWords } from './list.ts';
import { pictureText } from './picture.ts';
import { heatColour, themeOf } from './theme.ts';

describe('bars', () => {
  test.each([
    [0, '', '    '],
    [0.5, '██', '  '],
    [0.53, '██▏', ' '],
    [1, '████', ''],
    [7, '████', ''],
  ])('a share of %d', (share, filled, rest) => expect(bar(share, 4)).toEqual({ filled, rest }));
});

describe('braille', () => {
  test('a rising line goes from the lower left to the upper right', () => expect(brailleCurve([0, 1, 2, 3], 2, 1)).toEqual(['⡠⠊']));
  test('a flat line is one row of dots', () => expect(brailleCurve([5, 5, 5], 3, 2)).toEqual(['⠀⠀⠀', '⣀⣀⣀']));
  test('a step is joined', () => expect(brailleCurve([0, 0, 1, 1], 2, 1)).toEqual(['⣀⠏']));
  test('more values than dots are averaged: the outline stays', () => {
    const line = brailleCurve(
      Array.from({ length: 1000 }, (_, index) => index),
      4,
      2,
    );
    expect(line.map((each) => each.length)).toEqual([4, 4]);
    expect(line[1]?.charAt(0)).not.toBe('⠀');
    expect(line[0]?.charAt(3)).not.toBe('⠀');
  });
  test('an outline is drawn around the middle, as tall as there is room', () => {
    expect(brailleOutline([[-0.5, 0.5]], 1, 1)).toEqual(['⣿']);
    expect(
      brailleOutline(
        [
          [0, 0],
          [0, 0],
          [-0.2, 0.2],
          [-0.2, 0.2],
        ],
        2,
        1,
      ),
    ).toEqual(['⠤⣿']);
  });
  test('nothing is an empty field', () => expect(brailleCurve([], 2, 1)).toEqual(['⠀⠀']));
});

describe('pictures', () => {
  const data = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255);
  const picture = { width: 2, height: 2, data, size: '2 × 2' };
  test('two pixels a character, the upper one in front', () => {
    const [line] = pictureText(picture, 2, 1, true);
    expect(line).toBe('\x1b[38;2;255;0;0m\x1b[48;2;0;0;255m▀\x1b[38;2;0;255;0m\x1b[48;2;255;255;255m▀\x1b[39m\x1b[49m');
  });
  test('keeps its proportions in any room', () => {
    const wide = { width: 40, height: 10, data: new Uint8Array(1200), size: '' };
    expect(pictureText(wide, 20, 20, false)).toHaveLength(3);
    expect(pictureText(wide, 200, 5, false).map(({ length }) => length)).toEqual([40, 40, 40, 40, 40]);
  });
});

describe('texts', () => {
  test('fit cuts with an ellipsis and fills up', () => {
    expect(fit('airplane', 5)).toBe('airp…');
    expect(fit('cat', 5)).toBe('cat  ');
    expect(fit('7', 3, 'right')).toBe('  7');
    expect(fitPath('/a/long/path/x.jpg', 8)).toBe('…h/x.jpg');
  });
  test('words wrap, and long ones are cut', () => expect(wrapWords('one two threefour', 5)).toEqual(['one', 'two', 'three', 'four']));
  test('a list shows the line under the cursor', () => {
    expect(firstShown(0, 100, 10)).toBe(0);
    expect(firstShown(50, 100, 10)).toBe(45);
    expect(firstShown(99, 100, 10)).toBe(90);
    expect(firstShown(2, 3, 10)).toBe(0);
  });
});

test('the heat map has no colour without colours, and another one on a light terminal', () => {
  const of = (colours: boolean, background: 'dark' | 'light') => heatColour(themeOf({ colours, background }), 'wrong', 0.5);
  expect(of(false, 'dark')).toBeUndefined();
  expect(of(true, 'dark')).not.toBe(of(true, 'light'));
  expect(heatColour(themeOf({ colours: true, background: 'dark' }), 'right', 0)).toBeUndefined();
});
