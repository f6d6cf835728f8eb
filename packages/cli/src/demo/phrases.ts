import { type Clip, EngineError, type HubOptions, noisy, pinkNoise, randomInteger, type Sample, uniform } from '@headstart/core';
import { openSynthesiser, type Synthesiser, type Voice } from './voices.ts';

export const defaultPhrases = ['lights on', 'lights off', 'play some music'] as const;

/** The class of all that is none of the phrases: what a listener hears most of the time. */
export const otherLabel = 'something else';

/** Speakers of the synthesiser, men and women. Some are held out. */
const speakers = [
  ...['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8', 'f1', 'f2', 'f3', 'f4', 'f5'],
  ...['adam', 'alex', 'andrea', 'annie', 'belinda', 'benjamin', 'caleb', 'ed', 'gene', 'grandma', 'ian', 'linda', 'michael', 'quincy'],
  ...['rob', 'steph', 'travis', 'victor', 'zac'],
].map((name) => ({ alex: 'Alex', andrea: 'Andrea', annie: 'Annie', gene: 'Gene', michael: 'Michael' })[name] ?? name);
const accents = ['en-us', 'en-us-nyc', 'en', 'en-gb-scotland', 'en-gb-x-rp', 'en-gb-x-gbclan', 'en-gb-x-gbcwmd', 'en-029'];

/** What people say besides; near the phrases and far from them. */
const others = [
  'what time is it',
  'good morning',
  'I will be right back',
  'did you see the news',
  'the weather is nice today',
  'turn it down a little',
  'lighten up',
  'could you help me',
  'where are my keys',
  'that was a long day',
  'light as a feather',
  'stop it',
  'please come in',
  'they played well',
  'some more tea',
  'yes of course',
  'no thank you',
  'read me a story',
  'we are out of milk',
  'take off your shoes',
];

export interface PhraseOptions {
  readonly phrases: readonly string[];
  readonly seed: number;
  readonly hub: HubOptions;
  readonly onMade: (made: number) => void;
}

/**
 * Clips of phrases, and of something else, in many voices, at many speeds and pitches, in noise. A sample's group is its speaker, so
 * that a split holds speakers out. The order is random, so that any first part serves.
 */
export async function synthesisePhrases(count: number, options: PhraseOptions): Promise<readonly Sample[]> {
  requirePhrases(options.phrases);
  return phraseSamples(count, options, await openSynthesiser(options.hub));
}

/** The clips of `synthesisePhrases`, by a synthesiser that is there. */
export async function phraseSamples(
  count: number,
  { phrases, seed, hub, onMade }: PhraseOptions,
  synthesiser: Synthesiser,
): Promise<readonly Sample[]> {
  requirePhrases(phrases);
  const samples: Sample[] = [];
  for (let index = 0; index < count; index++) {
    if (hub.signal?.aborted) throw new EngineError('cancelled', 'the demo was stopped');
    samples.push(sampleOf(index, phrases, seed, synthesiser));
    // Speaking takes tens of milliseconds; the bar must be drawn and Ctrl-C heard.
    if (index % 8 === 7) await new Promise((resolve) => setImmediate(resolve));
    onMade(index + 1);
  }
  return samples;
}

/** @throws EngineError `invalid-argument` */
function requirePhrases(phrases: readonly string[]): void {
  if (phrases.length < 2 || new Set([...phrases, otherLabel]).size <= phrases.length || phrases.some((each) => !/\p{L}/u.test(each))) {
    throw new EngineError('invalid-argument', 'these phrases cannot be told apart', {
      where: 'demo audio',
      expected: 'at least two different phrases of words',
      got: phrases.map((each) => `'${each}'`).join(', '),
    });
  }
}

/** The first or the last share of a clip. */
function partOf({ rate, samples }: Clip, first: boolean, share: number): Clip {
  const length = Math.round(samples.length * share);
  return { rate, samples: first ? samples.slice(0, length) : samples.slice(samples.length - length) };
}

/** Begins the id of a clip that holds a part of a phrase. */
export const partPrefix = 'a part of ';

/** Seconds that a clip has at least: what the model looks at. */
const stretch = 2;

/** A clip about in the middle of a stretch of silence. */
function stretched({ rate, samples }: Clip, shift: number): Float32Array {
  const out = new Float32Array(Math.max(stretch * rate, samples.length));
  const room = out.length - samples.length;
  out.set(samples, Math.round(Math.min(room, Math.max(0, room / 2 + shift * rate))));
  return out;
}

function sampleOf(index: number, phrases: readonly string[], seed: number, synthesiser: Synthesiser): Sample {
  const pick = <T>(items: readonly T[], counter: number) => items[randomInteger(seed, `phrase ${index}`, counter, items.length)] as T;
  const between = (least: number, most: number, counter: number) => least + (most - least) * uniform(seed, `phrase ${index}`, counter);
  const phrase = phrases[index % (phrases.length + 1)];
  const voice: Voice = {
    accent: pick(accents, 0),
    speaker: pick(speakers, 1),
    speed: Math.round(between(130, 210, 2)),
    pitch: Math.round(between(25, 75, 3)),
  };
  // Of five that are something else one is nobody speaking, and two are parts of a phrase, as a window sees it before and after it has
  // the whole: a listener must not take them for the phrase.
  const turn = phrase === undefined ? Math.floor(index / (phrases.length + 1)) % 5 : undefined;
  const silent = turn === 0;
  const cut = turn === 1 || turn === 2;
  const text = phrase ?? (cut ? pick(phrases, 4) : pick(others, 4));
  const voiced: Clip = silent ? { rate: 22050, samples: new Float32Array(0) } : synthesiser.say(text, voice);
  const part = cut ? partOf(voiced, turn === 1, between(0.35, 0.6, 7)) : voiced;
  const place = cut ? (turn === 1 ? stretch : -stretch) : between(-0.25, 0.25, 6);
  const spoken = { rate: voiced.rate, samples: stretched(part, place) };
  const noise = pinkNoise(spoken.samples.length, seed, `phrase noise ${index}`);
  const samples = silent ? noise.map((value) => value * between(0.001, 0.05, 5)) : noisy(spoken.samples, noise, between(8, 30, 5));
  const { accent, speaker, speed } = voice;
  return {
    id: silent ? `noise ${index}` : `${cut ? partPrefix : ''}“${text}”, ${speaker}, ${accent}, ${speed} words a minute (${index})`,
    label: phrase ?? otherLabel,
    group: speaker,
    clip: { rate: spoken.rate, samples: new Float32Array(samples) },
  };
}
