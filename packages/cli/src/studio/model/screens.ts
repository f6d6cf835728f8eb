import { backboneBindings } from './backbone-keys.ts';
import type { Binding } from './binding.ts';
import { dataBindings } from './data-keys.ts';
import { exportBindings } from './export-keys.ts';
import { fieldOf } from './field.ts';
import { goTo, homeBindings } from './home-keys.ts';
import { resultsBindings } from './results-keys.ts';
import { doneRuns, isTraining, type ScreenName, type State, step } from './state.ts';
import { trainBindings } from './train-keys.ts';
import { tryBindings } from './try-keys.ts';

export interface ScreenSpec {
  readonly name: ScreenName;
  readonly title: string;
  /** What it is for, one sentence for help. */
  readonly about: string;
  readonly bindings: readonly Binding[];
  /** What must be there before it has anything to show; undefined when it is. */
  lacks(state: State): string | undefined;
}

const needsProject = ({ project }: State) => (project ? undefined : 'Choose data first: 1 goes to Home.');
const needsRun = (state: State) =>
  needsProject(state) ?? (doneRuns(state.project).length > 0 ? undefined : 'Nothing is trained yet: 4 goes to Train.');

/** The screens, in the order of the work. */
export const screens: readonly ScreenSpec[] = [
  {
    name: 'home',
    title: 'Home',
    about: 'What to do next, data in this folder, recent projects.',
    bindings: homeBindings,
    lacks: () => undefined,
  },
  {
    name: 'data',
    title: 'Data',
    about: 'Classes and samples, what is wrong with them, and what is left out.',
    bindings: dataBindings,
    lacks: needsProject,
  },
  {
    name: 'backbone',
    title: 'Backbone',
    about: 'The pretrained model that the head is trained on: one of the list, or your own ONNX file.',
    bindings: backboneBindings,
    lacks: () => undefined,
  },
  {
    name: 'train',
    title: 'Train',
    about: 'Settings of the head, and the training as it goes on.',
    bindings: trainBindings,
    lacks: needsProject,
  },
  {
    name: 'results',
    title: 'Results',
    about: 'How good the model is on samples it has not seen, and its mistakes.',
    bindings: resultsBindings,
    lacks: needsRun,
  },
  {
    name: 'try',
    title: 'Try it',
    about: 'What the model says of a text, of pictures or of clips of yours.',
    bindings: tryBindings,
    lacks: needsRun,
  },
  {
    name: 'export',
    title: 'Export',
    about: 'Files to hand on, and the commands that use them.',
    bindings: exportBindings,
    lacks: needsRun,
  },
];

export function screenOf(name: ScreenName): ScreenSpec {
  return screens.find((each) => each.name === name) as ScreenSpec;
}

/** Keys that work on every screen. */
export const globalBindings: readonly Binding[] = [
  {
    keys: screens.map((_, index) => String(index + 1)),
    label: '',
    help: 'Go to a screen',
    bare: true,
    run: (state, key) => goTo(state, (screens[Number(key) - 1] ?? screens[0])?.name ?? 'home'),
  },
  {
    keys: ['tab', 'shift-tab'],
    label: '',
    help: 'Go to the next screen, or with Shift to the one before',
    bare: true,
    run(state, key) {
      const now = screens.findIndex(({ name }) => name === state.screen);
      const next = screens[(now + (key === 'tab' ? 1 : screens.length - 1)) % screens.length];
      return goTo(state, next?.name ?? 'home');
    },
  },
  {
    keys: ['c'],
    label: 'cancel download',
    help: 'Cancel the download; it resumes where it stopped',
    when: ({ backbone, train }) => backbone.download !== undefined && train.status !== 'running',
    run: (state) => step(state, { type: 'files', request: { type: 'cancel-fetch' } }),
  },
  { keys: ['?'], label: 'help', help: 'Show what the keys do', run: (state) => step({ ...state, overlay: { kind: 'help', scroll: 0 } }) },
  {
    keys: ['ctrl-k', ':'],
    label: 'commands',
    help: 'Find a command by typing a part of its name',
    bare: true,
    run: (state) => step({ ...state, overlay: { kind: 'palette', field: fieldOf(), index: 0 } }),
  },
  { keys: ['ctrl-l'], label: '', help: 'Draw the screen anew', bare: true, run: (state) => step(state, { type: 'repaint' }) },
  {
    keys: ['q', 'ctrl-c'],
    label: 'quit',
    help: 'Quit; what is done is kept, and the next start offers to go on',
    run: (state) => (isTraining(state) ? step({ ...state, overlay: { kind: 'quit' } }) : step(state, { type: 'quit' })),
  },
];

/** A line of the palette. */
export interface Command {
  readonly title: string;
  /** The key that does the same. */
  readonly key: string | undefined;
  readonly binding: Binding;
  readonly screen: ScreenName | undefined;
}

/** Commands that work now and whose words hold those typed, in order of the screens, the present one first. */
export function commandsFor(state: State, query: string): readonly Command[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const here = screenOf(state.screen);
  const of = (bindings: readonly Binding[], screen: ScreenName | undefined) =>
    bindings
      .filter((binding) => !binding.bare && (binding.when?.(state) ?? true))
      .map((binding): Command => ({ title: binding.help, key: binding.keys[0], binding, screen }));
  const goes = screens.map(({ name, title, about }, index): Command => {
    const binding = { keys: [String(index + 1)], label: title, help: '', run: (now: State) => goTo(now, name) };
    return { title: `Go to ${title}: ${about}`, key: String(index + 1), binding, screen: undefined };
  });
  const others = screens.filter((each) => each !== here && each.lacks(state) === undefined);
  const every = [
    ...of(here.bindings, here.name),
    ...goes,
    ...of(globalBindings, undefined),
    ...others.flatMap((each) => of(each.bindings, each.name)),
  ];
  const seen = new Set<string>();
  const found = every.filter(({ title }) => {
    if (seen.has(title) || !words.every((word) => title.toLowerCase().includes(word))) return false;
    seen.add(title);
    return true;
  });
  // Commands that have the words early in their title are the likelier ones.
  const place = ({ title }: Command) => words.reduce((sum, word) => sum + title.toLowerCase().indexOf(word), 0);
  return words.length === 0 ? found : found.toSorted((a, b) => place(a) - place(b));
}
