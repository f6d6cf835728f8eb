import { EngineError } from '../errors.ts';
import { Tensor } from '../tensor/tensor.ts';

/** How a text becomes a model's input. */
export interface TextPreprocessing {
  /** Tokens kept of a text, special tokens included. */
  readonly maxTokens: number;
}

/** Sequence lengths that plans are made for; a batch takes the shortest that holds its longest text. */
export const lengthBuckets: readonly number[] = [8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192];

/** An input of a text model, as its file declares it. */
export interface TextInput {
  readonly name: string;
  readonly dtype: string | undefined;
}

/** What an input of a text model holds, by its name; undefined for one that text does not give. */
export function textRole(name: string): 'ids' | 'mask' | 'types' | 'positions' | undefined {
  if (/position/i.test(name)) return 'positions';
  if (/token_type|segment|type_ids/i.test(name)) return 'types';
  if (/mask/i.test(name)) return 'mask';
  return /ids|tokens?$/i.test(name) ? 'ids' : undefined;
}

/**
 * The feeds of one batch, each [B, T] with T the bucket of the longest text.
 * @param batch token ids of each text
 * @param exact T is the length of the longest text itself
 */
export function textFeeds(
  batch: readonly (readonly number[])[],
  inputs: readonly TextInput[],
  padId: number,
  exact = false,
): Record<string, Tensor> {
  const longest = Math.max(...batch.map(({ length }) => length));
  const length = exact ? longest : (lengthBuckets.find((bucket) => bucket >= longest) ?? longest);
  const values = {
    ids: (row: readonly number[], index: number) => row[index] ?? padId,
    mask: (row: readonly number[], index: number) => (index < row.length ? 1 : 0),
    types: () => 0,
    // Padding repeats the last position: any valid one does, since it is masked.
    positions: (row: readonly number[], index: number) => Math.min(index, row.length - 1),
  };
  const feeds: Record<string, Tensor> = {};
  for (const { name, dtype } of inputs) {
    const role = textRole(name);
    if (!role) {
      throw new EngineError('unsupported', 'the model needs an input that text does not give', {
        where: `input '${name}'`,
        expected: 'input_ids, attention_mask, token_type_ids or position_ids',
      });
    }
    const numbers = batch.flatMap((row) => Array.from({ length }, (_, index) => values[role](row, index)));
    const shape = [batch.length, length];
    feeds[name] =
      dtype === 'int64'
        ? Tensor.from(BigInt64Array.from(numbers, BigInt), shape)
        : Tensor.from(numbers, shape, dtype === 'int32' ? 'int32' : 'float32');
  }
  return feeds;
}

/**
 * Batches of texts: longest first, so that each batch holds texts of much the same length and the one that needs most memory comes first.
 * @param lengths tokens of each text
 * @param padding tokens by which the texts of a batch may be shorter than its longest, all together
 * @returns indexes into `lengths`
 */
export function batchByLength(
  lengths: readonly number[],
  batchSize: number,
  padding = Number.POSITIVE_INFINITY,
): readonly (readonly number[])[] {
  const order = lengths.map((_, index) => index).sort((a, b) => (lengths[b] as number) - (lengths[a] as number) || a - b);
  const batches: number[][] = [];
  let left = 0;
  for (const index of order) {
    const batch = batches.at(-1);
    left -= batch ? (lengths[batch[0] as number] as number) - (lengths[index] as number) : 0;
    if (batch && batch.length < batchSize && left >= 0) batch.push(index);
    else {
      batches.push([index]);
      left = padding;
    }
  }
  return batches;
}
