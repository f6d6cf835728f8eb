import { Box, Text } from 'ink';
import { bar } from '../components/bar.ts';
import { fit, windowOf, wrapWords } from '../components/list.ts';
import { Panel } from '../components/panel.tsx';
import { SamplePreview } from '../components/sample-preview.tsx';
import { classRows, dataProblems, samplesOfClass, shownSample } from '../model/data-keys.ts';
import { type ScreenProps, tint } from './view.ts';

export function Data(props: ScreenProps) {
  const { state, columns, rows } = props;
  if (state.data.status !== 'ready' && !state.data.summary) {
    const text = state.data.status === 'reading' ? 'Reading the data…' : 'The data could not be read; r reads it again, 1 goes to Home.';
    return (
      <Box paddingX={1} width={columns} height={rows}>
        <Text dimColor>{text}</Text>
      </Box>
    );
  }
  const problems = Math.min(rows - 10, Math.max(4, Math.min(9, dataProblems(state).length + 2)));
  const left = Math.min(56, Math.max(34, Math.floor(columns * 0.42)));
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Box>
        <Classes {...props} columns={left} rows={rows - problems} />
        {state.data.focus === 'problems' ? (
          <Problem {...props} columns={columns - left} rows={rows - problems} />
        ) : (
          <Sample {...props} columns={columns - left} rows={rows - problems} />
        )}
      </Box>
      <Problems {...props} rows={problems} />
    </Box>
  );
}

function Classes({ state, t, columns, rows }: ScreenProps) {
  const classes = classRows(state);
  const { classIndex, focus, summary } = state.data;
  const most = Math.max(1, ...classes.map(({ count }) => count));
  const name = Math.min(18, Math.max(...classes.map(({ label }) => label.length), 5));
  const digits = String(most).length;
  const width = Math.max(4, columns - name - digits - 8);
  return (
    <Panel
      t={t}
      title={`${classes.length} classes`}
      aside={`${summary?.samples.length ?? 0} samples`}
      width={columns}
      height={rows}
      focused={focus === 'classes'}
    >
      {windowOf(classes, classIndex, rows - 2).map(({ item, at }) => {
        const { filled } = bar(item.count / most, width);
        const here = at === classIndex;
        return (
          <Text key={item.label} wrap="truncate">
            <Text bold={here} {...(here ? tint(t.accent) : {})}>
              {here ? '❯ ' : '  '}
              {fit(item.label, name)}
            </Text>
            <Text> {String(item.count).padStart(digits)} </Text>
            <Text {...tint(item.excluded === item.count ? t.warn : t.accent)} dimColor={!here}>
              {filled}
            </Text>
            {item.excluded > 0 && <Text {...tint(t.warn)}>{item.excluded === item.count ? ' left out' : ` −${item.excluded}`}</Text>}
          </Text>
        );
      })}
    </Panel>
  );
}

function Sample({ state, t, columns, rows }: ScreenProps) {
  const sample = shownSample(state);
  const { sampleIndex, focus } = state.data;
  const out = sample !== undefined && state.project?.excluded.includes(sample.id);
  const size = state.preview?.id === sample?.id ? state.preview?.picture?.size : undefined;
  return (
    <Panel
      t={t}
      title={sample?.label ?? 'no sample'}
      aside={`${sampleIndex + 1} of ${samplesOfClass(state).length}`}
      width={columns}
      height={rows}
      focused={focus === 'samples'}
    >
      <Text wrap="truncate-start">
        <Text dimColor>
          {sample?.id ?? ''}
          {size ? `  ${size}` : ''}
        </Text>
        {out ? <Text {...tint(t.warn)}>{'  left out'}</Text> : null}
      </Text>
      <SamplePreview t={t} preview={state.preview} id={sample?.id} columns={columns - 4} rows={rows - 3} />
    </Panel>
  );
}

/** The problem under the cursor: all of what is said of it, and the samples that are concerned. */
function Problem({ state, t, columns, rows }: ScreenProps) {
  const { problemIndex } = state.data;
  const problem = dataProblems(state)[problemIndex];
  if (!problem) return null;
  const lines = wrapWords(problem.message, columns - 4);
  const excluded = new Set(state.project?.excluded);
  const room = Math.max(0, rows - 4 - lines.length);
  const shown = problem.ids.slice(0, problem.ids.length > room ? room - 1 : room);
  return (
    <Panel
      t={t}
      title={problem.level === 'warning' ? 'Warning' : 'Note'}
      aside={problem.ids.length > 0 ? `${problem.ids.length}` : ''}
      width={columns}
      height={rows}
    >
      <Text>{lines.join('\n')}</Text>
      <Text dimColor>{problem.ids.length > 0 ? 'x leaves these samples out; again takes them in.' : 'No sample to leave out.'}</Text>
      {shown.map((id) => (
        <Text key={id} wrap="truncate-start" dimColor={excluded.has(id)}>
          {excluded.has(id) ? '− ' : '  '}
          {id}
        </Text>
      ))}
      {shown.length < problem.ids.length && <Text dimColor>{`  and ${problem.ids.length - shown.length} more`}</Text>}
    </Panel>
  );
}

function Problems({ state, t, columns, rows }: ScreenProps) {
  const problems = dataProblems(state);
  const { findings, focus, problemIndex } = state.data;
  const excluded = new Set(state.project?.excluded);
  const aside = excluded.size > 0 ? `${excluded.size} left out` : '';
  return (
    <Panel
      t={t}
      title={findings === undefined ? 'Looking for problems…' : problems.length === 0 ? 'No problems found' : `${problems.length} found`}
      aside={aside}
      width={columns}
      height={rows}
      focused={focus === 'problems'}
    >
      {problems.length === 0 && findings !== undefined && (
        <Text dimColor>No duplicates, no leaks, no class too small or far too large.</Text>
      )}
      {windowOf(problems, problemIndex, rows - 2).map(({ item, at }) => {
        const here = focus === 'problems' && at === problemIndex;
        const solved = item.ids.length > 0 && item.ids.every((id) => excluded.has(id));
        return (
          <Text key={`${at} ${item.message}`} wrap="truncate">
            <Text bold={here} {...tint(solved ? t.good : item.level === 'warning' ? t.warn : undefined)}>
              {here ? '❯ ' : '  '}
              {solved ? '✓' : item.level === 'warning' ? '!' : '·'}{' '}
            </Text>
            <Text bold={here} dimColor={solved}>
              {item.message}
            </Text>
            {here && item.ids.length > 0 && !solved ? <Text dimColor>{`  x leaves out ${item.ids.length}`}</Text> : null}
          </Text>
        );
      })}
    </Panel>
  );
}
