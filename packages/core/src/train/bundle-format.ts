import type { BackboneReference } from '../backbone/backbone.ts';
import { EngineError } from '../errors.ts';
import type { Metrics } from '../evaluate/metrics.ts';
import { decodeSafetensors, encodeSafetensors } from '../tensor/safetensors.ts';
import type { LinearHead } from './linear-head.ts';
import type { DetectionSettings } from './listener.ts';
import type { Training } from './result.ts';

/*
 * A bundle (`*.headstart`) is a safetensors file: tensors `head.weight` [D, C] and `head.bias` [C], and metadata with `format`,
 * `version` and the manifest as JSON. Nothing in it depends on time or place, so equal results are equal bytes.
 */

const format = 'headstart-bundle';
/** Version of the manifest this build writes; it reads this one and older ones. */
const version = 1;

/** What a bundle holds. */
export interface BundleContents {
  readonly head: LinearHead;
  readonly training: Training;
  /** Scores on the held-out split, if it was evaluated. */
  readonly metrics?: Metrics;
  /** Where the backbone comes from, with hashes, cut, pooling and preprocessing; absent for a head trained on loose features. */
  readonly backbone?: BackboneReference;
  /** How commands are told in a continuous signal, where it was chosen. */
  readonly detection?: DetectionSettings;
}

export function encodeBundle({ head, training, metrics, backbone, detection }: BundleContents): Uint8Array<ArrayBuffer> {
  const manifest = {
    labels: head.labels,
    training,
    ...(metrics ? { metrics } : {}),
    ...(backbone ? { backbone } : {}),
    ...(detection ? { detection } : {}),
  };
  return encodeSafetensors(
    { 'head.weight': head.weights, 'head.bias': head.bias },
    { format, version: `${version}`, manifest: JSON.stringify(manifest) },
  );
}

/**
 * @param where the file's name, for errors
 * @throws EngineError `invalid-data` when the file is no bundle, is cut short, or is of a newer version
 */
export function decodeBundle(bytes: Uint8Array, where: string): BundleContents {
  const { tensors, metadata } = decodeSafetensors(bytes, where);
  if (metadata.format !== format) {
    throw new EngineError('invalid-data', 'not a bundle, though it is a safetensors file', {
      where,
      hint: 'Bundles are written by `headstart train` and `result.save`.',
    });
  }
  if (!(Number(metadata.version) <= version)) {
    throw new EngineError('invalid-data', 'the bundle is of a newer version', {
      where,
      expected: `at most ${version}`,
      got: metadata.version ?? 'none',
      hint: 'Update Headstart to open it.',
    });
  }
  const manifest = parseManifest(metadata.manifest ?? '');
  const [weights, bias] = [tensors.get('head.weight'), tensors.get('head.bias')];
  const labels = manifest?.labels;
  const fits =
    weights?.shape.length === 2 &&
    bias?.shape.length === 1 &&
    Array.isArray(labels) &&
    labels.every((label) => typeof label === 'string') &&
    labels.length === weights.shape[1] &&
    labels.length === bias.shape[0];
  if (!manifest || !fits || typeof manifest.training !== 'object' || manifest.training === null) {
    throw new EngineError('invalid-data', 'the bundle is damaged: its manifest and its weights do not belong together', { where });
  }
  return {
    head: { weights, bias, labels },
    training: manifest.training as Training,
    ...(manifest.metrics ? { metrics: manifest.metrics as Metrics } : {}),
    ...(manifest.backbone ? { backbone: manifest.backbone as BackboneReference } : {}),
    ...(manifest.detection ? { detection: manifest.detection as DetectionSettings } : {}),
  };
}

function parseManifest(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
