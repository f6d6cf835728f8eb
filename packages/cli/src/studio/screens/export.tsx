import { Box, Text } from 'ink';
import { isCommand } from '../../args.ts';
import { fit } from '../components/list.ts';
import { Panel } from '../components/panel.tsx';
import { exportKinds } from '../model/export-keys.ts';
import { currentRun } from '../model/state.ts';
import { type ScreenProps, tint } from './view.ts';

const examples = {
  image: ['picture.jpg', 'classify pictures or folders of them'],
  audio: ['clip.wav', 'classify clips or folders of them'],
  text: ['-', 'classify a text a line'],
} as const;

export function Export({ state, t, columns, rows }: ScreenProps) {
  const run = currentRun(state);
  const { exporting, project } = state;
  if (!run?.bundle) return null;
  const modality = project?.modality ?? 'image';
  const commands: readonly (readonly [string, string])[] = [
    [`headstart predict ${run.bundle} ${examples[modality][0]}`, examples[modality][1]],
    [`headstart evaluate ${run.bundle} OTHER-DATA`, 'measure it on other labelled data'],
    ...(isCommand('serve') ? [['headstart serve', 'an HTTP API and the web studio, for a team'] as const] : []),
    [`headstart inspect ${run.bundle}`, 'see what is in it'],
  ];
  const files = 4 + 3 * exportKinds.length;
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Panel t={t} title={`Files of ${run.id}`} aside="in the project's folder" width={columns} height={Math.min(rows, files)} focused>
        <Text wrap="truncate">
          <Text {...tint(t.good)}>{'  ✓ '}</Text>
          <Text>{fit('Bundle', 13)}</Text>
          <Text {...tint(t.accent)}>{run.bundle}</Text>
        </Text>
        <Text dimColor>{'    head, labels, metrics, and where the backbone comes from'}</Text>
        {exportKinds.map(({ kind, title, note }, at) => {
          const file = run[kind];
          const here = at === exporting.index;
          const busy = exporting.busy === kind;
          const waits = exporting.queue.includes(kind);
          return (
            <Box key={kind} flexDirection="column">
              <Text wrap="truncate">
                <Text bold {...tint(t.accent)}>
                  {here ? '❯ ' : '  '}
                </Text>
                <Text {...tint(file ? t.good : undefined)}>{busy ? '… ' : file ? '✓ ' : '· '}</Text>
                <Text bold={here}>{fit(title, 13)}</Text>
                {file && !busy ? (
                  <Text {...tint(t.accent)}>{file}</Text>
                ) : (
                  <Text dimColor>{busy ? 'writing…' : waits ? 'next' : 'not written yet'}</Text>
                )}
              </Text>
              <Text dimColor wrap="truncate">{`    ${exporting.written[`${run.id} ${kind}`] ?? note}`}</Text>
            </Box>
          );
        })}
      </Panel>
      <Panel t={t} title="Use it from the command line" width={columns} height={Math.max(0, rows - files)}>
        {commands.map(([command, meaning]) => (
          <Box key={command} flexDirection="column">
            <Text wrap="truncate" {...tint(t.accent)}>
              {command}
            </Text>
            <Text dimColor>{`  ${meaning}`}</Text>
          </Box>
        ))}
      </Panel>
    </Box>
  );
}
