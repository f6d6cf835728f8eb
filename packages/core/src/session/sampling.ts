import { EngineError } from '../errors.ts';
import { uniform } from '../tensor/random.ts';

export interface SamplingOptions {
  /** 0 takes the likeliest token; larger values flatten the distribution. 0 when left out. */
  readonly temperature?: number;
  /** Only the likeliest `topK` tokens can be drawn; all when left out. */
  readonly topK?: number;
  /** Only the likeliest tokens whose probabilities reach `topP` together can be drawn; all when left out. */
  readonly topP?: number;
  /** Scores of tokens that are there already are divided by it where positive, multiplied where negative (Keskar et al. 2019). 1 when left out. */
  readonly repetitionPenalty?: number;
  /** Equal seeds draw equal tokens. 0 when left out. */
  readonly seed?: number;
}

/** @throws EngineError `invalid-argument` naming the option that cannot be meant */
export function checkSampling({ temperature = 0, topK, topP, repetitionPenalty = 1 }: SamplingOptions): void {
  const refuse = (name: string, expected: string, got: unknown) => {
    throw new EngineError('invalid-argument', `${name} cannot be meant`, { where: 'generate', expected, got: String(got) });
  };
  if (!(temperature >= 0)) refuse('temperature', '0 or more', temperature);
  if (topK !== undefined && !(Number.isInteger(topK) && topK > 0)) refuse('topK', 'a positive integer', topK);
  if (topP !== undefined && !(topP > 0 && topP <= 1)) refuse('topP', 'a number in (0, 1]', topP);
  if (!(repetitionPenalty > 0)) refuse('repetitionPenalty', 'a positive number', repetitionPenalty);
}

/**
 * The next token.
 * @param logits scores of all tokens
 * @param tokens the tokens so far
 * @param step number of the draw, which with the seed decides it
 */
export function sampleToken(logits: ArrayLike<number>, tokens: readonly number[], step: number, options: SamplingOptions = {}): number {
  const { temperature = 0, topK, topP, repetitionPenalty = 1, seed = 0 } = options;
  const scores = Float64Array.from(logits);
  if (repetitionPenalty !== 1) {
    for (const token of new Set(tokens)) {
      const score = scores[token];
      if (score !== undefined) scores[token] = score > 0 ? score / repetitionPenalty : score * repetitionPenalty;
    }
  }
  if (temperature === 0) return scores.reduce((best, score, token) => (score > (scores[best] as number) ? token : best), 0);
  const order = Array.from(scores, (_, token) => token).sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
  const kept = order.slice(0, topK ?? order.length);
  const largest = scores[kept[0] as number] as number;
  const weights = kept.map((token) => Math.exp(((scores[token] as number) - largest) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let count = kept.length;
  if (topP !== undefined) {
    let reached = 0;
    count = weights.findIndex((weight) => {
      reached += weight;
      return reached >= topP * total;
    });
    count = count < 0 ? kept.length : count + 1;
  }
  const drawn = weights.slice(0, count);
  let rest = uniform(seed, 'tokens', step) * drawn.reduce((sum, weight) => sum + weight, 0);
  const index = drawn.findIndex((weight) => {
    rest -= weight;
    return rest < 0;
  });
  return kept[index < 0 ? count - 1 : index] as number;
}
