import { decodePicture } from '#platform';
import { EngineError, throwIfCancelled } from '../errors.ts';
import type { Clip, Picture } from '../platform/platform.ts';
import { type AudioPreprocessing, stretchOf } from './audio.ts';
import { clipKey, clipOf } from './clip.ts';
import type { Sample } from './sample.ts';
import { hashBytesOf, hashText } from './store.ts';
import { batchByLength } from './text.ts';
import type { TextTokenizer } from './tokenizer.ts';

/** A sample with the hash of its bytes; equal samples are computed once. */
export interface Hashed {
  readonly sample: Sample;
  readonly hash: string;
}

/** A batch ready to be fed. */
export interface Batch {
  readonly members: readonly Hashed[];
  readonly pictures?: readonly Picture[];
  readonly tokens?: readonly (readonly number[])[];
  /** Clips that get stretches of one length. */
  readonly clips?: readonly Clip[];
}

/** What a backbone takes: one of these, or pictures where both are undefined. */
interface Kind {
  readonly tokenizer: TextTokenizer | undefined;
  readonly audio: AudioPreprocessing | undefined;
}

export interface BatchOptions {
  readonly batchSize: number;
  /** Tokens of padding that a batch of texts may have before it is worth a run of its own to have none. */
  readonly padding: number;
  /** Reasons of what cannot be used, by hash; filled as batches are made. */
  readonly failed: Map<string, string>;
  readonly signal: AbortSignal | undefined;
}

/** The hash of all of a sample that its features depend on. @throws EngineError `invalid-data` for a sample of another kind */
export async function hashSample(sample: Sample, { tokenizer, audio }: Kind): Promise<string> {
  const { hash, text, picture, read, clip } = sample;
  if (hash !== undefined) return hash;
  const encode = (header: string) => new TextEncoder().encode(header);
  if (tokenizer) {
    if (text === undefined) throw new EngineError('invalid-data', 'this backbone takes texts, and the sample is none');
    return hashText(text);
  }
  if (audio) {
    const key = encode(clipKey(sample));
    if (clip) return hashBytesOf(encode(`clip ${clip.rate}\n`), key, bytesOf(clip.samples));
    if (!read) throw new EngineError('invalid-data', 'this backbone takes clips, and the sample is none');
    return hashBytesOf(key, await read());
  }
  if (picture) return hashBytesOf(encode(`pixels ${picture.width} ${picture.height}\n`), picture.data);
  if (!read) throw new EngineError('invalid-data', 'this backbone takes pictures, and the sample is none');
  return hashBytesOf(await read());
}

/** Samples in batches, decoded or tokenised; few are decoded ahead. */
export function batchesOf(todo: readonly Hashed[], { tokenizer, audio }: Kind, options: BatchOptions): AsyncGenerator<Batch> {
  if (tokenizer) return textBatches(todo, tokenizer, options);
  return audio ? clipBatches(todo, audio, options) : pictureBatches(todo, options);
}

async function* textBatches(
  todo: readonly Hashed[],
  tokenizer: TextTokenizer,
  { batchSize, padding }: BatchOptions,
): AsyncGenerator<Batch> {
  const tokens = todo.map(({ sample }) => tokenizer.encode(sample.text ?? ''));
  const lengths = tokens.map(({ length }) => length);
  for (const batch of batchByLength(lengths, batchSize, padding)) {
    yield { members: batch.map((index) => todo[index] as Hashed), tokens: batch.map((index) => tokens[index] as readonly number[]) };
  }
}

async function* pictureBatches(todo: readonly Hashed[], { batchSize, failed, signal }: BatchOptions): AsyncGenerator<Batch> {
  let ready: { readonly each: Hashed; readonly picture: Picture }[] = [];
  const batchOf = (decoded: typeof ready): Batch => ({
    members: decoded.map(({ each }) => each),
    pictures: decoded.map(({ picture }) => picture),
  });
  for (let start = 0; start < todo.length; start += batchSize) {
    throwIfCancelled(signal, 'Extraction');
    const part = todo.slice(start, start + batchSize);
    const decoded = await Promise.allSettled(part.map(({ sample }) => pictureOf(sample)));
    decoded.forEach((result, index) => {
      const each = part[index] as Hashed;
      if (result.status === 'fulfilled') ready.push({ each, picture: result.value });
      else failed.set(each.hash, `It is no picture that can be decoded: ${messageOf(result.reason)}`);
    });
    if (ready.length < batchSize) continue;
    yield batchOf(ready.slice(0, batchSize));
    ready = ready.slice(batchSize);
  }
  if (ready.length > 0) yield batchOf(ready);
}

/** Clips of one stretch go together. */
async function* clipBatches(
  todo: readonly Hashed[],
  audio: AudioPreprocessing,
  { batchSize, failed, signal }: BatchOptions,
): AsyncGenerator<Batch> {
  const waiting = new Map<number, { readonly each: Hashed; readonly clip: Clip }[]>();
  const batchOf = (some: readonly { readonly each: Hashed; readonly clip: Clip }[]): Batch => ({
    members: some.map(({ each }) => each),
    clips: some.map(({ clip }) => clip),
  });
  for (const each of todo) {
    throwIfCancelled(signal, 'Extraction');
    let clip: Clip;
    try {
      clip = await clipOf(each.sample);
    } catch (error) {
      failed.set(each.hash, `It is no clip that can be used: ${messageOf(error)}`);
      continue;
    }
    const length = stretchOf(clip, audio);
    const group = waiting.get(length) ?? [];
    waiting.set(length, group);
    group.push({ each, clip });
    if (group.length < batchSize) continue;
    waiting.delete(length);
    yield batchOf(group);
  }
  for (const group of waiting.values()) yield batchOf(group);
}

export async function pictureOf({ picture, read }: Sample): Promise<Picture> {
  return picture ?? decodePicture((await read?.()) ?? new Uint8Array(0));
}

function bytesOf(samples: Float32Array<ArrayBuffer>): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
