import { eq, or } from 'drizzle-orm';
import type { Catalogue } from './backbones/catalogue.ts';
import { type BackboneSpec, specKey } from './backbones/spec.ts';
import type { Limits } from './config.ts';
import type { Batcher } from './engine/batcher.ts';
import type { Item, OpenSpec, Outcome } from './engine/protocol.ts';
import { Problem } from './errors.ts';
import type { Ear } from './ingest/ear.ts';
import { textTrouble } from './ingest/names.ts';
import { inspectPicture } from './ingest/picture.ts';
import type { Blobs } from './store/blobs.ts';
import type { Db } from './store/database.ts';
import { aliases, models } from './store/schema.ts';

export type ModelRow = typeof models.$inferSelect;

/** What is to be predicted: a text, or an encoded picture or recording. */
export type Input = { readonly text: string } | { readonly bytes: Uint8Array<ArrayBuffer>; readonly name: string };

export interface RankedLabel {
  readonly label: string;
  /** 0..1 */
  readonly probability: number;
}

/** Milliseconds that a model's row is known for; an alias that is moved elsewhere is followed no later than that. */
const remembered = 1000;

/** Predictions and embeddings, by way of the batcher. */
export class Serving {
  readonly #db: Db;
  readonly #blobs: Blobs;
  readonly #catalogue: Catalogue;
  readonly #batcher: Batcher;
  readonly #ear: Ear;
  readonly #limits: Limits;
  readonly #models = new Map<string, { readonly row: ModelRow; readonly path: string; readonly at: number }>();
  readonly #specs = new Map<string, Promise<OpenSpec>>();

  constructor(deps: { db: Db; blobs: Blobs; catalogue: Catalogue; batcher: Batcher; ear: Ear; limits: Limits }) {
    this.#db = deps.db;
    this.#blobs = deps.blobs;
    this.#catalogue = deps.catalogue;
    this.#batcher = deps.batcher;
    this.#ear = deps.ear;
    this.#limits = deps.limits;
  }

  /** The model of an id or an alias, as it is now. @throws Problem 404 */
  async model(name: string): Promise<ModelRow> {
    this.#models.delete(name);
    return (await this.#find(name)).row;
  }

  /** What the model of an id or an alias takes. @throws Problem 404 */
  async modality(name: string): Promise<ModelRow['modality']> {
    return (await this.#find(name)).row.modality;
  }

  /** Forgets what is known of models: after a change. */
  forget(): void {
    this.#models.clear();
  }

  /**
   * Ranked labels of inputs, in their order; the reason where one cannot be used.
   * @throws Problem 404, 422 when none can be used, 429
   */
  async predict(
    name: string,
    inputs: readonly Input[],
    topK: number,
    signal: AbortSignal,
  ): Promise<{ readonly model: ModelRow; readonly results: readonly (readonly RankedLabel[] | { readonly error: string })[] }> {
    const { row, path } = await this.#find(name);
    const head = { id: row.id, path };
    const outcomes = await this.#outcomes(row.spec, inputs, head, signal);
    const results = outcomes.map((outcome) => {
      if ('error' in outcome) return outcome;
      if (!('probabilities' in outcome)) return { error: 'It was not answered.' };
      const ranked = outcome.probabilities.map((probability, index) => ({ label: row.labels[index] ?? '', probability }));
      return ranked.sort((a, b) => b.probability - a.probability).slice(0, topK);
    });
    return { model: row, results };
  }

  /** Features of texts by a backbone, named by itself or by a model on it. @throws Problem 404, 422, 429 */
  async embed(
    name: string,
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly { readonly features: Float32Array; readonly tokens: number }[]> {
    const spec = (await this.#findOrNone(name))?.row.spec ?? (await this.#catalogue.find(name)).spec;
    if (spec.card.modality !== 'text') {
      throw new Problem(422, 'invalid-data', `'${name}' takes ${spec.card.modality} samples; embeddings are made of texts.`, {
        hint: 'Take a text backbone such as minilm-l6.',
      });
    }
    const outcomes = await this.#outcomes(
      spec,
      texts.map((text) => ({ text })),
      undefined,
      signal,
    );
    return outcomes.map((outcome, index) => {
      if ('features' in outcome) return outcome;
      throw new Problem(422, 'invalid-data', `input[${index}]: ${'error' in outcome ? outcome.error : 'It was not answered.'}`);
    });
  }

  async #outcomes(spec: BackboneSpec, inputs: readonly Input[], model: Item['model'] | undefined, signal: AbortSignal): Promise<Outcome[]> {
    const prepared = await Promise.all(inputs.map((input) => this.#prepare(input, spec.card.modality)));
    const usable = prepared.flatMap((each, index) =>
      typeof each === 'string' ? [] : [{ item: model ? { ...each, model } : each, index }],
    );
    if (usable.length === 0) {
      const [only] = prepared as string[];
      const detail = inputs.length === 1 ? (only ?? '') : `None of the ${inputs.length} inputs can be used. The first: ${only}`;
      throw new Problem(422, 'invalid-data', detail);
    }
    const items = usable.map(({ item }) => item);
    const answers = await this.#batcher.submit(await this.#open(spec), items, signal);
    const outcomes: Outcome[] = prepared.map((each) => ({ error: typeof each === 'string' ? each : '' }));
    usable.forEach(({ index }, position) => {
      outcomes[index] = answers[position] as Outcome;
    });
    const [first] = outcomes;
    if (outcomes.length === 1 && first && 'error' in first) throw new Problem(422, 'invalid-data', first.error);
    return outcomes;
  }

  /** An input as the engine takes it, or why it cannot be used. */
  async #prepare(input: Input, modality: BackboneSpec['card']['modality']): Promise<Item | string> {
    if (modality === 'text') {
      if ('text' in input) return textTrouble(input.text, this.#limits.textLength) ?? { text: input.text };
      return 'This model takes texts, and a file came.';
    }
    if ('text' in input)
      return `This model takes ${modality} files, and a text came. Send {"${modality}": "<base64>"}, or a multipart body.`;
    const { pictureBytes, clipBytes } = this.#limits;
    const most = modality === 'audio' ? clipBytes : pictureBytes;
    if (input.bytes.length > most) return `'${input.name}' is larger than ${most} bytes.`;
    try {
      if (modality === 'image') {
        await inspectPicture(input.bytes, input.name, this.#limits);
        return { bytes: input.bytes };
      }
      const [part] = (await this.#ear.listen(input.bytes, input.name, [{ keep: true }])).parts;
      if (part && 'samples' in part && part.samples) return { clip: { rate: part.rate, samples: part.samples } };
      return `'${input.name}' has no sound in it.`;
    } catch (error) {
      if (error instanceof Problem) return error.message;
      throw error;
    }
  }

  #open(spec: BackboneSpec): Promise<OpenSpec> {
    const key = specKey(spec);
    let open = this.#specs.get(key);
    if (!open) {
      open = this.#catalogue.open(spec);
      this.#specs.set(key, open);
      open.catch(() => this.#specs.delete(key));
    }
    return open;
  }

  async #find(name: string) {
    const found = await this.#findOrNone(name);
    if (found) return found;
    throw new Problem(404, 'not-found', `There is no model or alias '${name}'.`, { hint: 'GET /v1/models lists them.' });
  }

  async #findOrNone(name: string) {
    const known = this.#models.get(name);
    if (known && Date.now() - known.at < remembered) return known;
    const [found] = await this.#db
      .select({ row: models })
      .from(models)
      .leftJoin(aliases, eq(aliases.modelId, models.id))
      .where(or(eq(models.id, name), eq(aliases.alias, name)))
      .limit(1);
    if (!found) return undefined;
    const entry = { row: found.row, path: await this.#blobs.path(found.row.bundle), at: Date.now() };
    if (this.#models.size > 1000) this.#models.clear();
    this.#models.set(name, entry);
    return entry;
  }
}
