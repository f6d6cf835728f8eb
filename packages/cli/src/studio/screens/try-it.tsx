import { Box, Text } from 'ink';
import { bar } from '../components/bar.ts';
import { FieldLine } from '../components/field-line.tsx';
import { backboneTitle, fit, fitPath, percentText, windowOf } from '../components/list.ts';
import { Panel } from '../components/panel.tsx';
import { SamplePreview } from '../components/sample-preview.tsx';
import { currentRun } from '../model/state.ts';
import { type ScreenProps, tint } from './view.ts';

const things = {
  image: { input: 'A picture, or a folder of pictures', one: 'picture', many: 'pictures' },
  audio: { input: 'A clip, or a folder of clips', one: 'clip', many: 'clips' },
  text: { input: 'A text', one: 'text', many: 'texts' },
} as const;

export function TryIt(props: ScreenProps) {
  const { state, t, columns, rows } = props;
  const { field, editing, matches, busy, predictions, index } = state.tryIt;
  const modality = state.project?.modality ?? 'image';
  const image = modality !== 'text';
  const words = things[modality];
  const shown = predictions[index];
  const paths = predictions.map(({ id }) => shortPath(id, state.folder).length);
  const longest = Math.min(Math.max(10, columns - 36), Math.max(0, ...paths));
  const top = matches.length > 0 ? 4 : 3;
  const list = predictions.length > 1 ? Math.min(predictions.length + 2, Math.floor((rows - top) / 3)) : 0;
  const picture = image && predictions.length > 0 ? Math.min(Math.floor(columns / 2), 2 * (rows - top - list - 2) + 4) : 0;
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Panel
        t={t}
        title={words.input}
        aside={`${currentRun(state)?.id ?? ''} on ${backboneTitle(currentRun(state)?.backbone ?? '')}`}
        width={columns}
        height={top}
        focused={editing}
      >
        <FieldLine
          t={t}
          field={field}
          width={columns - 4}
          active={editing}
          hint={image ? 'a path; Tab completes it' : 'type something, then Enter'}
        />
        {matches.length > 0 && (
          <Text dimColor wrap="truncate">
            {'  '}
            {matches.join('  ')}
          </Text>
        )}
      </Panel>
      {list > 0 && (
        <Panel t={t} title={`${predictions.length} ${words.many}`} width={columns} height={list} focused={!editing}>
          {windowOf(predictions, index, list - 2).map(({ item, at }) => (
            <Text key={item.id} wrap="truncate">
              <Text bold={at === index} {...(at === index ? tint(t.accent) : {})}>
                {at === index ? '❯ ' : '  '}
                {fitPath(shortPath(item.id, state.folder), longest)}
              </Text>
              {`  ${fit(item.ranked[0]?.label ?? '', 16)} `}
              <Text dimColor>{percentText(item.ranked[0]?.probability ?? 0)}</Text>
            </Text>
          ))}
        </Panel>
      )}
      <Box>
        {picture > 0 && (
          <Panel t={t} title={words.one} width={picture} height={rows - top - list}>
            <SamplePreview t={t} preview={state.preview} id={shown?.id} columns={picture - 4} rows={rows - top - list - 2} />
          </Panel>
        )}
        <Panel t={t} title="What the model says" width={columns - picture} height={rows - top - list}>
          {busy && <Text dimColor>It reads…</Text>}
          {!busy && !shown && (
            <Text dimColor>
              {image ? 'The probabilities of the classes come here.' : 'The probabilities of the classes come here, most probable first.'}
            </Text>
          )}
          {shown && <Bars {...props} ranked={shown.ranked} columns={columns - picture - 4} rows={rows - top - list - 2} />}
        </Panel>
      </Box>
    </Box>
  );
}

function shortPath(path: string, folder: string): string {
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
}

function Bars({
  t,
  columns,
  rows,
  ranked,
}: ScreenProps & { readonly ranked: readonly { readonly label: string; readonly probability: number }[] }) {
  const shown = ranked.slice(0, rows);
  const name = Math.min(20, Math.max(...shown.map(({ label }) => label.length)));
  const width = Math.max(4, columns - name - 12);
  return (
    <Box flexDirection="column">
      {shown.map(({ label, probability }, place) => {
        const { filled, rest } = bar(probability, width);
        return (
          <Text key={label} wrap="truncate">
            <Text bold={place === 0}>{fit(label, name)}</Text> <Text {...tint(place === 0 ? t.good : t.accent)}>{filled}</Text>
            <Text dimColor>{rest}</Text>
            <Text bold={place === 0}>{fit(percentText(probability), 9, 'right')}</Text>
          </Text>
        );
      })}
    </Box>
  );
}
