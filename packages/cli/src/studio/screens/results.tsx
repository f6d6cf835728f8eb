import { Box, Text } from 'ink';
import { bar } from '../components/bar.ts';
import { HeatMap } from '../components/heat-map.tsx';
import { backboneTitle, fit, fitPath, percentText, windowOf, wrapWords } from '../components/list.ts';
import { Panel } from '../components/panel.tsx';
import { SamplePreview } from '../components/sample-preview.tsx';
import { answersOfCell } from '../model/results-keys.ts';
import { currentRun } from '../model/state.ts';
import type { Results as Found } from '../worker/protocol.ts';
import { type ScreenProps, tint } from './view.ts';

export function Results(props: ScreenProps) {
  const { state, columns, rows } = props;
  const { results, loading, view } = state.results;
  if (!results) {
    const text = loading ? 'Reading the results…' : 'What this run found is no longer there; train again to see it.';
    return <Text dimColor> {text}</Text>;
  }
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Headline {...props} results={results} />
      {view === 'matrix' ? (
        <Matrix {...props} results={results} rows={rows - 3} />
      ) : (
        <Classes {...props} results={results} rows={rows - 3} />
      )}
    </Box>
  );
}

function Headline({ state, t, results: { metrics, training } }: ScreenProps & { readonly results: Found }) {
  const { accuracy, accuracyInterval, samples, majority, macroF1, logLoss, calibration } = metrics;
  const run = currentRun(state);
  const range = `${percentText(accuracyInterval.low)} to ${percentText(accuracyInterval.high)}`;
  return (
    <Box flexDirection="column" paddingX={1}>
      <Text wrap="truncate">
        <Text bold {...tint(accuracy > majority.accuracy ? t.good : t.warn)}>
          {percentText(accuracy)}
        </Text>
        <Text> accurate on {samples} samples it has not seen</Text>
        <Text dimColor>
          {' '}
          ({Math.round(accuracyInterval.level * 100)} % interval {range})
        </Text>
      </Text>
      <Text dimColor wrap="truncate">
        Always '{majority.label}': {percentText(majority.accuracy)}. Macro F1 {macroF1.toFixed(3)}, log loss {logLoss.toFixed(3)},
        calibration error {percentText(calibration.error)}.
      </Text>
      <Text dimColor wrap="truncate">
        {run?.id} · {backboneTitle(run?.backbone ?? '')} · {training.samples} trained on · λ {training.l2.toPrecision(3)} · seed{' '}
        {training.seed} · {training.adapter ? `${training.engine} on ${training.adapter}` : training.engine}
      </Text>
    </Box>
  );
}

function Matrix(props: ScreenProps & { readonly results: Found }) {
  const { state, t, columns, rows, results } = props;
  const { labels, confusion } = results.metrics;
  const { row, column, focus } = state.results;
  const name = Math.min(14, Math.max(9, ...labels.map((label) => label.length)));
  // As wide as the names of the classes want, where half of the screen allows it.
  const room = Math.floor((Math.floor(columns * 0.58) - name - 5) / labels.length);
  const cell = Math.max(5, Math.min(room, 11, 2 + Math.max(...labels.map((label) => label.length))));
  const wanted = name + 5 + cell * labels.length;
  const left = Math.min(Math.max(30, wanted), columns - 28);
  const legend = rows - 2 - (labels.length + 1) >= 5;
  const matrix = legend ? labels.length + 1 : rows - 2;
  return (
    <Box>
      <Panel t={t} title="Confusion" aside={left > 44 ? 'rows: what it is' : ''} width={left} height={rows} focused={focus === 'matrix'}>
        <HeatMap
          t={t}
          labels={labels}
          confusion={confusion}
          row={row}
          column={column}
          active
          cell={cell}
          columns={left - 4}
          rows={matrix}
        />
        {legend && <ClassFacts t={t} results={results} row={row} column={column} width={left - 4} />}
      </Panel>
      <Cell {...props} columns={columns - left} />
    </Box>
  );
}

function nbsp(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}

/** The cell under the cursor in words. */
function ClassFacts(props: {
  readonly t: ScreenProps['t'];
  readonly results: Found;
  readonly row: number;
  readonly column: number;
  readonly width: number;
}) {
  const { t, results, row, column, width } = props;
  const { perClass, confusion } = results.metrics;
  const truth = perClass[row];
  const answer = perClass[column];
  if (!truth || !answer) return null;
  const count = confusion[row]?.[column] ?? 0;
  const share = truth.support > 0 ? percentText(count / truth.support, 0) : '–';
  const said = row === column ? 'found' : `taken for ${answer.label}`;
  const lines = wrapWords(
    `${count} of ${truth.support} ${truth.label} ${said}, ${nbsp(share)}. Recall of ${truth.label} ${nbsp(percentText(truth.recall, 0))}, precision of ${answer.label} ${nbsp(percentText(answer.precision, 0))}.`,
    width,
  );
  return (
    <Box flexDirection="column" marginTop={1}>
      <Text>{lines.slice(0, 2).join('\n')}</Text>
      {t.look.colours && (
        <Text dimColor wrap="truncate">
          The stronger the colour, the larger the share of the row.
        </Text>
      )}
    </Box>
  );
}

function Cell({ state, t, columns, rows, results }: ScreenProps & { readonly results: Found }) {
  const { row, column, index, focus } = state.results;
  const { labels } = results.metrics;
  const answers = answersOfCell(state);
  const right = row === column;
  const title = right ? `${labels[row]}, found` : `${labels[row]} taken for ${labels[column]}`;
  const list = Math.min(answers.length, Math.max(3, Math.floor((rows - 3) / 3)));
  const width = columns - 4;
  return (
    <Panel
      t={t}
      title={title}
      aside={answers.length > 0 ? `${answers.length}` : ''}
      width={columns}
      height={rows}
      focused={focus === 'samples'}
    >
      {answers.length === 0 && <Text dimColor>No such sample.</Text>}
      {windowOf(answers, index, list).map(({ item, at }) => {
        const here = at === index;
        return (
          <Text key={item.id} wrap="truncate">
            <Text bold={here && focus === 'samples'} {...(here ? tint(right ? t.good : t.bad) : {})}>
              {here ? '❯ ' : '  '}
              {fitPath(item.id, Math.max(4, width - 8))}
            </Text>
            <Text dimColor>{fit(percentText(item.confidence, 0), 6, 'right')}</Text>
          </Text>
        );
      })}
      {answers.length > 0 && <Text> </Text>}
      <SamplePreview t={t} preview={state.preview} id={answers[index]?.id} columns={width} rows={rows - list - 3} />
    </Panel>
  );
}

function Classes({ state, t, columns, rows, results }: ScreenProps & { readonly results: Found }) {
  const { perClass } = results.metrics;
  const { row } = state.results;
  const name = Math.min(24, Math.max(8, ...perClass.map(({ label }) => label.length)));
  const width = Math.max(6, columns - name - 54);
  return (
    <Panel t={t} title="Class by class" aside={`${perClass.length} classes`} width={columns} height={rows} focused>
      <Text dimColor wrap="truncate">
        {`  ${fit('class', name)}  ${fit('precision', 9, 'right')}  ${fit('recall', 9, 'right')}  ${fit('F1', 6, 'right')}  ${fit('samples', 7, 'right')}  F1`}
      </Text>
      {windowOf(perClass, row, rows - 3).map(({ item, at }) => {
        const here = at === row;
        const { filled } = bar(item.f1, width);
        return (
          <Text key={item.label} wrap="truncate">
            <Text bold={here} {...(here ? tint(t.accent) : {})}>
              {here ? '❯ ' : '  '}
              {fit(item.label, name)}
            </Text>
            {`  ${fit(percentText(item.precision), 9, 'right')}  ${fit(percentText(item.recall), 9, 'right')}  ${fit(item.f1.toFixed(3), 6, 'right')}  ${fit(`${item.support}`, 7, 'right')}  `}
            <Text {...tint(item.f1 >= results.metrics.macroF1 ? t.good : t.warn)}>{filled}</Text>
          </Text>
        );
      })}
    </Panel>
  );
}
