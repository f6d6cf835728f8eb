/** Words that must be changed, inserted or left out, over the words of the reference. Case and punctuation do not count. */
export function wordErrorRate(reference: string, hypothesis: string): number {
  const [truth, heard] = [wordsOf(reference), wordsOf(hypothesis)];
  let row = Array.from({ length: heard.length + 1 }, (_, index) => index);
  truth.forEach((word, index) => {
    const next = [index + 1];
    heard.forEach((other, at) => {
      next.push(Math.min((row[at] as number) + (word === other ? 0 : 1), (row[at + 1] as number) + 1, (next[at] as number) + 1));
    });
    row = next;
  });
  const errors = row.at(-1) as number;
  return truth.length === 0 ? (heard.length === 0 ? 0 : 1) : errors / truth.length;
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(['’][\p{L}]+)?/gu) ?? [];
}
