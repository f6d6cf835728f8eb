import type { State, Step } from './state.ts';

/** What a key does on a screen. Footer, help and palette are written from these tables, so that none of them can be wrong. */
export interface Binding {
  /** Names of keys; the first is shown. */
  readonly keys: readonly string[];
  /** What the footer shows for its keys; the first of them when left out. */
  readonly shown?: string;
  /** What the footer shows: a word or two. */
  readonly label: string;
  /** What help and palette show: a sentence. */
  readonly help: string;
  /** Whether it works now; true when left out. */
  when?(state: State): boolean;
  /** Left out of the palette, as moving a cursor would be. */
  readonly bare?: true;
  run(state: State, key: string): Step;
}

/** The binding of a key, if one works now. */
export function findBinding(bindings: readonly Binding[], state: State, key: string): Binding | undefined {
  return bindings.find(({ keys, when }) => keys.includes(key) && (when?.(state) ?? true));
}

const names: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  enter: '⏎',
  escape: 'Esc',
  tab: 'Tab',
  space: 'Space',
  'shift-tab': '⇧Tab',
  backspace: '⌫',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
};

/** A key as people read it: `↑`, `Ctrl-K`. */
export function keyLabel(key: string): string {
  const control = /^ctrl-(.)$/.exec(key)?.[1];
  return control ? `Ctrl-${control.toUpperCase()}` : (names[key] ?? key);
}

/** An index moved within 0..count−1. */
export function moved(index: number, by: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index + by));
}

/** How far a key moves a cursor in a list; `page` lines a page. */
export function moveOf(key: string, page = 10): number {
  const far = Number.MAX_SAFE_INTEGER / 2;
  const moves: Readonly<Record<string, number>> = { up: -1, down: 1, pageup: -page, pagedown: page, home: -far, end: far };
  return moves[key] ?? 0;
}

export const moveKeys: readonly string[] = ['up', 'down', 'pageup', 'pagedown', 'home', 'end'];
