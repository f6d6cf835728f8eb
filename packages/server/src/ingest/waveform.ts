/**
 * A clip as a picture: its outline as one shape, mirrored in no way, on nothing.
 * @param outline lowest and highest values in turn, signed bytes, base64
 * @param width pixels; it is half as high
 */
export function waveform(outline: string, width: number): string {
  const values = new Int8Array(Buffer.from(outline, 'base64'));
  const count = values.length / 2;
  const height = Math.round(width / 2);
  // Quiet recordings are drawn larger, silence is not.
  const loudest = Math.max(8, ...values.map(Math.abs));
  const x = (part: number) => (((part + 0.5) * width) / count).toFixed(1);
  const y = (value: number) => (height / 2 - (value / loudest) * (height / 2 - 1)).toFixed(1);
  // Where nothing moves a line is left.
  const top = Array.from({ length: count }, (_, part) => `${x(part)},${y(Math.max(values[2 * part + 1] as number, loudest / 64))}`);
  const bottom = Array.from(
    { length: count },
    (_, part) => `${x(part)},${y(Math.min(values[2 * part] as number, -loudest / 64))}`,
  ).reverse();
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><path fill="#3d6b8f" d="M${top.join('L')}L${bottom.join('L')}Z"/></svg>`;
}
