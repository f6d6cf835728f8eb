import type * as BrainModule from './brain/brain.ts';
import type { Input, Opened, OpenRequest, Output, WorkerEvent } from './protocol.ts';
import { addClip, addFrame, addTexts, editText, importFiles } from './samples/import.ts';
import { SampleStore, snapshotOf } from './samples/store.ts';
import type { Handlers } from './worker.ts';

type Brain = BrainModule.Brain;

/**
 * The worker's whole state: the samples of one project, and what computes. Everything that imports @headstart/core is in `brain/`, scripts
 * of their own.
 */
export class Studio {
  readonly handlers: Handlers;
  readonly #tell: (event: WorkerEvent) => void;
  #store: SampleStore | undefined;
  #brain: Promise<Brain> | undefined;
  #request: OpenRequest | undefined;
  #release: (() => void) | undefined;

  constructor(tell: (event: WorkerEvent) => void) {
    this.#tell = tell;
    this.handlers = {
      open: (request) => this.#open(request),
      engine: async ({ backend }) => (await this.#loadBrain()).chooseEngine(backend),
      addClass: async ({ name }) => {
        const id = crypto.randomUUID();
        this.#samples.commit([{ kind: 'add-class', id, name }], { kind: 'add-class', count: 1 });
        return id;
      },
      renameClass: async ({ id, name }) => this.#samples.commit([{ kind: 'rename-class', id, name }], { kind: 'rename-class', count: 1 }),
      removeClass: async ({ id }) => this.#samples.commit([{ kind: 'remove-class', id }], { kind: 'remove-class', count: 1 }),
      moveClass: async ({ id, to }) => this.#samples.commit([{ kind: 'move-class', id, to }], { kind: 'move-class', count: 1 }),
      move: async ({ ids, to }) => this.#samples.commit([{ kind: 'move', ids, to }], { kind: 'move', count: ids.length }),
      remove: async ({ ids }) => this.#samples.commit([{ kind: 'remove', ids }], { kind: 'remove', count: ids.length }),
      undo: async () => this.#samples.undo(),
      importFiles: async (input, context) => {
        const brain = await this.#loadBrain();
        const tools = { readFiles: brain.readFiles.bind(brain), order: brain.classOrder };
        return importFiles(this.#samples, this.#request?.modality ?? 'image', input, tools, context);
      },
      addTexts: ({ classId, texts }) => addTexts(this.#samples, classId, texts),
      editText: ({ id, text }) => editText(this.#samples, id, text),
      addClip: ({ classId, clip, first }) => addClip(this.#samples, classId, clip, first),
      clip: async (input) => this.#clip(input),
      addFrame: ({ classId, frame, first }) => addFrame(this.#samples, classId, frame, first),
      thumbnails: ({ ids }) => Promise.all(ids.map((id) => this.#samples.thumbnail(id))),
      contents: ({ ids }) => Promise.all(ids.map((id) => this.#samples.content(id))),
      settings: async (changes) => (await this.#loadBrain()).changeSettings(changes),
      train: async (_, context) => (await this.#loadBrain()).train(context),
      trainLive: async (_, context) => (await this.#loadBrain()).trainLive(context),
      openFile: async ({ name, file }) => (await this.#loadBrain()).openFile(name, file),
      closeModel: async () => (await this.#loadBrain()).closeModel(),
      predict: async (input, context) => (await this.#loadBrain()).predict(input, context),
      listen: async (input, context) => (await this.#loadBrain()).listen(input, context),
      heatMap: async (input, context) => (await this.#loadBrain()).heatMap(input, context),
      export: async ({ kind }, context) => (await this.#loadBrain()).export(kind, context),
      verify: async () => (await this.#loadBrain()).verify(),
      reset: () => this.#reset(),
    };
  }

  get #samples(): SampleStore {
    if (!this.#store) throw new Error('no project is open');
    return this.#store;
  }

  async #open(request: OpenRequest): Promise<Opened> {
    this.#release?.();
    this.#store?.close();
    this.#store = undefined;
    (await this.#brain)?.dispose();
    this.#brain = undefined;
    this.#request = request;
    const path = folderOf(request);
    // A predictor has no samples.
    if (request.project === '') return this.#describe([]);
    this.#release = await lock(path, request.steal, () => {
      if (!this.#store) return;
      this.#store.close();
      this.#store = undefined;
      this.#tell({ event: 'lost' });
    });
    this.#store = await SampleStore.open(path, (operations, undo) => this.#tell({ event: 'operations', operations, undo }));
    return this.#describe(snapshotOf(this.#store.state));
  }

  async #describe(operations: Opened['operations']): Promise<Opened> {
    const brain = await this.#loadBrain();
    return {
      operations,
      undo: this.#store?.undoLabel,
      project: brain.project,
      backbones: brain.choices(),
      model: brain.model,
    };
  }

  #loadBrain(): Promise<Brain> {
    const [request, store] = [this.#request, this.#store];
    if (!request) throw new Error('nothing is open');
    this.#brain ??= import('./brain/brain.ts').then(({ Brain }) => Brain.open(request, folderOf(request), store, this.#tell));
    this.#brain.catch(() => {
      this.#brain = undefined;
    });
    return this.#brain;
  }

  async #clip(input: Input<'clip'>): Promise<Output<'clip'>> {
    const { hearSound } = await import('./samples/sounds.ts');
    if ('file' in input) return hearSound(input.file);
    return hearSound(await this.#samples.content(input.id), this.#samples.state.samples.get(input.id));
  }

  async #reset(): Promise<void> {
    const { state } = this.#samples;
    this.#samples.commit(
      state.classes.map(({ id }) => ({ kind: 'remove-class', id })),
      { kind: 'remove-class', count: state.classes.length },
    );
    await (await this.#loadBrain()).forget();
  }
}

function folderOf({ project, modality }: OpenRequest): string {
  return `headstart-studio/${modality}-${encodeURIComponent(project)}`;
}

/** Milliseconds that a page which is just being left has to let go of its project. */
const patience = 1500;

/**
 * Holds a project for this worker alone: two tabs that write to one journal would mix it up.
 * @param onLost told when another tab has taken it
 * @returns what lets it go
 */
function lock(name: string, steal: boolean, onLost: () => void): Promise<() => void> {
  return new Promise((resolve, reject) => {
    void navigator.locks
      .request(`headstart ${name}`, steal ? { steal } : { signal: AbortSignal.timeout(patience) }, () => {
        return new Promise<void>((release) => resolve(release));
      })
      .catch((error: unknown) => {
        reject(Object.assign(new Error('This project is open in another tab.', { cause: error }), { code: 'elsewhere' }));
        onLost();
      });
  });
}
