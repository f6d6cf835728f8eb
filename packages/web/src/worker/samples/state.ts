/** A class that samples are sorted into. */
export interface ClassRecord {
  readonly id: string;
  readonly name: string;
}

/** A run of bytes in a pack. */
export interface Slice {
  readonly offset: number;
  readonly bytes: number;
}

/** One sample: what is kept of it in memory. Its picture or text, and the thumbnail, lie in a pack. */
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
  | { readonly kind: 'add'; readonly samples: readonly SampleRecord[] }
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
