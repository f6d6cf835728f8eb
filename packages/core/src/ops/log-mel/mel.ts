/** How a spectrogram is cut into mel bands and frames; names and defaults are librosa's where it has them. */
export interface LogMelSpec {
  /** Samples a second, Hz. */
  readonly rate: number;
  /** Length of the Fourier transform, samples. */
  readonly fft: number;
  /** Length of the Hann window (periodic), samples, in the middle of the transform; `fft` when left out. */
  readonly window?: number;
  /** Samples between two frames. */
  readonly hop: number;
  /** Number of mel bands. */
  readonly mels: number;
  /** Lowest and highest frequency, Hz. */
  readonly low: number;
  readonly high: number;
  /** `slaney` is linear up to 1 kHz; `htk` is 2595 · log10(1 + f/700). */
  readonly scale: 'slaney' | 'htk';
  /** Whether each band's triangle has area 1 (librosa's norm='slaney') instead of height 1. */
  readonly unitArea: boolean;
  /** 2 sums energies, 1 magnitudes. */
  readonly power: 1 | 2;
  /** Whether frame t is centred at t · hop, the signal mirrored at both ends; otherwise it begins there. */
  readonly centre: boolean;
  /** What is taken of the bands: nothing, ln, log10, or decibels (10 · log10). */
  readonly log: 'none' | 'ln' | 'log10' | 'db';
  /** Bands are raised to this before the logarithm. */
  readonly floor: number;
}

const linearStep = 200 / 3; // Hz a mel, below the break
const breakHz = 1000;
const breakMel = breakHz / linearStep;
const logStep = Math.log(6.4) / 27; // above the break

export function hzToMel(hz: number, scale: LogMelSpec['scale']): number {
  if (scale === 'htk') return 2595 * Math.log10(1 + hz / 700);
  return hz < breakHz ? hz / linearStep : breakMel + Math.log(hz / breakHz) / logStep;
}

export function melToHz(mel: number, scale: LogMelSpec['scale']): number {
  if (scale === 'htk') return 700 * (10 ** (mel / 2595) - 1);
  return mel < breakMel ? mel * linearStep : breakHz * Math.exp((mel - breakMel) * logStep);
}

/** `count` frequencies in Hz, evenly spaced in mel from `low` to `high`. */
export function melFrequencies(count: number, low: number, high: number, scale: LogMelSpec['scale']): number[] {
  const [first, last] = [hzToMel(low, scale), hzToMel(high, scale)];
  return Array.from({ length: count }, (_, index) => melToHz(first + ((last - first) * index) / (count - 1), scale));
}

/** float32[mels, fft/2 + 1]: the triangles that the bands weigh the spectrum with. */
export function melFilters({ rate, fft, mels, low, high, scale, unitArea }: LogMelSpec): Float32Array<ArrayBuffer> {
  const bins = fft / 2 + 1;
  const edges = melFrequencies(mels + 2, low, high, scale);
  const filters = new Float32Array(mels * bins);
  for (let band = 0; band < mels; band++) {
    const [left, middle, right] = edges.slice(band, band + 3) as [number, number, number];
    const height = unitArea ? 2 / (right - left) : 1;
    for (let bin = 0; bin < bins; bin++) {
      const hz = (bin * rate) / fft;
      filters[band * bins + bin] = height * Math.max(0, Math.min((hz - left) / (middle - left), (right - hz) / (right - middle)));
    }
  }
  return filters;
}

/** The Hann window, periodic, zeros around it up to the transform's length; float64[fft]. */
export function hannWindow({ fft, window = fft }: Pick<LogMelSpec, 'fft' | 'window'>): Float64Array {
  const start = Math.floor((fft - window) / 2);
  const inside = (index: number) => index >= start && index < start + window;
  return Float64Array.from({ length: fft }, (_, index) =>
    inside(index) ? 0.5 - 0.5 * Math.cos((2 * Math.PI * (index - start)) / window) : 0,
  );
}
