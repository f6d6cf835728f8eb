import { Box, Text } from 'ink';
import { brailleCurve, rangeOf } from './braille.ts';
import type { Theme } from './theme.ts';

/** A curve with its scale at the left and its last value in the heading. */
export function Curve(props: {
  readonly t: Theme;
  readonly title: string;
  readonly values: readonly number[];
  readonly columns: number;
  /** Lines, the heading included. */
  readonly rows: number;
  readonly show: (value: number) => string;
  readonly colour: string | undefined;
  readonly empty: string;
  /** Lower end of the scale; the least value when left out. */
  readonly from?: number;
}) {
  const { title, values, columns, rows, show, colour, empty } = props;
  const last = values.at(-1);
  const { high, low: least } = rangeOf(values);
  const low = props.from ?? least;
  const [top, bottom] = [show(high), show(low)];
  const scale = Math.max(top.length, bottom.length, 5);
  const height = Math.max(1, rows - 1);
  const lines = brailleCurve(values, Math.max(4, columns - scale - 2), height, { low, high });
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Text wrap="truncate">
        <Text dimColor>{title} </Text>
        {last === undefined ? <Text dimColor>{empty}</Text> : <Text bold>{show(last)}</Text>}
      </Text>
      {last !== undefined &&
        lines.map((line, row) => (
          <Text key={row} wrap="truncate">
            <Text dimColor>{(row === 0 ? top : row === height - 1 && low !== high ? bottom : '').padStart(scale)} │</Text>
            <Text {...(colour ? { color: colour } : {})}>{line}</Text>
          </Text>
        ))}
    </Box>
  );
}
