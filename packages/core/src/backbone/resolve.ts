import { joinPath, readFile, resolvePath, stat } from '#platform';
import { EngineError } from '../errors.ts';
import type { Graph } from '../ir/graph.ts';
import { decodeModel } from '../onnx/decode.ts';
import { externalLocations } from '../onnx/external.ts';
import { type Model, readModel } from '../session/model.ts';
import type { BackboneCard, CardFile, Modality } from './card.ts';
import { builtInCards, findCard } from './cards.ts';
import type { AudioFrontend } from './frontend.ts';
import { type HubOptions, listSource, type ProvidedFile, provideFiles, splitAddress } from './hub.ts';
import { isPictureType } from './image.ts';
import { parseJson } from './preprocessor-config.ts';
import { textRole } from './text.ts';

/** A card with its files in place and its model read. */
export interface ResolvedCard {
  readonly card: BackboneCard;
  readonly model: Model;
  /** Every file fetched, the model first. */
  readonly files: readonly ProvidedFile[];
  /** JSON files by their last name (`config.json`), where they are there. */
  json(name: string): Promise<Readonly<Record<string, unknown>> | undefined>;
  /** The model of a front end that has one. */
  chained(frontend: AudioFrontend): Promise<Graph | undefined>;
}

/**
 * Finds and fetches a backbone.
 * @param from a card, the name of a built-in card, a path or URL of an ONNX file (or of a card's .json), `hf:owner/name[@revision][/path]`
 *   or `npm:package@version/path`
 */
export async function resolveBackbone(from: string | BackboneCard, options: HubOptions = {}): Promise<ResolvedCard> {
  if (typeof from !== 'string') return provide(from, options);
  if (builtInCards.some(({ name }) => name === from)) return provide(findCard(from), options);
  if (!/^(hf|npm|https?|file):/.test(from) && !(await stat(resolvePath(from)))) findCard(from);
  if (/\.json$/i.test(from)) return provide(await readCard(from, options), options);
  return provide(await cardOf(from, options), options);
}

async function provide(card: BackboneCard, options: HubOptions): Promise<ResolvedCard> {
  const wanted = [{ path: card.model, ...(card.sha256 ? { sha256: card.sha256 } : {}) }, ...card.files];
  const files = [...(await provideFiles(card.source, wanted, options))];
  const [main] = files as [ProvidedFile];
  // A built-in card lists its weights files; of any other model the file itself tells.
  const folder = card.model.slice(0, card.model.lastIndexOf('/') + 1);
  const beside = externalLocations(decodeModel(await readFile(main.location))).map((location) => folder + location);
  const missing = beside.filter((path) => !files.some((file) => file.path === path));
  if (missing.length > 0 && /^(hf|npm|https?):/.test(card.source)) {
    files.push(
      ...(await provideFiles(
        card.source,
        missing.map((path) => ({ path })),
        options,
      )),
    );
  } else if (missing.length > 0) {
    files.push(
      ...(await provideFiles(
        card.source,
        missing.map((path) => ({ path, optional: true })),
        options,
      )),
    );
  }
  const model = await readModel(main.location, options.signal ? { signal: options.signal } : {});
  const json = async (name: string) => {
    const file = files.find(({ path }) => path === name || path.endsWith(`/${name}`));
    return file && parseJson(await readFile(file.location), `${card.name}/${name}`);
  };
  const chained = async (frontend: AudioFrontend) => {
    if (frontend.kind !== 'model') return undefined;
    const file = files.find(({ path }) => path === frontend.model);
    if (file) return (await readModel(file.location)).graph;
    throw new EngineError('invalid-model', "the front end's model is not among the card's files", {
      where: card.name,
      expected: frontend.model,
    });
  };
  return { card, model, files, json, chained };
}

/** A card of the user's own: any fields of a card, those left out taken from the model beside it. */
async function readCard(address: string, options: HubOptions): Promise<BackboneCard> {
  const { source, path } = splitAddress(address);
  const [file] = await provideFiles(source, [{ path }], options);
  const fields = parseJson(await readFile((file as ProvidedFile).location), address) as Partial<BackboneCard>;
  if (typeof fields.model !== 'string') {
    throw new EngineError('invalid-model', 'not the card of a backbone', {
      where: address,
      expected: "an object with the model's file name as `model`",
    });
  }
  return {
    ...(await cardOf(fields.source ? `${fields.source}/${fields.model}` : source + fields.model, options)),
    ...fields,
    source: fields.source ?? source,
  };
}

/** A card for a model that nobody described: what can be told from its inputs and the files beside it. */
async function cardOf(address: string, options: HubOptions): Promise<BackboneCard> {
  const { source, path } = splitAddress(address);
  const model = path === '' || !/\.onnx$/i.test(path) ? await findModel(source, path, address, options) : path;
  const [file] = await provideFiles(source, [{ path: model }], options);
  const location = (file as ProvidedFile).location;
  const modality = modalityOf(await readModelQuietly(location, source, model, options), address);
  const folder = model.slice(0, model.lastIndexOf('/') + 1);
  const card: BackboneCard = {
    name: model.replace(/^.*\//, '').replace(/\.onnx$/i, ''),
    title: `The model ${address}`,
    modality,
    source,
    model,
    files: await configurations(source, folder, modality, options),
    licence: 'unknown',
    homepage: address,
  };
  const own = `${model.replace(/\.onnx$/i, '')}.json`;
  if (/^(hf|npm|https?):/.test(source) || !(await stat(joinPath(resolvePath(source), own)))) return card;
  return { ...card, ...(parseJson(await readFile(joinPath(resolvePath(source), own)), own) as Partial<BackboneCard>), source, model };
}

/** The configuration files that lie beside a model, or in the folder above it as in transformers repositories. */
async function configurations(source: string, folder: string, modality: Modality, options: HubOptions): Promise<CardFile[]> {
  const names =
    modality === 'text' ? ['tokenizer.json', 'tokenizer_config.json', 'config.json'] : ['preprocessor_config.json', 'config.json'];
  const above = folder.replace(/[^/]+\/$/, '');
  const listed = /^hf:/.test(source) ? await listSource(source, options) : undefined;
  const files: CardFile[] = [];
  for (const name of names) {
    for (const path of new Set([folder + name, above + name])) {
      if (listed && !listed.includes(path)) continue;
      const [found] = await provideFiles(source, [{ path, optional: true }], options);
      if (!found) continue;
      files.push({ path });
      break;
    }
  }
  return files;
}

async function findModel(source: string, path: string, address: string, options: HubOptions): Promise<string> {
  const models = (await listSource(source, options)).filter((each) => each.startsWith(path) && /\.onnx$/i.test(each));
  const [first] = models;
  const usual = models.find((each) => /(^|\/)onnx\/model\.onnx$/.test(each)) ?? models.find((each) => /(^|\/)model\.onnx$/.test(each));
  if (usual !== undefined) return usual;
  if (first !== undefined && models.length === 1) return first;
  throw new EngineError('invalid-argument', models.length === 0 ? 'there is no ONNX file' : 'there are several ONNX files', {
    where: address,
    ...(models.length === 0 ? {} : { got: models.slice(0, 8).join(', ') }),
    hint: 'Give the path of the file, as in hf:owner/name/onnx/model.onnx.',
  });
}

async function readModelQuietly(location: string, source: string, model: string, options: HubOptions): Promise<Model> {
  const folder = model.slice(0, model.lastIndexOf('/') + 1);
  const beside = externalLocations(decodeModel(await readFile(location)));
  if (beside.length > 0 && /^(hf|npm|https?):/.test(source))
    await provideFiles(
      source,
      beside.map((each) => ({ path: folder + each })),
      options,
    );
  return readModel(location);
}

/** Pictures where an input has four axes with 1 or 3 channels, texts where one holds token ids, clips where one is a waveform. */
function modalityOf({ inputs }: Model, address: string): Modality {
  if (inputs.some(({ name, dtype, shape }) => textRole(name) === 'ids' && dtype?.startsWith('int') && shape?.length === 2)) return 'text';
  const picture = inputs.find(
    ({ dtype, shape }) =>
      dtype &&
      isPictureType(dtype) &&
      shape?.length === 4 &&
      ([1, 3].includes(Number(shape[1])) || [1, 3].includes(Number(shape[3])) || typeof shape[1] === 'string'),
  );
  if (picture && inputs.length === 1) return 'image';
  const [only] = inputs;
  if (only?.dtype === 'float32' && only.shape?.length === 2 && typeof only.shape[1] === 'string' && inputs.length === 1) return 'audio';
  throw new EngineError('unsupported', 'it cannot be told what this model takes', {
    where: address,
    expected: 'one input [N, 3, height, width], input_ids [N, tokens], or a waveform [N, samples]',
    got: inputs.map(({ name, dtype, shape }) => `${name}: ${dtype ?? '?'}[${shape?.join(', ') ?? '?'}]`).join('; '),
    hint: 'A card beside it (the same name, .json) can say how it is fed.',
  });
}
