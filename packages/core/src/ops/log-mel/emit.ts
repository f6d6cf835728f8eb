import type { GraphBuilder } from '../../ir/builder.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { hannWindow, type LogMelSpec, melFilters } from './mel.ts';

/**
 * Nodes of the ONNX standard that compute a log-mel spectrogram: the Fourier transform is a convolution with the windowed waves, so
 * that it runs on the kernels there are, fuses with what follows, and goes into an exported file as it is.
 * @param x float32[B, S]
 * @param opset operator-set version of the nodes, 11 or newer: nodes of one file share one
 * @returns float32[B, mels, F]
 */
export function emitLogMel(g: GraphBuilder, x: string, spec: LogMelSpec, opset: number): string {
  const { fft, hop, mels, centre, power, log, floor } = spec;
  const bins = fft / 2 + 1;
  const add = (type: string, inputs: readonly string[], attributes = {}) =>
    g.add(type, inputs, attributes, { opset, outputs: [g.fresh(`log-mel.${type.toLowerCase()}`)] });
  const constant = (tensor: Tensor, name: string) => g.constant(tensor, g.fresh(`log-mel.${name}`));
  const int64 = (values: readonly number[]) => constant(Tensor.from(BigInt64Array.from(values, BigInt)), 'sizes');
  const scalar = (value: number) => constant(Tensor.scalar(value), 'scalar');

  const half = Math.floor(fft / 2);
  const padded = centre ? add('Pad', [x, int64([0, half, 0, half])], { mode: 'reflect' }) : x;
  const signal = opset >= 13 ? add('Unsqueeze', [padded, int64([1])]) : add('Unsqueeze', [padded], { axes: [1] });
  const squares = waves(spec).map((wave, part) => {
    const weights = constant(Tensor.from(wave, [bins, 1, fft]), part === 0 ? 'cosines' : 'sines');
    const spectrum = add('Conv', [signal, weights], { kernel_shape: [fft], strides: [hop], pads: [0, 0] });
    return add('Mul', [spectrum, spectrum]);
  });
  const energy = add('Add', squares);
  const spectrum = power === 2 ? energy : add('Sqrt', [energy]);
  const bands = add('MatMul', [constant(Tensor.from(melFilters(spec), [mels, bins]), 'filters'), spectrum]);
  if (log === 'none') return bands;
  const logarithm = add('Log', [add('Max', [bands, scalar(floor)])]);
  const factor = { ln: 1, log10: 1 / Math.LN10, db: 10 / Math.LN10 }[log];
  return factor === 1 ? logarithm : add('Mul', [logarithm, scalar(factor)]);
}

/** Windowed cosines and sines, float32[bins, fft] each. */
function waves(spec: LogMelSpec): readonly Float32Array<ArrayBuffer>[] {
  const { fft } = spec;
  const bins = fft / 2 + 1;
  const window = hannWindow(spec);
  return [Math.cos, Math.sin].map((wave) => {
    const table = new Float32Array(bins * fft);
    for (let bin = 0; bin < bins; bin++) {
      for (let at = 0; at < fft; at++) {
        // The angle within one turn: products of large numbers lose the digits that matter.
        table[bin * fft + at] = (window[at] as number) * wave((2 * Math.PI * ((bin * at) % fft)) / fft);
      }
    }
    return table;
  });
}
