import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodePng } from '@headstart/core/src/evaluate/thumbnail.ts';
import { tinyAudioModel, tinyImageModel, tinyTextModel } from './models.ts';

const vocabulary = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'good', 'bad', 'fine', 'awful', 'film', 'day', 'food', 'a', 'the', 'was'];

/** A tokenizer of whole words, as tokenizer.json files are. The first four are [PAD], [UNK], [CLS] and [SEP]. */
export function wordTokenizer(words: readonly string[]) {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: words.slice(0, 4).map((content, id) => ({
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
    model: { type: 'WordLevel', vocab: Object.fromEntries(words.map((word, id) => [word, id])), unk_token: '[UNK]' },
  };
}

/**
 * A folder to train in, small enough for a test: `image.onnx`, `text/model.onnx` with its tokenizer, `photos/` (reds and blues, twelve
 * each), `reviews.csv` (good and bad, twelve each), `audio.onnx` and `clips/` (`<high|low>_<speaker>_<n>.wav`, twelve each of three speakers).
 */
export async function writeTinyProject(folder: string): Promise<void> {
  await mkdir(join(folder, 'text'), { recursive: true });
  await writeFile(join(folder, 'image.onnx'), tinyImageModel());
  await writeFile(join(folder, 'text', 'model.onnx'), tinyTextModel());
  await writeFile(join(folder, 'text', 'tokenizer.json'), JSON.stringify(wordTokenizer(vocabulary)));
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
  await writeFile(join(folder, 'audio.onnx'), tinyAudioModel());
  await mkdir(join(folder, 'clips'), { recursive: true });
  for (const [label, hertz] of [
    ['high', 1500],
    ['low', 300],
  ] as const) {
    for (let index = 0; index < 12; index++) {
      const name = `${label}_${['ann', 'bob', 'eve'][index % 3]}_${index}.wav`;
      await writeFile(join(folder, 'clips', name), tinyClip(hertz * (1 + index / 50)));
    }
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

/** A WAV file: a tone, 8 kHz, 16 bits, mono. */
export function tinyClip(hertz: number, seconds = 0.2): Uint8Array<ArrayBuffer> {
  const rate = 8000;
  const length = Math.round(seconds * rate);
  const view = new DataView(new ArrayBuffer(44 + 2 * length));
  const header = [0x52494646, 0, 0x57415645, 0x666d7420];
  header.forEach((word, index) => {
    view.setUint32(4 * index, word);
  });
  view.setUint32(4, 36 + 2 * length, true);
  view.setUint32(16, 16, true);
  view.setUint32(20, 1 | (1 << 16), true); // PCM, one channel
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true);
  view.setUint32(32, 2 | (16 << 16), true);
  view.setUint32(36, 0x64617461);
  view.setUint32(40, 2 * length, true);
  for (let at = 0; at < length; at++) view.setInt16(44 + 2 * at, 9000 * Math.sin((2 * Math.PI * hertz * at) / rate), true);
  return new Uint8Array(view.buffer);
}
