/** Rows as indented columns, each as wide as its widest cell. Colours take no room. */
export function columns(rows: readonly (readonly string[])[], align: readonly ('left' | 'right')[] = []): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) => Math.max(...rows.map((row) => visibleLength(row[column] ?? ''))));
  return rows.map((row) =>
    `  ${row
      .map((cell, column) => {
        const gap = ' '.repeat((widths[column] as number) - visibleLength(cell));
        return align[column] === 'right' ? gap + cell : cell + gap;
      })
      .join('  ')}`.trimEnd(),
  );
}

/** Characters on the screen: escape sequences take none, combining marks and wide characters are counted as one. */
export function visibleLength(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  return [...text.replace(/\x1b\[[0-9;]*m/g, '')].length;
}
