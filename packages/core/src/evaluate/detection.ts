import { parse } from 'csv-parse/browser/esm/sync';
import { EngineError } from '../errors.ts';
import { type Detection, type DetectionSettings, EventFinder, findEvents, type WindowScores } from '../train/listener.ts';

/** A command that was spoken. */
export interface Occurrence {
  readonly label: string;
  /** Seconds. */
  readonly start: number;
  readonly end: number;
}

/** How good a detector is on a signal. */
export interface DetectionMetrics {
  readonly seconds: number;
  /** Commands spoken, those not reported, and their share. */
  readonly occurrences: number;
  readonly missed: number;
  readonly missRate: number;
  /** Reports of what was not said then. */
  readonly falseAccepts: number;
  readonly falseAcceptsPerHour: number;
}

export interface ThresholdPoint extends DetectionMetrics {
  readonly threshold: number;
}

/** Seconds after a command's end in which its report still counts: the window must have it in the middle. */
const patience = 1.5;

/**
 * Compares reports with what was said. A report belongs to the first command of its label that is not reported yet and was being said, or
 * had been said a moment ago; every other report is a false accept.
 * @param seconds length of the signal
 */
export function measureDetections(detections: readonly Detection[], occurrences: readonly Occurrence[], seconds: number): DetectionMetrics {
  const open = new Set(occurrences);
  let falseAccepts = 0;
  for (const { time, label } of detections) {
    const match = [...open].find((each) => each.label === label && time >= each.start && time <= each.end + patience);
    if (match) open.delete(match);
    else falseAccepts++;
  }
  return {
    seconds,
    occurrences: occurrences.length,
    missed: open.size,
    missRate: occurrences.length === 0 ? 0 : open.size / occurrences.length,
    falseAccepts,
    falseAcceptsPerHour: seconds === 0 ? 0 : (falseAccepts * 3600) / seconds,
  };
}

/** Thresholds that are tried: dense near 1, where probabilities crowd. */
const candidates = [
  ...Array.from({ length: 14 }, (_, index) => (6 + index) / 20),
  ...[0.96, 0.97, 0.98, 0.985, 0.99, 0.993, 0.995, 0.997, 0.998, 0.999],
];

/**
 * The threshold that misses least among those with few enough false accepts on a held-out signal; of equals the middle one. Where no
 * threshold has few enough, the one with fewest.
 * @param falseAcceptsPerHour how many are few enough
 */
export function chooseThreshold(
  scores: WindowScores,
  labels: readonly string[],
  settings: Omit<DetectionSettings, 'threshold'>,
  {
    occurrences,
    seconds,
    falseAcceptsPerHour = 1,
  }: { readonly occurrences: readonly Occurrence[]; readonly seconds: number; readonly falseAcceptsPerHour?: number },
): { readonly chosen: ThresholdPoint; readonly curve: readonly ThresholdPoint[] } {
  const curve = candidates.map((threshold): ThresholdPoint => {
    const found = findEvents(scores, labels.length, new EventFinder(labels, { ...settings, threshold }));
    return { threshold, ...measureDetections(found, occurrences, seconds) };
  });
  const fewest = Math.min(...curve.map((each) => each.falseAccepts));
  const allowed = curve.filter((each) => each.falseAcceptsPerHour <= falseAcceptsPerHour || each.falseAccepts === fewest);
  const few = allowed.some((each) => each.falseAcceptsPerHour <= falseAcceptsPerHour)
    ? allowed.filter((each) => each.falseAcceptsPerHour <= falseAcceptsPerHour)
    : allowed;
  const least = Math.min(...few.map(({ missed }) => missed));
  const best = few.filter(({ missed }) => missed === least);
  return { chosen: best[Math.floor(best.length / 2)] as ThresholdPoint, curve };
}

/**
 * What was said in a signal: a CSV with the columns `label`, `start` and `end`, in seconds.
 * @param where the file's name, for errors
 */
export function parseOccurrences(text: string, where: string): readonly Occurrence[] {
  let rows: Record<string, string>[];
  try {
    rows = parse(text, {
      columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
      bom: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (cause) {
    throw new EngineError('invalid-data', 'not a table', { where, expected: 'CSV with the columns label, start and end', cause });
  }
  return rows.map(({ label = '', start, end }, row) => {
    const occurrence = { label, start: Number(start || Number.NaN), end: Number(end || Number.NaN) };
    if (label !== '' && occurrence.start >= 0 && occurrence.end > occurrence.start) return occurrence;
    throw new EngineError('invalid-data', 'not something that was said', {
      where: `${where}:${row + 2}`,
      expected: 'a label, a start and a later end in seconds',
      got: `${label || 'no label'}, ${start || 'no start'}, ${end || 'no end'}`,
    });
  });
}
