import { pathToFileURL } from 'node:url';
import { type Clip, EngineError, type HubOptions, provideFiles } from '@headstart/core';

/** eSpeak NG, a synthesiser that speaks by rules, compiled to WebAssembly. GPL-3.0: a tool that is fetched and run, no part of this program. */
const source = 'npm:@echogarden/espeak-ng-emscripten@0.3.5';
const files = [
  { path: 'package/espeak-ng.js', sha256: '3502d997af2640e54518a06845776c8507bfeebd8ff75f80176370e35de9896b' },
  { path: 'package/espeak-ng.data', sha256: 'f7f8eff5685c709db9dae81e88a0e0556867d60514f7308ae99e0579369397b5' },
  { path: 'package/package.json', sha256: '1395da6974a7f8faa3a46b67ac62088e248a051cbed5c6da10ef1b1d2385dc67' },
] as const;

/** Bytes of its files. */
export const synthesiserBytes = 24_857_135;

/** How one voice says something. */
export interface Voice {
  /** eSpeak's name of a language: `en-us`, `en-gb-scotland`, … */
  readonly accent: string;
  /** eSpeak's name of a speaker: `m3`, `f2`, `linda`, … */
  readonly speaker: string;
  /** Words a minute. */
  readonly speed: number;
  /** 0 to 99. */
  readonly pitch: number;
}

export interface Synthesiser {
  say(text: string, voice: Voice): Clip;
}

interface Worker {
  readonly samplerate: number;
  set_voice(name: string, language: string, gender: number, age: number, variant: number): number;
  set_rate(wordsPerMinute: number): void;
  set_pitch(pitch: number): void;
  synthesize(text: string, take: (audio: ArrayLike<number> | null) => boolean): void;
}

/** Fetches the synthesiser, or finds it in the cache, and starts it. */
export async function openSynthesiser(hub: HubOptions): Promise<Synthesiser> {
  const [script] = await provideFiles(source, files, hub);
  const { default: start } = (await import(pathToFileURL(script?.location ?? '').href)) as {
    default: () => Promise<{ eSpeakNGWorker: new () => Promise<Worker> }>;
  };
  const worker = await new (await start()).eSpeakNGWorker();
  return {
    say(text, { accent, speaker, speed, pitch }) {
      if (worker.set_voice(`${accent}+${speaker}`, '', 0, 0, 0) !== 0) {
        throw new EngineError('internal', 'the synthesiser has no such voice', { where: `${accent}+${speaker}` });
      }
      worker.set_rate(speed);
      worker.set_pitch(pitch);
      const parts: Float32Array[] = [];
      worker.synthesize(text, (audio) => {
        // Signed 16-bit numbers, or their bytes: what the callback gives depends on its build.
        if (audio) parts.push(Float32Array.from(samplesOf(audio), (value) => value / 32768));
        return false;
      });
      const samples = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const part of parts) {
        samples.set(part, at);
        at += part.length;
      }
      if (at < worker.samplerate / 10) {
        throw new EngineError('invalid-argument', 'the synthesiser has nothing to say', {
          where: `'${text}'`,
          expected: 'words in English',
          hint: 'Write the phrase out, without signs.',
        });
      }
      return { rate: worker.samplerate, samples };
    },
  };
}

function samplesOf(audio: ArrayLike<number>): ArrayLike<number> {
  if (audio instanceof Uint8Array) return new Int16Array(audio.slice().buffer);
  return audio;
}
