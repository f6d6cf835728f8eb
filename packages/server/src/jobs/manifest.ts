import { decodeSafetensors, encodeSafetensors, type SkippedSample, Tensor } from '@headstart/core';
import type { BackboneSpec } from '../backbones/spec.ts';
import type { Rows } from '../engine/protocol.ts';
import type { Modality } from '../store/schema.ts';

/** The samples of a job as they were when it was planned: later changes of the dataset do not touch it. */
export interface Manifest {
  readonly spec: BackboneSpec;
  readonly modality: Modality;
  readonly samples: readonly ManifestSample[];
}

export interface ManifestSample {
  readonly id: string;
  readonly label?: string;
  readonly split?: 'train' | 'test';
  readonly group?: string;
  readonly text?: string;
  readonly blob?: string;
}

/** Features in a file: `features` float32[N, D], and what they are of in its metadata. */
export function encodeRows(
  rows: Rows,
  dimension: number,
  more: { readonly skipped: readonly SkippedSample[]; readonly reference: unknown },
): Uint8Array {
  return encodeSafetensors(
    { features: Tensor.from(rows.values, [rows.ids.length, dimension]) },
    {
      ids: JSON.stringify(rows.ids),
      labels: JSON.stringify(rows.labels),
      skipped: JSON.stringify(more.skipped),
      backbone: JSON.stringify(more.reference),
    },
  );
}

export function decodeRows(bytes: Uint8Array): {
  readonly rows: Rows;
  readonly skipped: readonly SkippedSample[];
  readonly reference: unknown;
} {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const json = (name: string) => JSON.parse(metadata[name] ?? '[]');
  const values = tensors.get('features')?.data as Float32Array<ArrayBuffer>;
  return { rows: { ids: json('ids'), labels: json('labels'), values }, skipped: json('skipped'), reference: json('backbone') };
}

/** Rows one after the other. */
export function joinRows(parts: readonly Rows[]): Rows {
  const values = new Float32Array(parts.reduce((sum, { values: each }) => sum + each.length, 0));
  let offset = 0;
  for (const { values: each } of parts) {
    values.set(each, offset);
    offset += each.length;
  }
  return { ids: parts.flatMap(({ ids }) => ids), labels: parts.flatMap(({ labels }) => labels), values };
}

/** The rows of some samples. */
export function pickRows({ ids, labels, values }: Rows, wanted: ReadonlySet<string>, dimension: number): Rows {
  const rows = [...ids.keys()].filter((row) => wanted.has(ids[row] as string));
  const picked = new Float32Array(rows.length * dimension);
  rows.forEach((row, position) => {
    picked.set(values.subarray(row * dimension, (row + 1) * dimension), position * dimension);
  });
  return { ids: rows.map((row) => ids[row] as string), labels: rows.map((row) => labels[row] as string), values: picked };
}
