import { EngineError } from '../errors.ts';
import type { LogMelSpec } from '../ops/log-mel/mel.ts';
import type { ResizeFilter } from '../ops/resize-image/coefficients.ts';
import type { AudioPreprocessing } from './audio.ts';
import { type ImagePreprocessing, imageNetPreprocessing } from './image.ts';

type Json = Readonly<Record<string, unknown>>;

/** Pillow's numbers of its filters, as transformers writes them. */
const filters: readonly ResizeFilter[] = ['nearest', 'lanczos', 'bilinear', 'bicubic', 'box', 'hamming'];

/**
 * What a transformers repository's `preprocessor_config.json` says (image processors of ViT, CLIP, ConvNeXT, DINOv2, ResNet and their
 * kin), or else the `pretrained_cfg` of a timm `config.json`; undefined when neither does.
 */
export function imagePreprocessingOf(preprocessor: Json | undefined, config: Json | undefined): ImagePreprocessing | undefined {
  if (preprocessor && ('image_mean' in preprocessor || 'size' in preprocessor || 'crop_size' in preprocessor))
    return ofTransformers(preprocessor);
  const timm = record(config?.pretrained_cfg) ?? record(preprocessor?.pretrained_cfg);
  return timm ? ofTimm(timm) : undefined;
}

function ofTransformers(json: Json): ImagePreprocessing {
  const size = record(json.size);
  const shortest = number(size?.shortest_edge) ?? number(json.size);
  const crop = json.do_center_crop === true ? sizeOf(json.crop_size) : undefined;
  const fixed = sizeOf(size);
  const percent = number(json.crop_pct);
  const bytes = json.do_rescale === false ? 1 : (number(json.rescale_factor) ?? 1 / 255);
  const plain = json.do_normalize === false;
  const common = {
    filter: filters[number(json.resample) ?? 2] ?? 'bilinear',
    channels: json.do_flip_channel_order === true ? ('bgr' as const) : ('rgb' as const),
    scale: bytes,
    mean: plain ? [0, 0, 0] : (numbers(json.image_mean) ?? imageNetPreprocessing.mean),
    std: plain ? [1, 1, 1] : (numbers(json.image_std) ?? imageNetPreprocessing.std),
  };
  // ConvNeXT's processor: below 384 pixels it resizes to size / crop_pct and cuts; from there on it stretches.
  if (percent !== undefined && shortest !== undefined && json.do_center_crop === undefined) {
    return shortest < 384
      ? { ...common, height: shortest, width: shortest, fit: 'crop', shortest: Math.trunc(shortest / percent) }
      : { ...common, height: shortest, width: shortest, fit: 'stretch' };
  }
  if (crop) {
    if (shortest !== undefined) return { ...common, ...crop, fit: 'crop', shortest };
    // Stretched to one size, then cut to another: only squares are known to do this.
    if (fixed && (fixed.height !== crop.height || fixed.width !== crop.width))
      return { ...common, ...crop, fit: 'crop', shortest: Math.min(fixed.height, fixed.width) };
    return { ...common, ...crop, fit: fixed ? 'stretch' : 'crop', ...(fixed ? {} : { shortest: Math.max(crop.height, crop.width) }) };
  }
  if (fixed) return { ...common, ...fixed, fit: json.do_pad === true ? 'pad' : 'stretch' };
  if (shortest !== undefined) {
    // A bare number in old files means a square; `shortest_edge` without a crop leaves the other edge open, which a batch cannot.
    return typeof json.size === 'number'
      ? { ...common, height: shortest, width: shortest, fit: 'stretch' }
      : { ...common, height: shortest, width: shortest, fit: 'crop', shortest };
  }
  return { ...common, height: 224, width: 224, fit: 'stretch' };
}

function ofTimm(json: Json): ImagePreprocessing {
  const [, height = 224, width = 224] = numbers(json.input_size) ?? [];
  const percent = number(json.crop_pct) ?? 0.875;
  const name = String(json.interpolation ?? 'bicubic');
  return {
    height,
    width,
    ...(json.crop_mode === 'squash' ? { fit: 'stretch' } : { fit: 'crop', shortest: Math.floor(Math.max(height, width) / percent) }),
    filter: filters.find((filter) => filter === name) ?? 'bicubic',
    channels: 'rgb',
    scale: 1 / 255,
    mean: numbers(json.mean) ?? imageNetPreprocessing.mean,
    std: numbers(json.std) ?? imageNetPreprocessing.std,
  };
}

/**
 * What a transformers repository's `preprocessor_config.json` says of clips (feature extractors of wav2vec2, HuBERT, WavLM and
 * Whisper); undefined when it says nothing.
 */
export function audioPreprocessingOf(json: Json | undefined): Pick<AudioPreprocessing, 'rate' | 'frontend'> | undefined {
  const rate = number(json?.sampling_rate);
  if (!json || rate === undefined) return undefined;
  if (!/Whisper/.test(String(json.feature_extractor_type)))
    return { rate, frontend: { kind: 'waveform', normalise: json.do_normalize !== false } };
  return {
    rate,
    frontend: { kind: 'whisper', mel: whisperMel(rate, number(json.n_fft), number(json.hop_length), number(json.feature_size)) },
  };
}

/** Whisper's spectrogram: 25 ms windows every 10 ms, slaney bands up to half the rate, log10. */
export function whisperMel(rate: number, fft = 400, hop = 160, mels = 80): LogMelSpec {
  const shape = { scale: 'slaney', unitArea: true, power: 2, centre: true, log: 'log10', floor: 1e-10 } as const;
  return { rate, fft, hop, mels, low: 0, high: rate / 2, ...shape };
}

/** Tokens a text model takes: the least of what its configurations say, 512 when they say nothing. */
export function maxTokensOf(tokenizer: Json | undefined, config: Json | undefined): number {
  const said = [
    number(tokenizer?.model_max_length),
    number(config?.max_position_embeddings),
    number(config?.n_positions),
    number(config?.max_seq_len),
  ].filter((each): each is number => each !== undefined && each > 0 && each < 1e6);
  return said.length === 0 ? 512 : Math.min(...said);
}

/** JSON of a file, or an error that names it. */
export function parseJson(bytes: Uint8Array, where: string): Json {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const object = record(value);
    if (object) return object;
    throw new SyntaxError('it is no object');
  } catch (cause) {
    throw new EngineError('invalid-model', 'not a JSON object', {
      where,
      hint: 'Remove the file from the cache to fetch it again.',
      cause,
    });
  }
}

function sizeOf(value: unknown): { height: number; width: number } | undefined {
  const object = record(value);
  const [height, width] = object ? [number(object.height), number(object.width)] : [number(value), number(value)];
  return height === undefined || width === undefined ? undefined : { height, width };
}

function record(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function numbers(value: unknown): readonly number[] | undefined {
  return Array.isArray(value) && value.every((each) => typeof each === 'number') ? value : undefined;
}
