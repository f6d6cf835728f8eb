import { EngineError } from '../../errors.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { required, unknownDim } from '../dims.ts';
import type { Op } from '../op.ts';

interface NormalizerAttributes {
  readonly case_change_action: string;
  readonly is_case_sensitive: number;
  readonly locale: string;
  readonly stopwords: readonly string[];
}

/** The strings of a tensor. */
export function stringsOf(tensor: Tensor | undefined): readonly string[] {
  if (tensor?.dtype !== 'string')
    throw new EngineError('invalid-model', 'an input is no tensor of strings', { got: tensor?.dtype ?? 'none' });
  return tensor.data as string[];
}

/** Drops stop words from a row of strings [C] or [1, C] and changes the case of the rest; what is left of nothing is one empty string. */
export const stringNormalizer: Op<NormalizerAttributes> = {
  type: 'StringNormalizer',
  since: 10,
  attributes: {
    case_change_action: attribute.string('NONE'),
    is_case_sensitive: attribute.int(0),
    locale: attribute.string(''),
    stopwords: attribute.strings([]),
  },
  infer([input]) {
    const x = required(input, 'X');
    return [{ dtype: 'string', shape: x.shape.with(-1, unknownDim()) }];
  },
  reference([input], { case_change_action, is_case_sensitive, locale, stopwords }) {
    const x = input as Tensor;
    const tag = locale === '' ? 'en-US' : locale.replace('_', '-');
    const fold = (text: string) => (is_case_sensitive ? text : text.toLocaleLowerCase(tag));
    const dropped = new Set(stopwords.map(fold));
    const change = { LOWER: (text: string) => text.toLocaleLowerCase(tag), UPPER: (text: string) => text.toLocaleUpperCase(tag) }[
      case_change_action
    ];
    const kept = stringsOf(x)
      .filter((text) => !dropped.has(fold(text)))
      .map((text) => change?.(text) ?? text);
    const words = kept.length > 0 ? kept : [''];
    return [Tensor.from(words, x.shape.with(-1, words.length), 'string')];
  },
};

interface TfIdfAttributes {
  readonly mode: string;
  readonly min_gram_length: number;
  readonly max_gram_length: number;
  readonly max_skip_count: number;
  readonly ngram_counts: readonly number[];
  readonly ngram_indexes: readonly number[];
  readonly pool_int64s: readonly number[];
  readonly pool_strings: readonly string[];
  readonly weights: readonly number[];
}

/** Counts the n-grams of a pool in each row [C] or [N, C], with up to `max_skip_count` items left out between its items. */
export const tfIdfVectorizer: Op<TfIdfAttributes> = {
  type: 'TfIdfVectorizer',
  since: 9,
  attributes: {
    mode: attribute.string(),
    min_gram_length: attribute.int(),
    max_gram_length: attribute.int(),
    max_skip_count: attribute.int(),
    ngram_counts: attribute.ints(),
    ngram_indexes: attribute.ints(),
    pool_int64s: attribute.ints([]),
    pool_strings: attribute.strings([]),
    weights: attribute.floats([]),
  },
  infer([input], { ngram_indexes }) {
    const x = required(input, 'X');
    return [{ dtype: 'float32', shape: [...x.shape.slice(0, -1), Math.max(...ngram_indexes) + 1] }];
  },
  reference([input], given) {
    const x = input as Tensor;
    const columns = Math.max(...given.ngram_indexes) + 1;
    const length = x.shape.at(-1) as number;
    const rows = length === 0 ? 0 : x.size / length;
    const pool = poolOf(given);
    const values = new Float32Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      const items = Array.from({ length }, (_, index) => String(x.data[row * length + index]));
      for (let size = given.min_gram_length; size <= given.max_gram_length; size++) {
        // Grams of one item have nothing to skip between.
        for (let skip = 0; skip <= (size === 1 ? 0 : given.max_skip_count); skip++) {
          for (let start = 0; start + (size - 1) * (skip + 1) < length; start++) {
            const gram = Array.from({ length: size }, (_, index) => items[start + index * (skip + 1)]);
            const found = pool.get(JSON.stringify(gram));
            if (found !== undefined) values[row * columns + found.column] = (values[row * columns + found.column] as number) + 1;
          }
        }
      }
      for (const { column, weight } of pool.values()) {
        const at = row * columns + column;
        const count = values[at] as number;
        if (given.mode === 'IDF') values[at] = count > 0 ? weight : 0;
        else if (given.mode === 'TFIDF') values[at] = count * weight;
      }
    }
    return [Tensor.from(values, [...x.shape.slice(0, -1), columns])];
  },
};

function poolOf({ ngram_counts, ngram_indexes, pool_int64s, pool_strings, weights }: TfIdfAttributes) {
  const items = pool_strings.length > 0 ? pool_strings : pool_int64s.map(String);
  const pool = new Map<string, { readonly column: number; readonly weight: number }>();
  let gram = 0;
  ngram_counts.forEach((start, index) => {
    const size = index + 1;
    const end = ngram_counts[index + 1] ?? items.length;
    for (let at = start; at + size <= end; at += size) {
      const column = ngram_indexes[gram] ?? gram;
      pool.set(JSON.stringify(items.slice(at, at + size)), { column, weight: weights[gram] ?? 1 });
      gram++;
    }
  });
  return pool;
}
