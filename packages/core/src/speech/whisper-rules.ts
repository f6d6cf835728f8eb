/** The special tokens of a Whisper vocabulary, by id. */
export interface WhisperTokens {
  readonly start: number;
  readonly end: number;
  readonly transcribe: number;
  readonly noSpeech: number;
  readonly noTimestamps: number;
  /** The first of the time stamps, `<|0.00|>`; one every 20 ms up to 30 s. */
  readonly firstTime: number;
  /** Ids of languages by their code. */
  readonly languages: Readonly<Record<string, number>>;
  /** Tokens that are never written, and those that are never written first. */
  readonly suppressed: readonly number[];
  readonly suppressedFirst: readonly number[];
  /** The latest time stamp that a window may begin with. */
  readonly latestStart: number;
}

/** Seconds between two time stamps. */
export const timeStep = 0.02;

/**
 * Takes from the logits of the next token what may not stand there, as OpenAI's decoding does: time stamps come in pairs and never go back,
 * a window begins with one, and where time stamps together are more probable than any text, one of them it is.
 * @param logits float32[vocabulary], changed in place
 * @param written tokens of this window so far, behind the prompt
 */
export function applyRules(logits: Float32Array, written: readonly number[], tokens: WhisperTokens): void {
  const { end, noTimestamps, firstTime, suppressed, suppressedFirst, latestStart } = tokens;
  const never = Number.NEGATIVE_INFINITY;
  for (const id of suppressed) logits[id] = never;
  logits[noTimestamps] = never;
  if (written.length === 0) {
    for (const id of suppressedFirst) logits[id] = never;
    logits.fill(never, 0, firstTime);
    logits.fill(never, firstTime + latestStart + 1);
    return;
  }
  const isTime = (id: number | undefined) => id !== undefined && id >= firstTime;
  const [last, before] = [written.at(-1), written.at(-2)];
  if (isTime(last)) {
    // Behind a pair, text; behind a single one, its partner or the end.
    if (written.length < 2 || isTime(before)) logits.fill(never, firstTime);
    else logits.fill(never, 0, end);
  }
  const latest = written.findLast(isTime);
  if (latest !== undefined) {
    // A segment that was opened must have a length.
    const least = isTime(last) && !isTime(before) && written.length > 1 ? latest : latest + 1;
    logits.fill(never, firstTime, least);
  }
  let top = never;
  let topText = never;
  logits.forEach((value, id) => {
    if (value > top) top = value;
    if (id < firstTime && value > topText) topText = value;
  });
  let times = 0;
  for (let id = firstTime; id < logits.length; id++) times += Math.exp((logits[id] as number) - top);
  if (Math.log(times) + top > topText) logits.fill(never, 0, firstTime);
}

/** A piece of text and when it is said, in seconds of its window; `end` is undefined for one that the window cuts off. */
export interface TimedTokens {
  readonly start: number;
  readonly end: number | undefined;
  readonly tokens: readonly number[];
}

/**
 * The segments of a window's tokens, and how far the window was understood.
 * @param length seconds of sound in the window
 * @returns `next`: seconds from the window's beginning to where the next one begins
 */
export function splitSegments(
  written: readonly number[],
  { firstTime }: Pick<WhisperTokens, 'firstTime'>,
  length: number,
): { readonly segments: readonly TimedTokens[]; readonly next: number } {
  const segments: TimedTokens[] = [];
  let start = 0;
  let tokens: number[] = [];
  for (const id of written) {
    if (id < firstTime) {
      tokens.push(id);
      continue;
    }
    const time = (id - firstTime) * timeStep;
    if (tokens.length > 0) segments.push({ start, end: time, tokens });
    tokens = [];
    start = time;
  }
  if (tokens.length > 0) segments.push({ start, end: undefined, tokens });
  const paired = written.length > 1 && written.slice(-2).every((id) => id >= firstTime);
  const cut = segments.at(-1)?.end === undefined && segments.length > 1;
  // What was opened and not closed is heard again, from its beginning.
  if (paired && start > 0 && start < length) return { segments, next: start };
  if (cut) return { segments: segments.slice(0, -1), next: start };
  return { segments, next: length };
}
