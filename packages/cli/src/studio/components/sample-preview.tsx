import { Box, Text, Transform } from 'ink';
import type { Preview } from '../worker/protocol.ts';
import { brailleOutline } from './braille.ts';
import { wrapWords } from './list.ts';
import { pictureText } from './picture.ts';
import type { Theme } from './theme.ts';

/** A text or a picture, as large as there is room for. */
export function SamplePreview(props: {
  readonly t: Theme;
  readonly preview: Preview | undefined;
  /** Sample that should be shown; what was previewed last may still be another. */
  readonly id: string | undefined;
  readonly columns: number;
  readonly rows: number;
}) {
  const { t, preview, id, columns, rows } = props;
  if (id === undefined || rows <= 0) return null;
  if (preview?.id !== id) return <Text dimColor>…</Text>;
  if (preview.failure !== undefined) return <Text {...(t.bad ? { color: t.bad } : {})}>{preview.failure}</Text>;
  if (preview.text !== undefined) {
    const lines = wrapWords(preview.text, columns);
    const shown = lines.slice(0, rows);
    if (lines.length > rows) shown[rows - 1] = `${shown[rows - 1]?.slice(0, columns - 1)}…`;
    return <Text>{shown.join('\n')}</Text>;
  }
  if (preview.wave) {
    const { parts, seconds, rate } = preview.wave;
    const height = Math.max(1, Math.min(12, rows - 1));
    return (
      <Box flexDirection="column">
        <Text {...(t.accent ? { color: t.accent } : {})}>{brailleOutline(parts, columns, height).join('\n')}</Text>
        {rows > 1 && <Text dimColor>{`${seconds.toFixed(2)} s at ${rate / 1000} kHz`}</Text>}
      </Box>
    );
  }
  if (!preview.picture) return null;
  const lines = pictureText(preview.picture, columns, rows, t.look.colours);
  const blank = lines.map((line) => (t.look.colours ? '▀'.repeat(line.split('▀').length - 1) : line));
  // Ink measures the characters alone, and colours come last: reading thousands of colours several times a frame takes too long.
  return (
    <Transform transform={(line, row) => lines[row] ?? line}>
      <Text>{blank.join('\n')}</Text>
    </Transform>
  );
}
