/** First line that a list of `count` shows in `room` lines, so that line `index` is among them, with some of its neighbours. */
export function firstShown(index: number, count: number, room: number): number {
  return Math.max(0, Math.min(count - room, index - Math.floor(room / 2)));
}

/** The part of a list that is shown, with the place of each in the whole. */
export function windowOf<T>(items: readonly T[], index: number, room: number): readonly { readonly item: T; readonly at: number }[] {
  const first = firstShown(index, items.length, room);
  return items.slice(first, first + Math.max(0, room)).map((item, offset) => ({ item, at: first + offset }));
}

/** Cut to a width, with an ellipsis; filled up with spaces. */
export function fit(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const short = text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text;
  return align === 'left' ? short.padEnd(width) : short.padStart(width);
}

/** The end of a path that fits, which tells more than its beginning. */
export function fitPath(path: string, width: number): string {
  return path.length <= width ? path.padEnd(width) : `…${path.slice(path.length - Math.max(0, width - 1))}`;
}

/** A backbone's name, of a path only its end. */
export function backboneTitle(name: string): string {
  return name.length <= 32 ? name : fitPath(name, 32);
}

/** Words broken into lines of a width; a word longer than a line is cut. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split(/\r?\n/)) {
    let line = '';
    for (const word of paragraph.split(/[ \t]+/).flatMap((each) => pieces(each, width))) {
      if (line && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else line = line ? `${line} ${word}` : word;
    }
    lines.push(line);
  }
  return lines;
}

function pieces(word: string, width: number): string[] {
  return word.length <= width ? [word] : (word.match(new RegExp(`.{1,${Math.max(1, width)}}`, 'gu')) ?? [word]);
}

export function percentText(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)} %`;
}
