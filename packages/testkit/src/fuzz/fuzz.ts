import { type Engine, EngineError, readModel, uniform } from '@headstart/core';

export interface FuzzFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface FuzzOptions {
  readonly engine: Engine;
  /** Real models to damage. */
  readonly corpus: readonly FuzzFile[];
  readonly rounds: number;
  readonly seed: number;
  /** First round, to repeat one. */
  readonly from?: number;
  readonly onRound?: (round: number) => void;
}

export interface FuzzTotals {
  readonly rounds: number;
  /** Refused by `readModel`. */
  readonly unread: number;
  /** Read, and refused by `load`. */
  readonly unloaded: number;
  readonly loaded: number;
  readonly slowest: { readonly round: number; readonly milliseconds: number };
}

/**
 * Random bytes and damaged models through `readModel` and `load`. Each must end in an EngineError or a session; anything else is thrown,
 * with the round that repeats it.
 */
export async function fuzz({ engine, corpus, rounds, seed, from = 0, onRound }: FuzzOptions): Promise<FuzzTotals> {
  let [unread, unloaded, loaded] = [0, 0, 0];
  let slowest = { round: -1, milliseconds: 0 };
  for (let round = from; round < from + rounds; round++) {
    onRound?.(round);
    const { name, bytes } = sampleOf(corpus, seed, round);
    const started = performance.now();
    let stage: 'read' | 'load' = 'read';
    try {
      const model = await readModel(bytes);
      stage = 'load';
      const session = await engine.load(model);
      session.dispose();
      loaded++;
    } catch (error) {
      if (!(error instanceof EngineError) || error.code === 'internal' || error.code === 'device-lost') {
        throw new Error(
          `round ${round} (seed ${seed}, ${name}) ended in ${error instanceof Error ? (error.stack ?? error.message) : error}`,
          { cause: error },
        );
      }
      if (stage === 'read') unread++;
      else unloaded++;
    }
    const milliseconds = performance.now() - started;
    if (milliseconds > slowest.milliseconds) slowest = { round, milliseconds };
  }
  return { rounds, unread, unloaded, loaded, slowest };
}

/** The bytes of a round: one in sixteen is noise, the rest are files cut short, with bytes, bits or numbers changed, or parts moved. */
function sampleOf(corpus: readonly FuzzFile[], seed: number, round: number): FuzzFile {
  let draws = 0;
  const next = (limit: number) => Math.floor(uniform(seed, `fuzz ${round}`, draws++) * limit);
  if (next(16) === 0) return { name: 'noise', bytes: Uint8Array.from({ length: next(400) }, () => next(256)) };
  const file = corpus[next(corpus.length)] as FuzzFile;
  const bytes = file.bytes.slice(0, next(8) === 0 ? next(file.bytes.length) : file.bytes.length);
  if (bytes.length === 0) return { name: file.name, bytes };
  // Most of a large file are weights; what says what they are stands at both ends.
  const place = () =>
    next(2) === 0
      ? next(bytes.length)
      : next(2) === 0
        ? next(Math.min(2000, bytes.length))
        : bytes.length - 1 - next(Math.min(4000, bytes.length));
  for (let change = 1 + next(5); change > 0; change--) {
    const at = place();
    const kind = next(5);
    if (kind === 0) bytes[at] = next(256);
    else if (kind === 1) bytes[at] = (bytes[at] as number) ^ (1 << next(8));
    else if (kind === 2) bytes[at] = [0, 1, 0x7f, 0x80, 0xff][next(5)] as number;
    else if (kind === 3) bytes.copyWithin(at, place(), place());
    else bytes.fill(0xff, at, at + 1 + next(9));
  }
  return { name: file.name, bytes };
}
