import { Text } from 'ink';
import type { Field } from '../model/field.ts';
import type { Theme } from './theme.ts';

/** A line that is typed into, with its cursor; it scrolls where the text is longer. */
export function FieldLine(props: {
  readonly t: Theme;
  readonly field: Field;
  readonly width: number;
  readonly active: boolean;
  readonly hint: string;
}) {
  const { t, field, width, active, hint } = props;
  const room = Math.max(4, width - 3);
  const start = Math.max(0, field.cursor - room + 1);
  const shown = field.text.slice(start, start + room);
  const at = field.cursor - start;
  return (
    <Text wrap="truncate">
      <Text bold={active} {...(active && t.accent ? { color: t.accent } : {})}>
        {'› '}
      </Text>
      {field.text === '' ? (
        <>
          <Text inverse={active}>{active ? ' ' : ''}</Text>
          <Text dimColor>{hint}</Text>
        </>
      ) : (
        <>
          {shown.slice(0, at)}
          <Text inverse={active}>{active ? (shown[at] ?? ' ') : (shown[at] ?? '')}</Text>
          {shown.slice(at + 1)}
        </>
      )}
    </Text>
  );
}
