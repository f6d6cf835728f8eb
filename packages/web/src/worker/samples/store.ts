import { openFolder, readBlob, writeAt, writePieces, writeWhole } from './files.ts';
import { applyOperation, emptyState, inverseOf, type Operation, type SampleRecord, type SampleState, type Slice } from './state.ts';

/*
 * The samples of a project, in the origin's private file system. `journal.jsonl` holds one change a line and is only ever appended to;
 * a line cut short by a crash is passed over. Bytes lie in numbered packs that are written once and never changed, so that Blobs cut out of
 * them stay valid and nothing but a few words about each sample is in memory. What was removed leaves the disk when the
 * project is opened the next time: until then it can be brought back.
 */

/** What an undo would take back: the kind of change, and how many samples or which class it was about. */
export interface UndoLabel {
  readonly kind: Operation['kind'];
  readonly count: number;
}

/** A sample that is not in a pack yet. */
export interface NewSample {
  readonly id: string;
  readonly classId: string;
  readonly hash: string;
  readonly content: Uint8Array<ArrayBuffer>;
  readonly thumbnail?: Uint8Array<ArrayBuffer>;
  readonly sound?: Pick<SampleRecord, 'seconds' | 'start' | 'end' | 'group'>;
  /** Parts of one recording have the same: its bytes are written once. */
  readonly recording?: string;
}

/** Told of changes that are on disk, and of what an undo would now take back. */
type ChangeListener = (operations: readonly Operation[], undo: UndoLabel | undefined) => void;

const mostUndo = 100;

export class SampleStore {
  readonly #folder: FileSystemDirectoryHandle;
  readonly #packs: FileSystemDirectoryHandle;
  readonly #journal: FileSystemSyncAccessHandle;
  readonly #listener: ChangeListener;
  readonly #files = new Map<number, Promise<File>>();
  /** Where the recordings lie that several samples are parts of, by the hash of their bytes. */
  readonly #recordings = new Map<string, Slice>();
  readonly #undo: { readonly label: UndoLabel; readonly operations: readonly Operation[] }[] = [];
  #state: SampleState;
  #nextPack: number;

  private constructor(
    folder: FileSystemDirectoryHandle,
    packs: FileSystemDirectoryHandle,
    journal: FileSystemSyncAccessHandle,
    state: SampleState,
    listener: ChangeListener,
  ) {
    this.#folder = folder;
    this.#packs = packs;
    this.#journal = journal;
    this.#state = state;
    this.#listener = listener;
    this.#nextPack = 1 + [...state.samples.values()].reduce((most, { pack }) => Math.max(most, pack), 0);
  }

  /**
   * @param path of the project's folder
   * @param listener told of every change after it is on disk
   */
  static async open(path: string, listener: ChangeListener): Promise<SampleStore> {
    const folder = await openFolder(path);
    const packs = await openFolder(`${path}/packs`);
    const state = await readJournal(folder);
    const journal = await openJournal(folder, linesOf(snapshotOf(state)));
    await dropUnused(packs, state);
    return new SampleStore(folder, packs, journal, state, listener);
  }

  get state(): SampleState {
    return this.#state;
  }

  get folder(): FileSystemDirectoryHandle {
    return this.#folder;
  }

  get undoLabel(): UndoLabel | undefined {
    return this.#undo.at(-1)?.label;
  }

  /** Makes a change; `label` left out, it cannot be undone by itself. */
  commit(operations: readonly Operation[], label?: UndoLabel): void {
    const inverses: Operation[] = [];
    let state = this.#state;
    for (const operation of operations) {
      inverses.unshift(...inverseOf(state, operation));
      state = applyOperation(state, operation);
    }
    this.#append(operations);
    this.#state = state;
    if (label) this.#undo.push({ label, operations: inverses });
    if (this.#undo.length > mostUndo) this.#undo.shift();
    this.#listener(operations, this.undoLabel);
  }

  /** Takes back the last change; false where there is none. */
  undo(): boolean {
    const last = this.#undo.pop();
    if (last) this.commit(last.operations);
    return last !== undefined;
  }

  /** Puts samples into a pack of their own, then into the project. `joins` the undo step of the add before, as a recording does. */
  async add(samples: readonly NewSample[], joins = false): Promise<void> {
    if (samples.length === 0) return;
    const pack = this.#nextPack++;
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    let offset = 0;
    const place = (bytes: Uint8Array<ArrayBuffer>) => {
      pieces.push(bytes);
      const slice = { offset, bytes: bytes.length };
      offset += bytes.length;
      return slice;
    };
    const recordings = new Map<string, Slice>();
    const records = samples.map(({ id, classId, hash, content, thumbnail, sound, recording }): SampleRecord => {
      const key = recording ?? '';
      const slice: Slice = this.#recordings.get(key) ?? recordings.get(key) ?? place(content);
      if (recording !== undefined) recordings.set(key, { ...slice, pack: slice.pack ?? pack });
      return { id, classId, hash, pack, content: slice, ...(thumbnail ? { thumbnail: place(thumbnail) } : {}), ...sound };
    });
    await writePieces(this.#packs, `${pack}.pack`, pieces);
    for (const [key, slice] of recordings) this.#recordings.set(key, slice);
    const before = joins && this.undoLabel?.kind === 'add' ? this.#undo.pop() : undefined;
    const count = samples.length + (before?.label.count ?? 0);
    this.commit([{ kind: 'add', samples: records }], { kind: 'add', count });
    const own = this.#undo.pop();
    if (own) this.#undo.push({ label: own.label, operations: [...own.operations, ...(before?.operations ?? [])] });
  }

  /** Puts other bytes into a sample's place. */
  async edit(id: string, content: Uint8Array<ArrayBuffer>, hash: string): Promise<void> {
    const before = this.#state.samples.get(id);
    if (!before || before.hash === hash) return;
    const pack = this.#nextPack++;
    await writePieces(this.#packs, `${pack}.pack`, [content]);
    const sample: SampleRecord = { id, classId: before.classId, hash, pack, content: { offset: 0, bytes: content.length } };
    this.commit([{ kind: 'edit', sample }], { kind: 'edit', count: 1 });
  }

  /** An id that no sample has: `wanted`, or with a number after it. */
  freeId(wanted: string, taken: ReadonlySet<string>): string {
    let id = wanted;
    for (let number = 2; this.#state.samples.has(id) || taken.has(id); number++) id = `${wanted} (${number})`;
    return id;
  }

  /** The encoded picture or sound, or the text in UTF-8: a Blob that is read from disk. */
  async content(id: string): Promise<Blob | undefined> {
    const record = this.#state.samples.get(id);
    return record && cut(await this.#pack(record.content.pack ?? record.pack), record.content);
  }

  async thumbnail(id: string): Promise<Blob | undefined> {
    const record = this.#state.samples.get(id);
    if (!record?.thumbnail) return undefined;
    // Browsers know pictures by their first bytes, but drawings by their type alone.
    return cut(await this.#pack(record.pack), record.thumbnail, record.seconds === undefined ? '' : 'image/svg+xml');
  }

  close(): void {
    this.#journal.close();
  }

  #append(operations: readonly Operation[]): void {
    const end = this.#journal.getSize();
    try {
      writeAt(this.#journal, new TextEncoder().encode(linesOf(operations)), end);
      this.#journal.flush();
    } catch (error) {
      this.#journal.truncate(end);
      throw error;
    }
  }

  #pack(number: number): Promise<File> {
    let file = this.#files.get(number);
    if (!file) {
      file = this.#packs.getFileHandle(`${number}.pack`).then((handle) => handle.getFile());
      this.#files.set(number, file);
      file.catch(() => this.#files.delete(number));
    }
    return file;
  }
}

/** The state as a journal of its own: what compaction leaves. */
export function snapshotOf({ classes, samples }: SampleState): Operation[] {
  const records = [...samples.values()];
  const parts = Array.from({ length: Math.ceil(records.length / 500) }, (_, part) => records.slice(part * 500, (part + 1) * 500));
  return [
    ...classes.map(({ id, name }): Operation => ({ kind: 'add-class', id, name })),
    ...parts.map((part): Operation => ({ kind: 'add', samples: part })),
  ];
}

/** Folds a journal; lines that are no operation, such as one cut short, are passed over. */
export function foldJournal(text: string): SampleState {
  let state = emptyState;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    try {
      state = applyOperation(state, JSON.parse(line) as Operation) ?? state;
    } catch {
      // The last line of a tab that was killed while writing.
    }
  }
  return state;
}

/** Begins the journal anew with the state as it is. A tab that this project was taken over from needs a moment to let go of the file. */
async function openJournal(folder: FileSystemDirectoryHandle, text: string): Promise<FileSystemSyncAccessHandle> {
  for (let attempt = 1; ; attempt++) {
    try {
      await writeWhole(folder, 'journal.jsonl', text);
      return await (await folder.getFileHandle('journal.jsonl')).createSyncAccessHandle();
    } catch (error) {
      if (attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function linesOf(operations: readonly Operation[]): string {
  return operations.map((operation) => `${JSON.stringify(operation)}\n`).join('');
}

async function readJournal(folder: FileSystemDirectoryHandle): Promise<SampleState> {
  const file = await readBlob(folder, 'journal.jsonl');
  return file ? foldJournal(await file.text()) : emptyState;
}

async function dropUnused(packs: FileSystemDirectoryHandle, { samples }: SampleState): Promise<void> {
  const used = new Set([...samples.values()].flatMap(({ pack, content }) => [`${pack}.pack`, `${content.pack ?? pack}.pack`]));
  for await (const name of packs.keys()) if (!used.has(name)) await packs.removeEntry(name);
}

function cut(pack: File, { offset, bytes }: Slice, type = ''): Blob {
  return pack.slice(offset, offset + bytes, type);
}
