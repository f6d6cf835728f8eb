import { Box, Text } from 'ink';
import { FieldLine } from '../components/field-line.tsx';
import { fit, fitPath, windowOf } from '../components/list.ts';
import { moved } from '../model/binding.ts';
import { type HomeEntry, homeEntries } from '../model/home-keys.ts';
import { type ScreenProps, tint } from './view.ts';

const headings: Readonly<Record<HomeEntry['group'], string>> = {
  next: 'What to do next',
  here: 'Data to begin with',
  recent: 'Recent projects',
};

type Line = { readonly heading: string } | { readonly gap: string } | { readonly entry: HomeEntry; readonly at: number };

export function Home({ state, t, columns, rows }: ScreenProps) {
  const { home, engine, project, folder } = state;
  const entries = homeEntries(state);
  const index = moved(home.index, 0, entries.length);
  const lines = entries.flatMap((entry, at): Line[] => {
    const line = { entry, at };
    const before = entries[at - 1]?.group;
    if (entry.group === before) return [line];
    return [...(before ? [{ gap: entry.group }] : []), { heading: headings[entry.group] }, line];
  });
  const typing = home.path !== undefined;
  const room = rows - 6 - (typing ? 3 + (home.matches.length > 0 ? 1 : 0) : 0);
  const selected = lines.findIndex((line) => 'at' in line && line.at === index);
  const title = Math.min(30, Math.max(...entries.map((entry) => entry.title.length)));
  return (
    <Box flexDirection="column" paddingX={1} width={columns} height={rows}>
      <Text wrap="truncate">
        <Text bold>{project ? project.name : 'Headstart'}</Text>
        <Text dimColor>
          {project
            ? `  ${project.modality}, ${project.runs.length} ${project.runs.length === 1 ? 'run' : 'runs'}, in ${fitPath(folder, Math.min(folder.length, columns - 30))}`
            : '  a pretrained model and a few labelled examples in, a model of your own out'}
        </Text>
      </Text>
      <Text wrap="truncate">
        {engine ? (
          <>
            <Text {...tint(t.good)}>●</Text> <Text>{engine.backend}</Text>
            <Text dimColor>
              {engine.adapter ? ` on ${engine.adapter}` : ''}: {engine.reason}
            </Text>
          </>
        ) : (
          <Text dimColor>○ opening the engine…</Text>
        )}
      </Text>
      <Text> </Text>
      {!home.scanned && <Text dimColor>Looking into {folder}…</Text>}
      {home.scanned &&
        windowOf(lines, selected, room).map(({ item }) =>
          'gap' in item ? (
            <Text key={`before ${item.gap}`}> </Text>
          ) : 'heading' in item ? (
            <Text key={item.heading} bold {...tint(t.accent)}>
              {item.heading}
            </Text>
          ) : (
            <Text key={`${item.entry.group} ${item.at}`} wrap="truncate">
              <Text bold={item.at === index && !typing} {...(item.at === index && !typing ? tint(t.accent) : {})}>
                {item.at === index && !typing ? '❯ ' : '  '}
                {fit(item.entry.title, title)}
              </Text>
              <Text dimColor>
                {'  '}
                {item.entry.note}
              </Text>
            </Text>
          ),
        )}
      {home.path && (
        <Box flexDirection="column" marginTop={1}>
          <Text bold {...tint(t.accent)}>
            Path of your data <Text dimColor>class folders, a table or a zip; Tab completes</Text>
          </Text>
          <FieldLine t={t} field={home.path} width={columns - 2} active hint="~/photos" />
          {home.matches.length > 0 && (
            <Text dimColor wrap="truncate">
              {'  '}
              {home.matches.join('  ')}
            </Text>
          )}
        </Box>
      )}
    </Box>
  );
}
