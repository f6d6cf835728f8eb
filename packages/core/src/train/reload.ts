import { type Backbone, type BackboneOptions, type BackboneReference, loadBackbone } from '../backbone/backbone.ts';
import type { BackboneCard } from '../backbone/card.ts';
import { EngineError } from '../errors.ts';

/**
 * The backbone a head was trained on: the same files by their hashes, the same cut, pooling and preprocessing.
 * @throws EngineError `invalid-argument` for a head that was trained on loose features; what `loadBackbone` throws
 */
export async function reloadBackbone(reference: BackboneReference | undefined, options: BackboneOptions): Promise<Backbone> {
  if (!reference) {
    throw new EngineError('invalid-argument', 'this head does not know its backbone: it was trained on loose features', {
      hint: 'Train on what `backbone.extract` gives, or predict from features.',
    });
  }
  const { model, files, precision, shuffleSeed, ...same } = reference;
  const hash = files[model];
  const card: BackboneCard = {
    ...same,
    title: same.name,
    homepage: same.source,
    model,
    ...(hash === undefined ? {} : { sha256: hash }),
    files: Object.entries(files).flatMap(([path, sha256]) => (path === model ? [] : [{ path, sha256 }])),
  };
  return loadBackbone(card, { ...options, precision, ...(shuffleSeed === undefined ? {} : { shuffleSeed }) });
}
