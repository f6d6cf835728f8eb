import { Box, Text } from 'ink';
import { formatSeconds } from '../../plain.ts';
import { backboneTitle, fit } from '../components/list.ts';
import { Panel } from '../components/panel.tsx';
import { speedOf } from '../model/backbone-keys.ts';
import { isTraining, type State, unfinishedRun } from '../model/state.ts';
import { settingsOf } from '../model/train-keys.ts';
import { LiveTraining } from './live-training.tsx';
import { type ScreenProps, tint } from './view.ts';

/** Lines that a training that has ended is worth. */
const enough = 11;

export function Train(props: ScreenProps) {
  const { state, columns, rows } = props;
  const { train, project } = state;
  if (!project) return null;
  if (isTraining(state)) return <LiveTraining {...props} />;
  const settings = settingsOf(project);
  const seen = train.status === 'idle' ? 0 : Math.max(0, rows - settings.length - 8);
  const top = rows - (seen >= enough ? seen : 0);
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Settings {...props} rows={top} />
      {seen >= enough && <LiveTraining {...props} rows={seen} />}
    </Box>
  );
}

function Settings({ state, t, columns, rows }: ScreenProps) {
  const { project, train } = state;
  if (!project) return null;
  const width = columns - 4;
  return (
    <Panel t={t} title="A logistic head" aside={`on ${backboneTitle(project.backbone.name)}`} width={columns} height={rows} focused>
      {settingsOf(project).map(({ name, note, value }, at) => {
        const here = at === train.index;
        return (
          <Text key={name} wrap="truncate">
            <Text bold={here} {...(here ? tint(t.accent) : {})}>
              {here ? '❯ ' : '  '}
              {fit(name, 14)}
            </Text>
            <Text dimColor={!here}>{here ? '‹ ' : '  '}</Text>
            <Text bold={here}>{fit(value(project), 13)}</Text>
            <Text dimColor>{here ? ' › ' : '   '}</Text>
            <Text dimColor>{fit(note, Math.max(0, width - 36)).trimEnd()}</Text>
          </Text>
        );
      })}
      <Text> </Text>
      <Text wrap="truncate">{forecast(state)}</Text>
      <Outcome state={state} t={t} columns={columns} rows={1} />
    </Panel>
  );
}

/** How much there is to do, and how long it will take. */
function forecast(state: State): string {
  const { project, data } = state;
  if (!project) return '';
  const excluded = new Set(project.excluded);
  const samples = data.summary?.samples.filter(({ id }) => !excluded.has(id)).length;
  if (samples === undefined) return 'Reading the data…';
  const held = data.summary?.split
    ? 'the test split that comes with the data'
    : `${Math.round(project.head.testShare * 100)} % of them held out`;
  const rate = speedOf(state, project.backbone.name);
  const time = rate ? `; about ${formatSeconds(samples / rate)} for features that are not there yet` : '';
  return `${samples} samples, ${held}${time}.`;
}

function Outcome({ state, t }: ScreenProps) {
  const { status } = state.train;
  const unfinished = unfinishedRun(state);
  if (status === 'done') {
    return (
      <Text wrap="truncate" {...tint(t.good)}>
        ✓ {state.train.runId} is trained. 5 shows what it is worth, 6 tries it, 7 exports it.
      </Text>
    );
  }
  if (status === 'failed') return <Text {...tint(t.bad)}>✗ The training failed; features that were done are kept.</Text>;
  if (unfinished) {
    return (
      <Text wrap="truncate" {...tint(t.warn)}>
        {unfinished.id} was interrupted. s goes on with it: features that are done are not computed again.
      </Text>
    );
  }
  return <Text dimColor>s starts it.</Text>;
}
