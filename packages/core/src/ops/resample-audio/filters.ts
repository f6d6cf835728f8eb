/**
 * Windowed-sinc resampling with Kaiser's window, as torchaudio.functional.resample(resampling_method='sinc_interp_kaiser') defines it with
 * the parameters of resampy's `kaiser_best`.
 */
export const kaiserBest = { zeros: 64, rolloff: 0.9475937167399596, beta: 14.769656459379492 } as const;

export interface ResampleFilters {
  /** Rates without their common divisor. */
  readonly from: number;
  readonly to: number;
  /** float32[to, taps]: one filter for each place that an output can have between two inputs. */
  readonly table: Float32Array<ArrayBuffer>;
  readonly taps: number;
  /** Inputs before the first tap's: output `j` starts reading at `floor(j · from / to) − before`. */
  readonly before: number;
}

/**
 * The filters from one rate to another.
 *
 * With r = rolloff · min(from, to) and t = j/to − k/from, both rates in Hz, input k weighs r/from · sinc(r·t) · kaiser(r·t / zeros).
 * @param from rate of the input, Hz
 * @param to rate of the output, Hz
 */
export function resampleFilters(from: number, to: number): ResampleFilters {
  const divisor = greatestCommonDivisor(from, to);
  const [source, target] = [from / divisor, to / divisor];
  const { zeros, rolloff, beta } = kaiserBest;
  const base = Math.min(source, target) * rolloff;
  const before = Math.ceil((zeros * source) / base);
  const taps = 2 * before + 2;
  const table = new Float32Array(target * taps);
  const whole = besselI0(beta);
  for (let phase = 0; phase < target; phase++) {
    // Output at phase/target of the way, in inputs: j·from/to less its floor is (phase·from mod to)/to.
    const place = ((phase * source) % target) / target;
    for (let tap = 0; tap < taps; tap++) {
      const t = ((place - (tap - before)) * base) / source;
      if (Math.abs(t) >= zeros) continue;
      const window = besselI0(beta * Math.sqrt(1 - (t / zeros) ** 2)) / whole;
      const sinc = t === 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t);
      table[phase * taps + tap] = (base / source) * sinc * window;
    }
  }
  return { from: source, to: target, table, taps, before };
}

/** Samples that `samples` become. */
export function resampledLength(samples: number, from: number, to: number): number {
  return Math.ceil((samples * to) / from);
}

/** Modified Bessel function of the first kind, order 0, by its power series. */
function besselI0(x: number): number {
  const quarter = (x * x) / 4;
  let [term, sum] = [1, 1];
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= quarter / (k * k);
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
