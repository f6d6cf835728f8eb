import type { ImagePreprocessing, LinearHead, Tensor } from '@headstart/core';
import type { HeatMap } from '../protocol.ts';

/**
 * Class activation map (Zhou et al., CVPR 2016): the head's score of a class read at every place of the feature map, against the mean
 * score of all classes, as Softmax sees only differences. What speaks against the class counts as 0; the largest value is 1.
 * @param map float32[C, h, w]
 * @param picture width and height in pixels, of the picture before preprocessing
 */
export function classActivation(
  map: Tensor,
  { weights, labels }: LinearHead,
  classIndex: number,
  spec: ImagePreprocessing,
  picture: { readonly width: number; readonly height: number },
): HeatMap {
  const [channels = 0, height = 0, width = 0] = map.shape;
  const [x, w] = [map.data as Float32Array, weights.data as Float32Array];
  const values = new Float32Array(height * width);
  for (let channel = 0; channel < channels; channel++) {
    const row = w.subarray(channel * labels.length, (channel + 1) * labels.length);
    const contrast = (row[classIndex] as number) - row.reduce((sum, each) => sum + each, 0) / labels.length;
    for (let place = 0; place < values.length; place++)
      values[place] = (values[place] as number) + contrast * (x[channel * values.length + place] as number);
  }
  const largest = values.reduce((most, each) => Math.max(most, each), 0);
  return {
    width,
    height,
    values: values.map((value) => (largest > 0 ? Math.max(0, value) / largest : 0)),
    window: windowOf(spec, picture),
  };
}

/** The part of a picture that its preprocessing shows to the network. */
export function windowOf(
  spec: ImagePreprocessing,
  { width, height }: { readonly width: number; readonly height: number },
): HeatMap['window'] {
  const whole = { left: 0, top: 0, width: 1, height: 1 };
  if (spec.fit === 'stretch') return whole;
  const scale =
    spec.fit === 'crop'
      ? (spec.shortest ?? Math.max(spec.height, spec.width)) / Math.min(width, height)
      : Math.min(spec.width / width, spec.height / height);
  const [across, down] = [spec.width / (width * scale), spec.height / (height * scale)];
  return { left: (1 - across) / 2, top: (1 - down) / 2, width: across, height: down };
}
