/** A line of text that is typed. */
export interface Field {
  readonly text: string;
  /** Characters before the cursor, 0..length. */
  readonly cursor: number;
}

export function fieldOf(text = ''): Field {
  return { text, cursor: text.length };
}

export function insertText({ text, cursor }: Field, piece: string): Field {
  const line = piece.replace(/[\r\n\t]+/g, ' ');
  return { text: text.slice(0, cursor) + line + text.slice(cursor), cursor: cursor + line.length };
}

/** What a key does to a field; undefined for a key that is not for editing. */
export function editField(field: Field, key: string): Field | undefined {
  const { text, cursor } = field;
  switch (key) {
    case 'left':
      return { text, cursor: Math.max(0, cursor - 1) };
    case 'right':
      return { text, cursor: Math.min(text.length, cursor + 1) };
    case 'home':
    case 'ctrl-a':
      return { text, cursor: 0 };
    case 'end':
    case 'ctrl-e':
      return { text, cursor: text.length };
    case 'backspace':
      return cursor === 0 ? field : { text: text.slice(0, cursor - 1) + text.slice(cursor), cursor: cursor - 1 };
    case 'delete':
      return { text: text.slice(0, cursor) + text.slice(cursor + 1), cursor };
    case 'ctrl-u':
      return { text: text.slice(cursor), cursor: 0 };
    case 'ctrl-w': {
      const start = text.slice(0, cursor).replace(/[^\s/]*[\s/]*$/, '').length;
      return { text: text.slice(0, start) + text.slice(cursor), cursor: start };
    }
    case 'space':
      return insertText(field, ' ');
    default:
      return [...key].length === 1 ? insertText(field, key) : undefined;
  }
}
