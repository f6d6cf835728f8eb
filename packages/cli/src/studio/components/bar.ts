const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A thin bar: how far a piece of work is. @param share 0..1 */
export function progressBar(share: number, width: number): { readonly filled: string; readonly rest: string } {
  const cells = Math.round(Math.max(0, Math.min(1, share)) * width);
  return { filled: '━'.repeat(cells), rest: '─'.repeat(width - cells) };
}

/** A bar of `width` characters, filled to a share by eighths of a character. @param share 0..1 */
export function bar(share: number, width: number): { readonly filled: string; readonly rest: string } {
  const units = Math.round(Math.max(0, Math.min(1, share)) * width * 8);
  const filled = '█'.repeat(Math.floor(units / 8)) + (eighths[units % 8] ?? '');
  return { filled, rest: ' '.repeat(Math.max(0, width - filled.length)) };
}
