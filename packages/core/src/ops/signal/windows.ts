import type { ValueType } from '../../ir/graph.ts';
import { dtypeOfElementType } from '../../tensor/element-type.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { unknownDim } from '../dims.ts';
import type { Op } from '../op.ts';

/** A window of cosines, w[n] = Σ_i (−1)^i a_i cos(2πin/N). N is the size, or one less for a symmetric window. */
function cosineWindow(type: string, coefficients: readonly number[]): Op<{ output_datatype: number; periodic: number }> {
  return {
    type,
    since: 17,
    attributes: { output_datatype: attribute.int(1), periodic: attribute.int(1) },
    infer: (_, { output_datatype }, { constant }): readonly ValueType[] => [
      { dtype: dtypeOfElementType(output_datatype) ?? 'float32', shape: [constant(0)?.at(0) ?? unknownDim()] },
    ],
    reference([size], { output_datatype, periodic }) {
      const length = (size as Tensor).at(0);
      const period = periodic ? length : length - 1;
      const values = Array.from({ length }, (_, n) =>
        coefficients.reduce((sum, a, i) => sum + (i % 2 === 0 ? a : -a) * Math.cos((2 * Math.PI * i * n) / period), 0),
      );
      return [Tensor.from(values, [length], dtypeOfElementType(output_datatype) ?? 'float32')];
    },
    vjp: () => [''],
  };
}

/** Coefficients as ONNX states them (HammingWindow: 25/46 and 21/46). */
export const windowOps = [
  cosineWindow('HannWindow', [0.5, 0.5]),
  cosineWindow('HammingWindow', [25 / 46, 21 / 46]),
  cosineWindow('BlackmanWindow', [0.42, 0.5, 0.08]),
] as const;

/** Triangular filters on the mel scale (HTK): [dft_length / 2 + 1, num_mel_bins]. */
export const melWeightMatrix: Op<{ output_datatype: number }> = {
  type: 'MelWeightMatrix',
  since: 17,
  attributes: { output_datatype: attribute.int(1) },
  infer(_, { output_datatype }, { constant }) {
    const [bins, length] = [constant(0)?.at(0), constant(1)?.at(0)];
    const shape = [length === undefined ? unknownDim() : Math.floor(length / 2) + 1, bins ?? unknownDim()];
    return [{ dtype: dtypeOfElementType(output_datatype) ?? 'float32', shape }];
  },
  reference(inputs, { output_datatype }) {
    const [bins = 0, length = 0, rate = 0, low = 0, high = 0] = inputs.map((input) => (input as Tensor).at(0));
    const rows = Math.floor(length / 2) + 1;
    const mel = (frequency: number) => 2595 * Math.log10(1 + frequency / 700);
    const [from, step] = [mel(low), (mel(high) - mel(low)) / (bins + 2)];
    const edges = Array.from({ length: bins + 2 }, (_, index) =>
      Math.floor(((length + 1) * 700 * (10 ** ((index * step + from) / 2595) - 1)) / rate),
    );
    const values = new Float64Array(rows * bins);
    for (let bin = 0; bin < bins; bin++) {
      const [start = 0, center = 0, end = 0] = edges.slice(bin, bin + 3);
      if (center === start) values[center * bins + bin] = 1;
      else for (let row = start; row <= center; row++) values[row * bins + bin] = (row - start) / (center - start);
      for (let row = center; row < end; row++) if (end > center) values[row * bins + bin] = (end - row) / (end - center);
    }
    return [Tensor.from(values, [rows, bins], 'float64').cast(dtypeOfElementType(output_datatype) ?? 'float32')];
  },
  vjp: ({ inputs }) => inputs.map(() => ''),
};
