import { type Backbone, type Bundle, openBundle } from '@headstart/core';
import type { ModelInfo } from '../protocol.ts';

/** A head with what is known of it. */
export interface Model {
  readonly bundle: Bundle;
  /** The bundle's file. */
  readonly file: Blob;
  readonly info: ModelInfo;
}

type Extra = Pick<ModelInfo, 'heldOut' | 'findings' | 'notes' | 'heatMap'>;

/** What is not known of a head that was not measured. */
export const unmeasured = { heldOut: [], findings: [], notes: [] };

/** @param file the bundle's */
export async function modelOf(kind: ModelInfo['kind'], name: string, file: Blob, extra: Extra): Promise<Model> {
  const bundle = await openBundle(new Uint8Array(await file.arrayBuffer()));
  const { labels, training, metrics, backbone } = bundle;
  const modality = backbone?.modality ?? 'image';
  const heatMap = extra.heatMap && modality === 'image';
  return {
    bundle,
    file,
    info: {
      kind,
      name,
      labels,
      modality,
      backbone: backbone?.name ?? '',
      training,
      metrics,
      image: backbone?.image,
      maxTokens: backbone?.text?.maxTokens,
      audio: backbone?.audio && { rate: backbone.audio.rate, seconds: backbone.audio.seconds, longest: backbone.audio.longest },
      ...extra,
      heatMap,
    },
  };
}

/** Whether a loaded backbone is the one of a bundle, wherever both came from. */
export function isSame(a: Backbone['reference'], b: Bundle['backbone']): boolean {
  const essence = ({ name: _name, source: _source, licence: _licence, ...rest }: Backbone['reference']) =>
    JSON.stringify(Object.entries(rest).sort());
  return b !== undefined && essence(a) === essence(b);
}
