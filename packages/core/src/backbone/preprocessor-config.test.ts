import { describe, expect, test } from 'vitest';
import { audioPreprocessingOf, imagePreprocessingOf, maxTokensOf, parseJson } from './preprocessor-config.ts';

const half = [0.5, 0.5, 0.5];

test('ViT stretches to a square', () => {
  const json = { do_normalize: true, do_resize: true, image_mean: half, image_std: half, resample: 2, size: { height: 224, width: 224 } };
  expect(imagePreprocessingOf(json, undefined)).toMatchObject({
    height: 224,
    width: 224,
    fit: 'stretch',
    filter: 'bilinear',
    mean: half,
    std: half,
    scale: 1 / 255,
  });
});

test('CLIP and DINOv2 resize the shorter edge and cut out the middle', () => {
  const clip = {
    crop_size: { height: 224, width: 224 },
    do_center_crop: true,
    image_mean: half,
    image_std: half,
    resample: 3,
    size: { shortest_edge: 224 },
  };
  expect(imagePreprocessingOf(clip, undefined)).toMatchObject({ fit: 'crop', shortest: 224, height: 224, filter: 'bicubic' });
  const dino = { ...clip, size: { shortest_edge: 256 }, rescale_factor: 0.00392156862745098 };
  expect(imagePreprocessingOf(dino, undefined)).toMatchObject({ fit: 'crop', shortest: 256, width: 224, scale: 0.00392156862745098 });
  const old = { crop_size: 224, do_center_crop: true, size: 224, resample: 3, image_mean: half, image_std: half };
  expect(imagePreprocessingOf(old, undefined)).toMatchObject({ fit: 'crop', shortest: 224, height: 224, width: 224 });
});

test('ConvNeXT and ResNet-50 cut by a part below 384 pixels and stretch above', () => {
  const json = { crop_pct: 0.875, image_mean: half, image_std: half, resample: 3, size: { shortest_edge: 224 } };
  expect(imagePreprocessingOf(json, undefined)).toMatchObject({ fit: 'crop', shortest: 256, height: 224 });
  expect(imagePreprocessingOf({ ...json, size: { shortest_edge: 384 } }, undefined)).toMatchObject({ fit: 'stretch', height: 384 });
});

test('MobileViT has blue first and normalises nothing', () => {
  const json = {
    crop_size: { height: 256, width: 256 },
    do_center_crop: true,
    do_flip_channel_order: true,
    do_normalize: false,
    size: { shortest_edge: 288 },
  };
  expect(imagePreprocessingOf(json, undefined)).toMatchObject({ channels: 'bgr', mean: [0, 0, 0], std: [1, 1, 1], shortest: 288 });
});

test('timm writes it into config.json', () => {
  const config = { pretrained_cfg: { input_size: [3, 224, 224], interpolation: 'bicubic', crop_pct: 0.95, mean: half, std: half } };
  expect(imagePreprocessingOf(undefined, config)).toMatchObject({ fit: 'crop', shortest: 235, filter: 'bicubic', mean: half });
  expect(imagePreprocessingOf(undefined, { hidden_size: 8 })).toBeUndefined();
});

test('maxTokensOf takes the least that is said', () => {
  expect(maxTokensOf({ model_max_length: 1e30 }, { max_position_embeddings: 512 })).toBe(512);
  expect(maxTokensOf({ model_max_length: 128 }, { max_position_embeddings: 512 })).toBe(128);
  expect(maxTokensOf(undefined, { n_positions: 1024 })).toBe(1024);
  expect(maxTokensOf(undefined, undefined)).toBe(512);
});

test('parseJson names the file', () => {
  expect(() => parseJson(new TextEncoder().encode('[1]'), 'config.json')).toThrow('config.json: not a JSON object');
});

describe('audio', () => {
  test('wav2vec2 and its kin: a rate, and whether each clip is normalised', () => {
    const json = { feature_extractor_type: 'Wav2Vec2FeatureExtractor', do_normalize: true, sampling_rate: 16000 };
    expect(audioPreprocessingOf(json)).toEqual({ rate: 16000, frontend: { kind: 'waveform', normalise: true } });
    expect(audioPreprocessingOf({ ...json, do_normalize: false })?.frontend).toEqual({ kind: 'waveform', normalise: false });
  });

  test('Whisper: its spectrogram', () => {
    const json = {
      feature_extractor_type: 'WhisperFeatureExtractor',
      sampling_rate: 16000,
      n_fft: 400,
      hop_length: 160,
      feature_size: 128,
    };
    expect(audioPreprocessingOf(json)).toMatchObject({
      rate: 16000,
      frontend: { kind: 'whisper', mel: { fft: 400, hop: 160, mels: 128, low: 0, high: 8000, scale: 'slaney', log: 'log10' } },
    });
  });

  test('of pictures it says nothing', () => {
    expect(audioPreprocessingOf({ image_mean: [0.5] })).toBeUndefined();
    expect(audioPreprocessingOf(undefined)).toBeUndefined();
  });
});
