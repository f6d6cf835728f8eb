import type { FeatureStream } from '../backbone/stream.ts';
import { EngineError } from '../errors.ts';
import { headLogits, type LinearHead, softmaxRows } from './linear-head.ts';

/** When a command counts as heard. */
export interface DetectionSettings {
  /** Smoothed probability from which on a label is reported, above 0 and at most 1. */
  readonly threshold: number;
  /** Seconds over which probabilities are averaged. */
  readonly smoothing: number;
  /** Seconds after a report in which nothing else is reported. */
  readonly refractory: number;
  /** Labels that are never reported: silence, noise, other speech. */
  readonly ignore: readonly string[];
}

/** Labels that usually stand for what is no command. */
const background = /^(_?(unknown|silence|background|noise|background_noise)_?|other|none|negative|something else)$/i;

/** Settings to begin with; the threshold is better chosen on held-out audio. */
export function usualDetection(labels: readonly string[]): DetectionSettings {
  return { threshold: 0.8, smoothing: 0.4, refractory: 1, ignore: labels.filter((label) => background.test(label)) };
}

/** A command that was heard. */
export interface Detection {
  /** Seconds from the beginning of the signal to the moment it was certain. */
  readonly time: number;
  readonly label: string;
  /** Smoothed probability. */
  readonly confidence: number;
}

/** Probabilities of the windows of a signal. */
export interface WindowScores {
  /** End of each window, seconds, [N]. */
  readonly times: readonly number[];
  /** Row-major [N, C]. */
  readonly probabilities: Float64Array;
}

/**
 * Turns the probabilities of windows into reports. A label is reported when its average over the last moments reaches the threshold; it must
 * fall below before it can be reported again, since a word stays in the window for a while.
 */
export class EventFinder {
  readonly #labels: readonly string[];
  readonly #settings: DetectionSettings;
  readonly #ignored: readonly boolean[];
  readonly #armed: boolean[];
  readonly #recent: { readonly time: number; readonly row: ArrayLike<number> }[] = [];
  #silentUntil = Number.NEGATIVE_INFINITY;

  constructor(labels: readonly string[], settings: DetectionSettings) {
    const { threshold, smoothing, refractory, ignore } = settings;
    if (!(threshold > 0 && threshold <= 1 && smoothing >= 0 && refractory >= 0)) {
      throw new EngineError('invalid-argument', 'commands cannot be detected like this', {
        where: 'listen',
        expected: 'a threshold above 0 and at most 1, seconds from 0 on',
        got: `threshold ${threshold}, smoothing ${smoothing}, refractory ${refractory}`,
      });
    }
    const unknown = ignore.find((label) => !labels.includes(label));
    if (unknown !== undefined) {
      throw new EngineError('invalid-argument', `the head does not know the class '${unknown}'`, {
        where: 'listen',
        expected: labels.join(', '),
      });
    }
    this.#labels = labels;
    this.#settings = settings;
    this.#ignored = labels.map((label) => ignore.includes(label));
    this.#armed = labels.map(() => true);
  }

  /**
   * @param time end of the window, seconds
   * @param row probability of each label
   */
  next(time: number, row: ArrayLike<number>): Detection | undefined {
    const { threshold, smoothing, refractory } = this.#settings;
    this.#recent.push({ time, row });
    while ((this.#recent[0]?.time ?? time) < time - smoothing) this.#recent.shift();
    let found: Detection | undefined;
    this.#labels.forEach((label, index) => {
      const confidence = this.#recent.reduce((sum, each) => sum + (each.row[index] as number), 0) / this.#recent.length;
      if (confidence < threshold) this.#armed[index] = true;
      else if (this.#armed[index] && !this.#ignored[index] && time >= this.#silentUntil && confidence > (found?.confidence ?? 0)) {
        found = { time, label, confidence };
      }
    });
    if (!found) return undefined;
    this.#armed[this.#labels.indexOf(found.label)] = false;
    this.#silentUntil = time + refractory;
    return found;
  }
}

/** Listens to a continuous signal: features of a sliding window, a head, and what it reports. */
export class Listener {
  readonly #stream: FeatureStream;
  readonly #head: LinearHead;
  readonly #finder: EventFinder;

  constructor(stream: FeatureStream, head: LinearHead, settings: DetectionSettings) {
    this.#stream = stream;
    this.#head = head;
    this.#finder = new EventFinder(head.labels, settings);
  }

  /**
   * What was heard by the end of these samples.
   * @param samples the next of the signal, at the model's rate
   */
  async push(samples: Float32Array): Promise<readonly Detection[]> {
    const { times, probabilities } = await this.score(samples);
    return findEvents({ times, probabilities }, this.#head.labels.length, this.#finder);
  }

  /** The probabilities alone, for choosing a threshold. */
  async score(samples: Float32Array): Promise<WindowScores> {
    const { times, values } = await this.#stream.push(samples);
    return { times, probabilities: softmaxRows(headLogits(this.#head, values), this.#head.labels.length) };
  }

  dispose(): void {
    this.#stream.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** What a finder reports of scores that are all there. */
export function findEvents({ times, probabilities }: WindowScores, classes: number, finder: EventFinder): readonly Detection[] {
  return times.flatMap((time, row) => finder.next(time, probabilities.subarray(row * classes, (row + 1) * classes)) ?? []);
}
