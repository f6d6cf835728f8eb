import type { Backend, Clip, Project } from '@headstart/core';
import { download } from '../support/download.ts';
import type { Messages } from '../support/messages.ts';
import { fileSize } from '../support/messages.ts';
import { Player } from '../support/player.ts';
import { readableSounds } from '../support/readable-sounds.ts';
import { Thumbnails } from '../support/thumbnails.ts';
import { StudioError, StudioWorker } from '../worker/client.ts';
import type {
  ExportKind,
  GivenFile,
  ImportProgress,
  ImportSummary,
  Modality,
  PredictionInput,
  PredictionResult,
  TrainEvent,
  WorkerEvent,
} from '../worker/protocol.ts';
import { applyOperation, emptyState } from '../worker/samples/state.ts';
import { LiveHead } from './live-head.ts';
import { initialState, type Notice, type StudioOptions, type StudioState } from './state.ts';

/** Tells the page around the element what happened. */
export type Announce = (name: 'trained' | 'predicted' | 'exported', detail: unknown) => void;

/** The page's state and all that a person can do with it. Views read the state and call the methods. */
export class StudioController {
  readonly worker: StudioWorker;
  readonly thumbnails: Thumbnails;
  readonly announce: Announce;
  readonly #listeners = new Set<() => void>();
  readonly #player = new Player(() => this.#set({ playing: undefined }));
  readonly #predictions = new Set<AbortController>();
  readonly #live = new LiveHead(this.#liveHost());
  #options: StudioOptions;
  #messages: Messages;
  #state: StudioState;
  #abort: AbortController | undefined;
  #nextNotice = 1;
  /** Backbones whose features were compared, or are about to be. */
  readonly #verified = new Set<string>();

  constructor(options: StudioOptions, messages: Messages, announce: Announce) {
    this.#options = options;
    this.#messages = messages;
    this.announce = announce;
    this.worker = new StudioWorker((event) => this.#hear(event));
    this.thumbnails = new Thumbnails(this.worker);
    this.#state = initialState(options);
  }

  get state(): StudioState {
    return this.#state;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  speak(messages: Messages): void {
    this.#messages = messages;
  }

  async open(steal = false): Promise<void> {
    const { modality, backend } = this.#options;
    this.#set({ ...initialState(this.#options), engine: this.#state.engine, phase: isSecureContext ? 'opening' : 'insecure' });
    if (!isSecureContext) return;
    try {
      const opened = await this.worker.call('open', { ...this.#options, steal });
      if (modality !== this.#options.modality) return;
      const samples = opened.operations.reduce(applyOperation, emptyState);
      const { project, backbones, model, undo } = opened;
      this.#set({ phase: 'ready', samples, project, backbones, model, trained: model, undo });
      if (samples.classes.length === 0 && this.#options.project !== '')
        for (const number of [1, 2]) await this.addClass(this.#messages.newClass(number));
      if (this.#options.src !== undefined) await this.#openAddress(this.#options.src);
      void this.worker.call('engine', { backend }).then((engine) => this.#set({ engine }), this.#report);
    } catch (error) {
      const elsewhere = error instanceof StudioError && error.code === 'elsewhere';
      this.#set({ phase: elsewhere ? 'elsewhere' : 'failed', failure: messageOf(error) });
    }
  }

  switchTo(modality: Modality): Promise<void> {
    this.cancel();
    this.stopPredicting();
    this.stopPlaying();
    this.#options = { ...this.#options, modality };
    return this.open();
  }

  addClass(name: string): Promise<string> {
    return this.worker.call('addClass', { name });
  }

  renameClass(id: string, name: string): void {
    if (name.trim() !== '') void this.worker.call('renameClass', { id, name: name.trim() }).catch(this.#report);
  }

  async removeClass(id: string, name: string): Promise<void> {
    await this.worker.call('removeClass', { id });
    this.#offerUndo(this.#messages.classRemoved(name));
  }

  /** @param to its place among all, from 0 */
  moveClass(id: string, to: number): void {
    void this.worker.call('moveClass', { id, to }).catch(this.#report);
  }

  async move(ids: readonly string[], to: string, name: string): Promise<void> {
    await this.worker.call('move', { ids, to });
    this.#offerUndo(this.#messages.moved(ids.length, name));
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.worker.call('remove', { ids });
    this.#offerUndo(this.#messages.removed(ids.length));
  }

  async undo(): Promise<void> {
    if (await this.worker.call('undo', undefined)) this.notify(this.#messages.undone, 'plain');
  }

  async importFiles(given: readonly GivenFile[], classId?: string): Promise<void> {
    if (given.length === 0) return;
    await this.#cancellable(async (signal) => {
      this.#set({ importing: { done: 0, total: given.length } });
      try {
        const onProgress = (importing: ImportProgress) => this.#set({ importing });
        const files = this.#options.modality === 'audio' ? await readableSounds(given) : given;
        const summary = await this.worker.call('importFiles', { files, classId }, { signal, onProgress });
        this.#tellImported(summary);
      } finally {
        this.#set({ importing: undefined });
      }
    });
  }

  async addTexts(classId: string, texts: readonly string[]): Promise<void> {
    await this.worker
      .call('addTexts', { classId, texts })
      .then((summary) => summary.repeats > 0 && this.#tellImported(summary), this.#report);
  }

  editText(id: string, text: string): void {
    if (text.trim() !== '') void this.worker.call('editText', { id, text }).catch(this.#report);
  }

  addClip(classId: string, clip: Clip, first: boolean): Promise<void> {
    return this.worker.call('addClip', { classId, clip, first }, { transfer: [clip.samples.buffer] });
  }

  /** Lets a sample or a file be heard; what is heard already stops. */
  async play(sound: string | Blob): Promise<void> {
    const { playing } = this.#state;
    this.#player.stop();
    if (playing === sound) return;
    this.#player.prepare();
    this.#set({ playing: sound });
    try {
      const clip = await this.worker.call('clip', typeof sound === 'string' ? { id: sound } : { file: sound });
      if (this.#state.playing === sound) this.#player.play(clip);
    } catch (error) {
      this.#set({ playing: undefined });
      this.#report(error);
    }
  }

  stopPlaying(): void {
    this.#player.stop();
    this.#set({ playing: undefined });
  }

  addFrame(classId: string, frame: ImageBitmap, first: boolean): Promise<void> {
    return this.worker.call('addFrame', { classId, frame, first }, { transfer: [frame] });
  }

  changeSettings(changes: Partial<Pick<Project, 'head' | 'backbone' | 'name'>>): void {
    void this.worker.call('settings', changes).then((project) => this.#set({ project, stale: true }), this.#report);
  }

  async chooseEngine(backend: Backend): Promise<void> {
    this.#options = { ...this.#options, backend };
    this.#set({ backend });
    await this.worker.call('engine', { backend }).then((engine) => this.#set({ engine }), this.#report);
  }

  async train(): Promise<void> {
    await this.#cancellable(async (signal) => {
      this.#set({ training: { phase: 'loading' }, curve: [] });
      try {
        const onProgress = (event: TrainEvent) => this.#follow(event);
        const model = await this.worker.call('train', undefined, { signal, onProgress });
        const project = await this.worker.call('settings', {});
        this.#set({ model, trained: model, project, stale: false });
        this.announce('trained', { labels: model.labels, accuracy: model.metrics?.accuracy, samples: model.training.samples });
        this.#verifyWhenIdle();
      } finally {
        this.#set({ training: undefined });
      }
    }, this.#messages.cancelled);
  }

  cancel(): void {
    this.#abort?.abort();
  }

  /** The head follows the samples while somebody watches its answers. */
  followSamples(wanted: boolean): void {
    this.#live.follow(wanted);
  }

  /** @returns undefined when it was stopped before there was an answer */
  async predict(input: PredictionInput): Promise<PredictionResult | undefined> {
    const transfer = 'picture' in input && input.picture instanceof ImageBitmap ? [input.picture] : [];
    const prediction = await this.#stoppable((options) => this.worker.call('predict', input, { transfer, ...options }));
    if (prediction) this.#announcePrediction(prediction);
    return prediction;
  }

  /** What the end of a continuous sound is; undefined where no window became complete. */
  async listen(clip: Clip, first: boolean): Promise<PredictionResult | 'stopped' | undefined> {
    const transfer = [clip.samples.buffer];
    const answer = await this.#stoppable(async (options) => ({
      heard: await this.worker.call('listen', { clip, first }, { transfer, ...options }),
    }));
    if (answer?.heard) this.#announcePrediction(answer.heard);
    return answer ? answer.heard : 'stopped';
  }

  /** Stops the predictions that are not answered yet, the head that follows the samples, and what they fetch. */
  stopPredicting(): void {
    for (const each of this.#predictions) each.abort();
  }

  async export(kind: ExportKind): Promise<void> {
    await this.#cancellable(async (signal) => {
      this.#set({ exporting: kind });
      try {
        const { name, blob, difference } = await this.worker.call('export', { kind }, { signal });
        download(name, blob);
        const checked = difference === undefined ? '' : ` ${this.#messages.checked(difference.toExponential(1))}`;
        this.notify(this.#messages.exported(name, fileSize(this.#messages, blob.size)) + checked, 'good');
        this.announce('exported', { kind, name, blob });
      } finally {
        this.#set({ exporting: undefined });
      }
    });
  }

  async openFile(file: File): Promise<void> {
    try {
      const { model, project, files = [] } = await this.worker.call('openFile', { name: file.name, file });
      if (model) this.#set({ model });
      if (project) this.#set({ project, stale: true });
      await this.importFiles(files);
    } catch (error) {
      this.#report(error);
    }
  }

  async closeModel(): Promise<void> {
    this.#set({ model: await this.worker.call('closeModel', undefined) });
  }

  async reset(): Promise<void> {
    await this.worker.call('reset', undefined);
    this.#set({ model: undefined, trained: undefined, curve: [] });
    for (const number of [1, 2]) await this.addClass(this.#messages.newClass(number));
  }

  notify(text: string, tone: Notice['tone'], action?: Notice['action']): void {
    const id = this.#nextNotice++;
    const notice = { id, tone, text, ...(action ? { action } : {}) };
    this.#set({ notices: [...this.#state.notices.slice(-2), notice] });
    // Errors stay until they are read.
    if (tone !== 'bad') setTimeout(() => this.dismiss(id), action ? 10_000 : 6_000);
  }

  dismiss(id: number): void {
    this.#set({ notices: this.#state.notices.filter((notice) => notice.id !== id) });
  }

  readonly report = (error: unknown): void => this.#report(error);

  dispose(): void {
    this.#live.dispose();
    this.#player.dispose();
    this.thumbnails.dispose();
    this.worker.dispose();
  }

  #set(changes: Partial<StudioState>): void {
    this.#state = { ...this.#state, ...changes };
    for (const listener of this.#listeners) listener();
  }

  #hear(event: WorkerEvent): void {
    if (event.event === 'engine') this.#set({ engine: event.engine });
    else if (event.event === 'lost') this.#set({ phase: 'elsewhere' });
    else {
      const samples = event.operations.reduce(applyOperation, this.#state.samples);
      this.#set({ samples, undo: event.undo, stale: true });
      this.#live.schedule(350);
    }
  }

  #follow(event: TrainEvent): void {
    const point = event.phase === 'head' ? [event.progress] : [];
    this.#set({ training: event, curve: [...this.#state.curve, ...point] });
  }

  #liveHost(): ConstructorParameters<typeof LiveHead>[0] {
    const controller = this;
    return {
      get state() {
        return controller.#state;
      },
      async train() {
        const model = await controller.#stoppable((options) => controller.worker.call('trainLive', undefined, options));
        if (model && !controller.#state.training) controller.#set({ model });
        return model !== undefined;
      },
      report: (error) => controller.#report(error),
    };
  }

  /** Compares the engines when there is nothing else to do: the reference engine is a large download. */
  #verifyWhenIdle(): void {
    const backbone = this.#state.model?.backbone ?? '';
    if (this.#state.engine?.backend !== 'webgpu' || this.#verified.has(backbone)) return;
    this.#verified.add(backbone);
    const verify = async () => {
      this.#set({ verification: 'running' });
      try {
        const { checked } = await this.worker.call('verify', undefined);
        this.#set({ verification: checked ? 'passed' : 'none' });
      } catch (error) {
        const opened = this.#state.model?.kind === 'opened' ? this.#state.model : undefined;
        this.#set({ verification: 'none', model: opened, trained: undefined });
        this.#report(error);
      }
    };
    setTimeout(() => void verify(), 1500);
  }

  /** @returns undefined when it was stopped */
  async #stoppable<T>(
    work: (options: { readonly signal: AbortSignal; onProgress(waiting: TrainEvent): void }) => Promise<T>,
  ): Promise<T | undefined> {
    const controller = new AbortController();
    this.#predictions.add(controller);
    try {
      return await work({ signal: controller.signal, onProgress: (waiting) => this.#set({ waiting }) });
    } catch (error) {
      if (controller.signal.aborted) return undefined;
      throw error;
    } finally {
      this.#predictions.delete(controller);
      if (this.#state.waiting && this.#predictions.size === 0) this.#set({ waiting: undefined });
    }
  }

  #announcePrediction({ label, confidence, probabilities }: PredictionResult): void {
    this.announce('predicted', { label, confidence, probabilities });
    this.#verifyWhenIdle();
  }

  async #cancellable(work: (signal: AbortSignal) => Promise<void>, whenCancelled?: string): Promise<void> {
    const controller = new AbortController();
    this.#abort = controller;
    try {
      await work(controller.signal);
    } catch (error) {
      if (!controller.signal.aborted) this.#report(error);
      else if (whenCancelled !== undefined) this.notify(whenCancelled, 'plain');
    }
  }

  #tellImported(summary: ImportSummary): void {
    const { added, repeats, skipped, notes } = summary;
    this.#set({ skipped });
    this.notify([this.#messages.imported(added, repeats, skipped.length), ...notes].join('. '), skipped.length > 0 ? 'plain' : 'good');
  }

  #offerUndo(text: string): void {
    this.notify(text, 'plain', { label: this.#messages.undo, run: () => void this.undo() });
  }

  /** @throws when there is no bundle at the address */
  async #openAddress(address: string): Promise<void> {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`The model cannot be fetched: ${address} answered ${response.status}.`);
    const name = decodeURIComponent(new URL(address).pathname.replace(/^.*\//, ''));
    const { model } = await this.worker.call('openFile', { name, file: await response.blob() });
    this.#set({ model });
  }

  readonly #report = (error: unknown): void => {
    if (error instanceof StudioError && error.code === 'cancelled') return;
    this.notify(messageOf(error), 'bad');
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
