import { rm } from 'node:fs/promises';
import type { Limits } from '../config.ts';
import { Problem } from '../errors.ts';
import type { Blob, Blobs } from '../store/blobs.ts';
import type { Ear } from './ear.ts';
import { safeLabel } from './names.ts';
import { inspectPicture } from './picture.ts';
import type { IntakeReport, SampleWriter } from './writer.ts';

/** What is said of a sample by its folder, a list or the upload. */
export interface Place {
  readonly label?: string;
  readonly split?: 'train' | 'test';
  readonly group?: string;
}

/** A part of a recording that is a sample of its own; all of it where `start` and `end` are left out. */
export interface NamedPart extends Place {
  readonly name: string;
  readonly start?: number;
  readonly end?: number;
}

export type Received = Blob & { readonly path: string };

/** Takes pictures and clips that were received: looks into them, keeps them, and writes them into the dataset. */
export class MediaIntake {
  readonly #blobs: Blobs;
  readonly #limits: Limits;
  readonly #ear: Ear;
  readonly #writer: SampleWriter;

  constructor({ blobs, limits, ear, writer }: { blobs: Blobs; limits: Limits; ear: Ear; writer: SampleWriter }) {
    this.#blobs = blobs;
    this.#limits = limits;
    this.#ear = ear;
    this.#writer = writer;
  }

  async picture(dataset: string, name: string, received: Received, place: Place, report: IntakeReport): Promise<void> {
    let facts: Awaited<ReturnType<typeof inspectPicture>>;
    let row: ReturnType<typeof placed>;
    try {
      facts = await inspectPicture(received.path, name, this.#limits);
      row = placed(place);
    } catch (error) {
      return skip(error, name, report);
    }
    const { sha256: blob, bytes } = await this.#blobs.keep(received);
    await this.#writer.insert(dataset, 'image', [{ name, ...row, blob, bytes, ...facts }], report);
  }

  /** A recording, or parts of one: each part is kept as a WAV file of its own, so that nobody need decode all of it again. */
  async clip(dataset: string, name: string, received: Received, parts: readonly NamedPart[], report: IntakeReport): Promise<void> {
    const cut = parts.map(({ start, end }) => (start === undefined && end === undefined ? undefined : this.#blobs.temporary('.wav')));
    try {
      const wishes = parts.map(({ start, end }, index) => {
        const out = cut[index];
        return { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }), ...(out === undefined ? {} : { out }) };
      });
      const heard = await this.#ear.listen(received.path, name, wishes);
      let whole: Blob | undefined;
      for (const [index, part] of parts.entries()) {
        const found = heard.parts[index];
        try {
          if (!found || 'error' in found) throw new Problem(422, 'invalid-data', found?.error ?? 'It was not heard.');
          const row = placed(part);
          const out = cut[index];
          if (out === undefined) whole ??= await this.#blobs.keep(received);
          const { sha256: blob, bytes } = out === undefined ? (whole as Blob) : await this.#blobs.keepFile(out);
          const type = out === undefined ? heard.type : 'audio/wav';
          const { seconds, outline } = found;
          await this.#writer.insert(dataset, 'audio', [{ name: part.name, ...row, blob, bytes, type, seconds, outline }], report);
        } catch (error) {
          skip(error, part.name, report);
        }
      }
    } catch (error) {
      skip(error, name, report);
    } finally {
      for (const out of cut) if (out !== undefined) await rm(out, { force: true });
    }
  }
}

/** @throws Problem 422 for a label or group that cannot be kept */
function placed({ label, split, group }: Place) {
  return {
    label: label === undefined ? null : safeLabel(label),
    split: split ?? null,
    group: group === undefined ? null : safeLabel(group, 'group'),
  };
}

/** One damaged file is no reason to lose the others; what is wrong with the dataset itself, or with us, is. */
export function skip(error: unknown, name: string, report: IntakeReport): void {
  if (
    !(error instanceof Problem) ||
    error.status === 404 ||
    error.status >= 500 ||
    error.code === 'other-kind' ||
    error.code === 'too-many'
  )
    throw error;
  report.skipped.push({ name, reason: error.message });
}
