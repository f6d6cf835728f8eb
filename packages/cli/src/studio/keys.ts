import type { Key } from 'ink';

const named: readonly (readonly [keyof Key, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
];

/** What terminals send for keys that Ink gives as text when they come with others. */
const controls: Readonly<Record<string, string>> = { '\r': 'enter', '\n': 'enter', '\t': 'tab', '\x7f': 'backspace', '\b': 'backspace' };

/** The keys of one piece of input, by the names that bindings have: `up`, `ctrl-k`, `a`. Fast typing comes as one piece. */
export function keyNames(input: string, key: Key): readonly string[] {
  if (key.tab) return [key.shift ? 'shift-tab' : 'tab'];
  // Most terminals send DEL for the backspace key, and Ink calls that one `delete`.
  const name = named.find(([flag]) => key[flag])?.[1];
  if (name) return [name];
  if (key.ctrl) return input.length === 1 ? [`ctrl-${input.toLowerCase()}`] : [];
  if (key.meta || isReply(input)) return [];
  return [...input].flatMap((each) => controls[each] ?? (each < ' ' ? controlName(each) : each === ' ' ? 'space' : each));
}

/** `ctrl-u` for what the key sends with Control. */
function controlName(character: string): string {
  return `ctrl-${String.fromCharCode(character.charCodeAt(0) + 96)}`;
}

/** A terminal's late answer to a question about its colours is no typing. */
function isReply(input: string): boolean {
  return /^(\]1[01];)?rgb:[0-9a-f/]+|^\[\?[\d;]+c/i.test(input);
}
