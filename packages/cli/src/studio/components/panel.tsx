import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { Theme } from './theme.ts';

/** A box with its title in the border; the one that has the keys stands out. */
export function Panel(props: {
  readonly t: Theme;
  readonly title: string;
  /** At the right end of the title's line. */
  readonly aside?: string;
  readonly width: number;
  readonly height: number;
  readonly focused?: boolean;
  readonly children?: ReactNode;
}) {
  const { t, title, aside = '', width, height, focused = false } = props;
  const colour = focused && t.accent ? { color: t.accent } : { dimColor: !focused };
  const room = Math.max(0, width - 4);
  const name = title.length + 2 > room ? `${title.slice(0, Math.max(0, room - 3))}…` : title;
  const right = aside && name.length + aside.length + 5 < room ? ` ${aside} ` : '';
  const rule = '─'.repeat(Math.max(0, width - name.length - right.length - 6));
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0}>
      <Text wrap="truncate">
        <Text {...colour}>╭─ </Text>
        <Text bold={focused}>{name}</Text>
        <Text {...colour}> {rule}</Text>
        <Text dimColor>{right}</Text>
        <Text {...colour}>─╮</Text>
      </Text>
      <Box
        borderStyle="round"
        borderTop={false}
        {...(focused && t.accent ? { borderColor: t.accent } : { borderDimColor: !focused })}
        flexDirection="column"
        width={width}
        height={height - 1}
        paddingX={1}
        overflow="hidden"
      >
        {props.children}
      </Box>
    </Box>
  );
}
