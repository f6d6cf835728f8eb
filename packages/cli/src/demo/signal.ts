import {
  type Backbone,
  type Clip,
  chooseThreshold,
  type DetectionMetrics,
  type DetectionSettings,
  EventFinder,
  findEvents,
  Listener,
  measureDetections,
  type Occurrence,
  pinkNoise,
  resampleClip,
  type Sample,
  type TrainResult,
  usualDetection,
  type WindowScores,
} from '@headstart/core';

import { partPrefix } from './phrases.ts';

/** Seconds of quiet noise between two clips. */
const gap = 0.5;

/** Clips one after the other, as a microphone would hear them, and what is said when. */
export function signalOf(
  samples: readonly Sample[],
  { rate, commands, seed }: { readonly rate: number; readonly commands: readonly string[]; readonly seed: number },
): { readonly clip: Clip; readonly occurrences: readonly Occurrence[] } {
  const parts: Float32Array[] = [];
  const occurrences: Occurrence[] = [];
  let length = 0;
  const add = (part: Float32Array) => {
    parts.push(part);
    length += part.length;
  };
  for (const [index, { clip, label = '' }] of samples.entries()) {
    if (!clip) continue;
    add(pinkNoise(Math.round(gap * rate), seed, `gap ${index}`).map((value) => value * 0.002));
    const start = length / rate;
    add(resampleClip(clip, rate).samples);
    if (commands.includes(label)) occurrences.push({ label, start, end: length / rate });
  }
  const joined = new Float32Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return { clip: { rate, samples: joined }, occurrences };
}

/**
 * How a head does on a continuous signal of held-out clips: the threshold is chosen on one half of them and measured on the other.
 * @param onProgress told the share that is done
 */
export async function tryListening(
  samples: readonly Sample[],
  result: TrainResult,
  backbone: Backbone,
  { seed, onProgress }: { readonly seed: number; readonly onProgress: (seconds: number, total: number) => void },
): Promise<{ readonly detection: DetectionSettings; readonly metrics: DetectionMetrics }> {
  const usual = usualDetection(result.labels);
  const rate = backbone.reference.audio?.rate ?? 16000;
  const commands = result.labels.filter((label) => !usual.ignore.includes(label));
  // People do not stop in the middle of a phrase; the window shows its parts by itself.
  const whole = samples.filter(({ id }) => !id.startsWith(partPrefix));
  const half = Math.ceil(whole.length / 2);
  const signals = [whole.slice(0, half), whole.slice(half)].map((part) => signalOf(part, { rate, commands, seed }));
  const total = signals.reduce((sum, { clip }) => sum + clip.samples.length / rate, 0);
  let before = 0;
  const scores: WindowScores[] = [];
  for (const { clip } of signals) {
    scores.push(await scoresOf(clip, result, backbone, usual, (seconds) => onProgress(before + seconds, total)));
    before += clip.samples.length / rate;
  }
  const [first, second] = signals as [(typeof signals)[0], (typeof signals)[0]];
  const seconds = (clip: Clip) => clip.samples.length / rate;
  const { chosen } = chooseThreshold(scores[0] as WindowScores, result.labels, usual, {
    occurrences: first.occurrences,
    seconds: seconds(first.clip),
    // Minutes cannot tell rates below one in those minutes.
    falseAcceptsPerHour: (1.01 * 3600) / seconds(first.clip),
  });
  const detection = { ...usual, threshold: chosen.threshold };
  const found = findEvents(scores[1] as WindowScores, result.labels.length, new EventFinder(result.labels, detection));
  return { detection, metrics: measureDetections(found, second.occurrences, seconds(second.clip)) };
}

async function scoresOf(
  { samples, rate }: Clip,
  { head }: TrainResult,
  backbone: Backbone,
  settings: DetectionSettings,
  onProgress: (seconds: number) => void,
): Promise<WindowScores> {
  using listener = new Listener(backbone.stream(), head, settings);
  const times: number[] = [];
  const probabilities: number[] = [];
  const stretch = 6 * rate;
  for (let start = 0; start < samples.length; start += stretch) {
    const part = await listener.score(samples.subarray(start, start + stretch));
    times.push(...part.times);
    probabilities.push(...part.probabilities);
    onProgress(Math.min(samples.length, start + stretch) / rate);
  }
  return { times, probabilities: Float64Array.from(probabilities) };
}
