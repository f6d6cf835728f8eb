/** A class that samples are sorted into. */
export interface ClassRecord {
  readonly id: string;
  readonly name: string;
}

/** A run of bytes in a pack. */
export interface Slice {
  readonly offset: number;
  readonly bytes: number;
  /** Number of the pack, where it is another than the sample's: parts of one recording share its bytes. */
  readonly pack?: number;
}

/** One sample: what is kept of it in memory. Its picture, text or sound, and the thumbnail, lie in a pack. */
export interface SampleRecord {
  /** Unique in the project; says where it came from: `cat/1.jpg`, `mail.csv:12`. The split into train and test goes by it. */
  readonly id: string;
  readonly classId: string;
  /** sha256 of the bytes, 64 hexadecimal digits. */
  readonly hash: string;
  /** Number of the pack. */
  readonly pack: number;
  readonly content: Slice;
  readonly thumbnail?: Slice;
  /** Length of a sound, seconds. */
  readonly seconds?: number;
  /** The part of the recording that is meant, seconds; all of it when left out. */
  readonly start?: number;
  readonly end?: number;
  /** What samples have in common that must not be on both sides of the split: a speaker. */
  readonly group?: string;
}

export interface SampleState {
  readonly classes: readonly ClassRecord[];
  readonly samples: ReadonlyMap<string, SampleRecord>;
}

/** One change. The journal is a list of them, and the page follows the worker by them. */
export type Operation =
  | { readonly kind: 'add-class'; readonly id: string; readonly name: string; readonly at?: number }
  | { readonly kind: 'rename-class'; readonly id: string; readonly name: string }
  | { readonly kind: 'remove-class'; readonly id: string }
  /** `to`: the class's place among all, from 0. */
  | { readonly kind: 'move-class'; readonly id: string; readonly to: number }
  | { readonly kind: 'add'; readonly samples: readonly SampleRecord[] }
  /** Another content in a sample's place. */
  | { readonly kind: 'edit'; readonly sample: SampleRecord }
  | { readonly kind: 'move'; readonly ids: readonly string[]; readonly to: string }
  | { readonly kind: 'remove'; readonly ids: readonly string[] };

export const emptyState: SampleState = { classes: [], samples: new Map() };

/** The state after a change. What it names and is not there is passed over, so that a journal never keeps a project from opening. */
export function applyOperation(state: SampleState, operation: Operation): SampleState {
  switch (operation.kind) {
    case 'add-class': {
      if (state.classes.some(({ id }) => id === operation.id)) return state;
      const { id, name, at = state.classes.length } = operation;
      return { ...state, classes: state.classes.toSpliced(at, 0, { id, name }) };
    }
    case 'rename-class':
      return { ...state, classes: state.classes.map((each) => (each.id === operation.id ? { id: each.id, name: operation.name } : each)) };
    case 'remove-class': {
      const samples = new Map([...state.samples].filter(([, { classId }]) => classId !== operation.id));
      return { classes: state.classes.filter(({ id }) => id !== operation.id), samples };
    }
    case 'move-class': {
      const moved = state.classes.find(({ id }) => id === operation.id);
      if (!moved) return state;
      return { ...state, classes: state.classes.filter((each) => each !== moved).toSpliced(Math.max(0, operation.to), 0, moved) };
    }
    case 'edit': {
      if (!state.samples.has(operation.sample.id) || !hasClass(state, operation.sample.classId)) return state;
      return { ...state, samples: new Map(state.samples).set(operation.sample.id, operation.sample) };
    }
    case 'add': {
      const samples = new Map(state.samples);
      for (const sample of operation.samples) if (hasClass(state, sample.classId)) samples.set(sample.id, sample);
      return { ...state, samples };
    }
    case 'move': {
      if (!hasClass(state, operation.to)) return state;
      const samples = new Map(state.samples);
      for (const id of operation.ids) {
        const sample = samples.get(id);
        if (sample) samples.set(id, { ...sample, classId: operation.to });
      }
      return { ...state, samples };
    }
    case 'remove': {
      const samples = new Map(state.samples);
      for (const id of operation.ids) samples.delete(id);
      return { ...state, samples };
    }
  }
}

/** The changes that take `operation` back, when it is about to be applied to `state`. */
export function inverseOf(state: SampleState, operation: Operation): readonly Operation[] {
  switch (operation.kind) {
    case 'add-class':
      return [{ kind: 'remove-class', id: operation.id }];
    case 'rename-class': {
      const before = state.classes.find(({ id }) => id === operation.id);
      return before ? [{ kind: 'rename-class', id: before.id, name: before.name }] : [];
    }
    case 'remove-class': {
      const at = state.classes.findIndex(({ id }) => id === operation.id);
      const gone = state.classes[at];
      if (!gone) return [];
      const samples = [...state.samples.values()].filter(({ classId }) => classId === gone.id);
      return [
        { kind: 'add-class', ...gone, at },
        { kind: 'add', samples },
      ];
    }
    case 'move-class': {
      const to = state.classes.findIndex(({ id }) => id === operation.id);
      return to < 0 ? [] : [{ kind: 'move-class', id: operation.id, to }];
    }
    case 'edit': {
      const sample = state.samples.get(operation.sample.id);
      return sample ? [{ kind: 'edit', sample }] : [];
    }
    case 'add':
      return [{ kind: 'remove', ids: operation.samples.map(({ id }) => id) }];
    case 'move': {
      const moved = operation.ids.flatMap((id) => state.samples.get(id) ?? []);
      const sources = Map.groupBy(moved, ({ classId }) => classId);
      return [...sources].map(([to, samples]) => ({ kind: 'move', to, ids: samples.map(({ id }) => id) }));
    }
    case 'remove':
      return [{ kind: 'add', samples: operation.ids.flatMap((id) => state.samples.get(id) ?? []) }];
  }
}

function hasClass(state: SampleState, id: string): boolean {
  return state.classes.some((each) => each.id === id);
}
