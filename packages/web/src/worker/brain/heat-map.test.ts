import { type ImagePreprocessing, Tensor } from '@headstart/core';
import { expect, test } from 'vitest';
import { classActivation, windowOf } from './heat-map.ts';

const spec: ImagePreprocessing = {
  height: 224,
  width: 224,
  fit: 'crop',
  shortest: 256,
  filter: 'bilinear',
  channels: 'rgb',
  scale: 1,
  mean: [0],
  std: [1],
};

test('the map is the head read at every place, against the mean of the classes', () => {
  // Two channels on 1 × 3 places; the first class wants channel 0, the second channel 1.
  const map = Tensor.from(Float32Array.of(2, 1, 0, 0, 1, 4), [2, 1, 3]);
  const head = { weights: Tensor.from(Float32Array.of(1, 0, 0, 1), [2, 2]), bias: Tensor.from(Float32Array.of(0, 0)), labels: ['a', 'b'] };
  expect([...classActivation(map, head, 0, spec, { width: 10, height: 10 }).values]).toEqual([1, 0, 0]);
  expect([...classActivation(map, head, 1, spec, { width: 10, height: 10 }).values]).toEqual([0, 0, 1]);
});

test('the window is the part of the picture that the network sees', () => {
  expect(windowOf({ ...spec, fit: 'stretch' }, { width: 300, height: 100 })).toEqual({ left: 0, top: 0, width: 1, height: 1 });
  // 512 × 256 scaled by 1: the middle 224 of 512 columns and of 256 rows.
  expect(windowOf(spec, { width: 512, height: 256 })).toEqual({ left: 0.28125, top: 0.0625, width: 0.4375, height: 0.875 });
  // Padding shows all of the picture and more.
  expect(windowOf({ ...spec, fit: 'pad' }, { width: 448, height: 224 })).toEqual({ left: 0, top: -0.5, width: 1, height: 2 });
});
