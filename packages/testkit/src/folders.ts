import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodePng } from '@headstart/core/src/evaluate/thumbnail.ts';
import { tinyImageModel, tinyTextModel } from './models.ts';

const vocabulary = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'good', 'bad', 'fine', 'awful', 'film', 'day', 'food', 'a', 'the', 'was'];

/** A tokenizer of fourteen words, as tokenizers.json files are. */
const tinyTokenizer = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: vocabulary.slice(0, 4).map((content, id) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  })),
  normalizer: { type: 'Lowercase' },
  pre_tokenizer: { type: 'Whitespace' },
  post_processor: {
    type: 'TemplateProcessing',
    single: [
      { SpecialToken: { id: '[CLS]', type_id: 0 } },
      { Sequence: { id: 'A', type_id: 0 } },
      { SpecialToken: { id: '[SEP]', type_id: 0 } },
    ],
    pair: [],
    special_tokens: {
      '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] },
      '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] },
    },
  },
  decoder: null,
  model: { type: 'WordLevel', vocab: Object.fromEntries(vocabulary.map((word, id) => [word, id])), unk_token: '[UNK]' },
};

/**
 * A folder to train in, small enough for a test: `image.onnx`, `text/model.onnx` with its tokenizer, `photos/` (reds and blues, twelve
 * each) and `reviews.csv` (good and bad, twelve each).
 */
export async function writeTinyProject(folder: string): Promise<void> {
  await mkdir(join(folder, 'text'), { recursive: true });
  await writeFile(join(folder, 'image.onnx'), tinyImageModel());
  await writeFile(join(folder, 'text', 'model.onnx'), tinyTextModel());
  await writeFile(join(folder, 'text', 'tokenizer.json'), JSON.stringify(tinyTokenizer));
  await writeFile(
    join(folder, 'text', 'tokenizer_config.json'),
    JSON.stringify({ pad_token: '[PAD]', unk_token: '[UNK]', model_max_length: 32, tokenizer_class: 'PreTrainedTokenizerFast' }),
  );
  for (const [name, base] of [
    ['blue', [30, 40, 190]],
    ['red', [190, 40, 30]],
  ] as const) {
    await mkdir(join(folder, 'photos', name), { recursive: true });
    for (let index = 0; index < 12; index++) await writeFile(join(folder, 'photos', name, `${index}.png`), await tinyPhoto(base, index));
  }
  const words = { good: ['good', 'fine'], bad: ['bad', 'awful'] };
  const rows = Object.entries(words).flatMap(([label, adjectives]) =>
    adjectives.flatMap((adjective) =>
      ['film', 'day', 'food'].flatMap((noun) => [`the ${noun} was ${adjective},${label}`, `a ${adjective} ${noun},${label}`]),
    ),
  );
  await writeFile(join(folder, 'reviews.csv'), `${['text,label', ...rows].join('\n')}\n`);
}

/** 32 × 32 pixels around a colour, each picture with a grain of its own. */
function tinyPhoto(base: readonly number[], index: number): Promise<Uint8Array> {
  const data = Uint8Array.from({ length: 32 * 32 * 3 }, (_, offset) => (base[offset % 3] ?? 0) + ((offset * 7 + index * 13) % 41));
  return encodePng({ width: 32, height: 32, data });
}
