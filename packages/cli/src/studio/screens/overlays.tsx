import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { FieldLine } from '../components/field-line.tsx';
import { fit, windowOf, wrapWords } from '../components/list.ts';
import { Panel } from '../components/panel.tsx';
import { type Binding, keyLabel } from '../model/binding.ts';
import { commandsFor, globalBindings, screenOf } from '../model/screens.ts';
import type { Overlay, ShownProblem } from '../model/state.ts';
import { type ScreenProps, tint } from './view.ts';

/** In the middle of the room. */
function Middle({ columns, rows, children }: Pick<ScreenProps, 'columns' | 'rows'> & { readonly children: ReactNode }) {
  return (
    <Box width={columns} height={rows} justifyContent="center" alignItems="center">
      {children}
    </Box>
  );
}

/** An error: what, where, what to do. */
export function ProblemPanel({ t, columns, rows, problem }: ScreenProps & { readonly problem: ShownProblem }) {
  const width = Math.min(columns - 4, 96);
  const room = width - 18;
  const parts = (
    [
      ['What', problem.what],
      ['Where', problem.where],
      ['What to do', problem.hint ?? (problem.again ? 'r tries again.' : undefined)],
    ] as const
  ).flatMap(([name, text]) => (text === undefined ? [] : [{ name, lines: wrapWords(text, room) }]));
  const most = Math.max(1, rows - 5);
  const lines = parts
    .flatMap(({ name, lines: each }) => each.map((line, at) => ({ name: at === 0 ? name : '', line, key: `${name} ${at}` })))
    .slice(0, most);
  return (
    <Middle columns={columns} rows={rows}>
      <Panel t={{ ...t, accent: t.bad }} title="This did not work" aside={problem.code} width={width} height={lines.length + 4} focused>
        <Text> </Text>
        {lines.map(({ name, line, key }) => (
          <Text key={key} wrap="truncate">
            <Text bold {...tint(t.bad)}>
              {fit(name, 12)}
            </Text>
            {line}
          </Text>
        ))}
        <Text> </Text>
      </Panel>
    </Middle>
  );
}

export function QuitPanel({ t, columns, rows }: ScreenProps) {
  return (
    <Middle columns={columns} rows={rows}>
      <Panel t={t} title="Quit while it trains?" width={Math.min(columns - 4, 66)} height={6} focused>
        <Text> </Text>
        <Text>Nothing is lost: features that are done are kept, and the next</Text>
        <Text>start offers to go on.</Text>
      </Panel>
    </Middle>
  );
}

/** Which columns of a table are meant. */
export function ColumnsPanel({ t, columns, rows, overlay }: ScreenProps & { readonly overlay: Extract<Overlay, { kind: 'columns' }> }) {
  const { source, text, index } = overlay;
  const width = columns - 4;
  const name = Math.min(24, Math.max(...overlay.columns.map((each) => each.name.length)));
  const height = Math.min(rows, overlay.columns.length + 5);
  return (
    <Panel
      t={t}
      title={text === undefined ? 'Which column holds the text?' : 'Which column holds the label?'}
      aside={source.path}
      width={columns}
      height={height}
      focused
    >
      <Text dimColor>Their names do not tell. Beside each, what stands in it first.</Text>
      <Text> </Text>
      {windowOf(overlay.columns, index, height - 4).map(({ item, at }) => (
        <Text key={item.name} wrap="truncate">
          <Text bold={at === index} {...(at === index ? tint(t.accent) : {})}>
            {at === index ? '❯ ' : '  '}
            {fit(item.name, name)}
          </Text>
          <Text {...tint(t.good)}>{at === text ? ' text ' : '      '}</Text>
          <Text dimColor>{fit(item.first, Math.max(0, width - name - 8)).trimEnd()}</Text>
        </Text>
      ))}
    </Panel>
  );
}

/** What every key does, on this screen and on all of them. */
export function HelpPanel({ state, t, columns, rows }: ScreenProps) {
  const screen = screenOf(state.screen);
  const lines = [
    { key: '', text: screen.about, heading: screen.title },
    ...linesOf(screen.bindings),
    { key: '', text: '', heading: 'Everywhere' },
    { key: '1 … 7', text: 'Go to a screen', heading: undefined },
    ...linesOf(globalBindings.slice(1)),
    { key: 'h j k l', text: 'Move as the arrow keys do; g and G go to the ends, Ctrl-D and Ctrl-U by pages', heading: undefined },
    { key: 'Esc', text: 'Leave a field, a list or a panel', heading: undefined },
  ];
  const room = rows - 2;
  const scroll = state.overlay?.kind === 'help' ? Math.min(state.overlay.scroll, Math.max(0, lines.length - room)) : 0;
  return (
    <Panel
      t={t}
      title="Help"
      aside={lines.length > room ? `${scroll + 1}–${Math.min(lines.length, scroll + room)} of ${lines.length}` : ''}
      width={columns}
      height={rows}
      focused
    >
      {lines.slice(scroll, scroll + room).map(({ key, text, heading }) => (
        <Text key={`${heading} ${key} ${text}`} wrap="truncate">
          {heading === undefined ? (
            <>
              <Text bold>{fit(key, 14)}</Text>
              <Text>{text}</Text>
            </>
          ) : (
            <>
              <Text bold {...tint(t.accent)}>
                {fit(heading, 14)}
              </Text>
              <Text dimColor>{text}</Text>
            </>
          )}
        </Text>
      ))}
    </Panel>
  );
}

function linesOf(bindings: readonly Binding[]) {
  return bindings.map(({ keys, help }) => ({ key: keys.slice(0, 4).map(keyLabel).join(' '), text: help, heading: undefined }));
}

export function PalettePanel({
  state,
  t,
  columns,
  rows,
  overlay,
}: ScreenProps & { readonly overlay: Extract<Overlay, { kind: 'palette' }> }) {
  const commands = commandsFor(state, overlay.field.text);
  const width = Math.min(columns, 100);
  const height = Math.min(rows, Math.max(6, commands.length + 4));
  return (
    <Box width={columns} height={rows} justifyContent="center">
      <Panel t={t} title="Commands" aside={`${commands.length}`} width={width} height={height} focused>
        <FieldLine t={t} field={overlay.field} width={width - 4} active hint="a part of what it does" />
        <Text> </Text>
        {commands.length === 0 && <Text dimColor>No command has these words.</Text>}
        {windowOf(commands, overlay.index, height - 4).map(({ item, at }) => {
          const here = at === overlay.index;
          return (
            <Text key={item.title} wrap="truncate">
              <Text bold={here} {...(here ? tint(t.accent) : {})}>
                {here ? '❯ ' : '  '}
                {fit(item.title, width - 16)}
              </Text>
              <Text dimColor>{fit(keyLabel(item.key ?? ''), 9, 'right')}</Text>
            </Text>
          );
        })}
      </Panel>
    </Box>
  );
}
