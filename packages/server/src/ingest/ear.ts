import { stat } from 'node:fs/promises';
import { EngineError } from '@headstart/core';
import type { Limits } from '../config.ts';
import { EngineThread } from '../engine/host.ts';
import type { ClipWish, HeardClip, ThreadOptions } from '../engine/protocol.ts';
import { Problem } from '../errors.ts';

/** Milliseconds within which any recording must be decoded, and what each MiB adds: several times what a busy machine needs. */
const patience = { any: 30_000, mebibyte: 4000 };

/**
 * Decodes recordings in a thread of its own, one at a time. A file that keeps the decoder busy for ever ends with its thread, and the next
 * one gets a new thread.
 */
export class Ear {
  readonly #limits: Pick<Limits, 'clipSeconds'>;
  readonly #thread: EngineThread;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ThreadOptions, limits: Pick<Limits, 'clipSeconds'>) {
    this.#limits = limits;
    this.#thread = new EngineThread({ ...options, engine: 'wasm' }, { heapMiB: 4096, quiet: true });
  }

  /**
   * Parts of a recording, in the order of the wishes.
   * @param source a path, or the file's bytes
   * @throws Problem 413, 422
   */
  listen(source: string | Uint8Array<ArrayBuffer>, name: string, wishes: readonly ClipWish[]): Promise<HeardClip> {
    const turn = this.#last.then(() => this.#decode(typeof source === 'string' ? { path: source } : { bytes: source }, name, wishes));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  close(): Promise<void> {
    return this.#thread.close();
  }

  async #decode(
    source: { readonly path: string } | { readonly bytes: Uint8Array<ArrayBuffer> },
    name: string,
    wishes: readonly ClipWish[],
  ): Promise<HeardClip> {
    const { clipSeconds: seconds } = this.#limits;
    let late = false;
    const bytes = 'path' in source ? (await stat(source.path)).size : source.bytes.length;
    const timer = setTimeout(
      () => {
        late = true;
        void this.#thread.close();
      },
      patience.any + patience.mebibyte * (bytes / 2 ** 20),
    );
    try {
      const heard = await this.#thread.call('clip', { ...source, name, seconds, wishes });
      if ('refused' in heard) {
        const { status, detail, hint } = heard.refused;
        throw new Problem(status, status === 413 ? 'too-large' : 'invalid-data', detail, { hint });
      }
      if (heard.parts.some((part) => 'seconds' in part && part.seconds > seconds)) {
        throw new Problem(413, 'too-large', `'${name}' is longer than ${seconds} seconds.`, {
          hint: 'Cut the recording into shorter ones.',
        });
      }
      return heard;
    } catch (error) {
      if (error instanceof Problem) throw error;
      if (late) throw new Problem(422, 'invalid-data', `'${name}' took too long to decode.`, { cause: error });
      // The server is about to stop.
      if (error instanceof EngineError && error.code === 'cancelled') throw error;
      const reason = error instanceof Error && !(error instanceof EngineError) ? error.message : 'it cannot be decoded';
      throw new Problem(422, 'invalid-data', `'${name}' is not a recording that can be used: ${reason}.`, {
        hint: 'WAV, MP3, FLAC and Ogg (Vorbis, Opus) are read.',
        cause: error,
      });
    } finally {
      clearTimeout(timer);
    }
  }
}
