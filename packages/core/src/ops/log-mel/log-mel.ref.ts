import { Tensor } from '../../tensor/tensor.ts';
import { hannWindow, type LogMelSpec, melFilters } from './mel.ts';

/** The definition of headstart.LogMel: the discrete Fourier transform by its sum, in float64. */
export function logMelReference(x: Tensor, spec: LogMelSpec): Tensor {
  const [batch = 0, samples = 0] = x.shape;
  const { fft, hop, mels, centre, power, log, floor } = spec;
  const bins = fft / 2 + 1;
  const half = centre ? Math.floor(fft / 2) : 0;
  const frames = 1 + Math.floor((samples + 2 * half - fft) / hop);
  const window = hannWindow(spec);
  const filters = melFilters(spec);
  const out = new Float32Array(batch * mels * frames);
  const take = { none: (y: number) => y, ln: Math.log, log10: Math.log10, db: (y: number) => 10 * Math.log10(y) }[log];
  for (let row = 0; row < batch; row++) {
    for (let frame = 0; frame < frames; frame++) {
      const spectrum = Array.from({ length: bins }, (_, bin) => {
        let [real, imaginary] = [0, 0];
        for (let at = 0; at < fft; at++) {
          const value = (window[at] as number) * x.at(row * samples + mirrored(frame * hop + at - half, samples));
          const angle = (2 * Math.PI * bin * at) / fft;
          real += value * Math.cos(angle);
          imaginary -= value * Math.sin(angle);
        }
        return (real ** 2 + imaginary ** 2) ** (power / 2);
      });
      for (let band = 0; band < mels; band++) {
        let sum = 0;
        for (let bin = 0; bin < bins; bin++) sum += (filters[band * bins + bin] as number) * (spectrum[bin] as number);
        out[(row * mels + band) * frames + frame] = log === 'none' ? sum : take(Math.max(floor, sum));
      }
    }
  }
  return Tensor.from(out, [batch, mels, frames]);
}

/** An index beyond the ends, mirrored at the first or last sample, neither repeated. */
function mirrored(index: number, length: number): number {
  const period = 2 * (length - 1);
  if (period <= 0) return 0;
  const folded = ((index % period) + period) % period;
  return folded < length ? folded : period - folded;
}
