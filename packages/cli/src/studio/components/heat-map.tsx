import { Box, Text } from 'ink';
import { firstShown, fit } from './list.ts';
import { heatColour, type Theme } from './theme.ts';

/** The confusion matrix: rows are the true classes, columns what was answered; a cell is as strong as its share of the row. */
export function HeatMap(props: {
  readonly t: Theme;
  readonly labels: readonly string[];
  readonly confusion: readonly (readonly number[])[];
  readonly row: number;
  readonly column: number;
  readonly active: boolean;
  /** Columns a cell. */
  readonly cell: number;
  readonly columns: number;
  readonly rows: number;
}) {
  const { t, labels, confusion, row, column, active, cell, columns, rows } = props;
  const name = Math.min(14, Math.max(9, ...labels.map((label) => label.length)));
  const wide = Math.max(1, Math.min(labels.length, Math.floor((columns - name - 1) / cell)));
  const high = Math.max(1, Math.min(labels.length, rows - 1));
  const [left, top] = [firstShown(column, labels.length, wide), firstShown(row, labels.length, high)];
  const across = labels.slice(left, left + wide);
  const more = wide < labels.length || high < labels.length;
  return (
    <Box flexDirection="column">
      <Text wrap="truncate">
        <Text dimColor>{fit(more ? `${row + 1},${column + 1}/${labels.length}` : 'is ╲ said', name)} </Text>
        {across.map((label, index) => (
          <Text key={label} bold={left + index === column} dimColor={left + index !== column}>
            {` ${fit(label, cell - 1, 'right')}`}
          </Text>
        ))}
      </Text>
      {labels.slice(top, top + high).map((label, offset) => {
        const truth = top + offset;
        const counts = confusion[truth] ?? [];
        const sum = counts.reduce((total, count) => total + count, 0);
        return (
          <Text key={label} wrap="truncate">
            <Text bold={truth === row} dimColor={truth !== row}>
              {fit(label, name)}{' '}
            </Text>
            {across.map((answer, index) => {
              const place = left + index;
              const count = counts[place] ?? 0;
              const here = active && truth === row && place === column;
              const colour = heatColour(t, truth === place ? 'right' : 'wrong', sum > 0 ? count / sum : 0);
              const text = count === 0 ? '·' : String(count);
              return (
                <Text
                  key={answer}
                  inverse={here}
                  bold={here}
                  {...(colour && !here ? { backgroundColor: colour } : {})}
                  dimColor={count === 0 && !here}
                >
                  {here ? fit(`[${text}]`, cell, 'right') : fit(`${text} `, cell, 'right')}
                </Text>
              );
            })}
          </Text>
        );
      })}
    </Box>
  );
}
