import { describe, expect, test } from 'vitest';
import { builtInCards, findCard } from './cards.ts';

test('names are unique and found', () => {
  const names = builtInCards.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(findCard(name).name).toBe(name);
  expect(() => findCard('resnet')).toThrow("loadBackbone: no backbone is named 'resnet', expected minilm-l6");
});

describe.each(builtInCards)('$name', (card) => {
  test('says what people must know', () => {
    expect(card.licence).toMatch(/^(MIT|Apache-2\.0|BSD-[23]-Clause)$/);
    expect(card.homepage).toMatch(/^https:\/\//);
    expect(card.dimension).toBeGreaterThan(0);
    expect(card.bytes).toBeGreaterThan(1e6);
    expect(card.model).toMatch(/\.onnx$/);
  });

  test('pins every file where npm alone serves', () => {
    expect(card.source).toMatch(/^(npm|hf):[^@]+@.+$/);
    if (card.source.startsWith('npm:')) {
      for (const sha256 of [card.sha256, ...card.files.map((file) => file.sha256)]) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  test('has what its modality needs', () => {
    const names = card.files.map(({ path }) => path.replace(/^.*\//, ''));
    if (card.modality === 'text') expect(names).toEqual(expect.arrayContaining(['tokenizer.json', 'tokenizer_config.json']));
    else if (card.modality === 'audio') expect(card.audio?.frontend !== undefined || names.includes('preprocessor_config.json')).toBe(true);
    else expect(card.image?.mean !== undefined || names.includes('preprocessor_config.json')).toBe(true);
  });
});
