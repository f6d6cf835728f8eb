import { Box, Text } from 'ink';
import { formatBytes, formatSeconds } from '../../plain.ts';
import { progressBar } from '../components/bar.ts';
import { Curve } from '../components/curve.tsx';
import { backboneTitle, fit, percentText } from '../components/list.ts';
import { Panel } from '../components/panel.tsx';
import type { Theme } from '../components/theme.ts';
import type { Extraction } from '../worker/protocol.ts';
import { type ScreenProps, tint } from './view.ts';

/** Lines of a curve beyond which it tells no more. */
const tallest = 16;

const doing = {
  idle: '',
  running: 'training',
  pausing: 'pausing after this step…',
  paused: 'paused',
  stopping: 'stopping after this step…',
  done: 'trained',
  stopped: 'stopped',
  failed: 'failed',
} as const;

/** A training as it goes on: features, then the head's curves. */
export function LiveTraining({ state, t, columns, rows }: ScreenProps) {
  const { train, project, backbone } = state;
  const width = columns - 4;
  const wide = width >= 100;
  const colour = train.status === 'paused' || train.status === 'pausing' ? t.warn : train.status === 'failed' ? t.bad : t.accent;
  const notes = train.notes.slice(-2);
  const head = 5 + notes.length;
  const room = Math.max(2, Math.min(tallest, rows - 2 - head));
  const each = wide ? Math.floor((width - 4) / 3) : Math.floor((width - 2) / 2);
  const accuracy = train.sweep.map((point) => point.accuracy);
  const heldOut = train.sweep.map((point) => point.logLoss);
  return (
    <Panel
      t={t}
      title={`${[train.runId ?? 'Training', ...(project ? ['on', backboneTitle(project.backbone.name)] : [])].join(' ')}`}
      aside={doing[train.status]}
      width={columns}
      height={rows}
      focused
    >
      <Text wrap="truncate">
        <Text bold {...tint(colour)}>
          {train.status === 'paused' ? '⏸ paused' : train.text || doing[train.status]}
        </Text>
        {backbone.download && (
          <Text dimColor>{`  ${formatBytes(backbone.download.bytes)} of ${formatBytes(backbone.download.total)} fetched`}</Text>
        )}
      </Text>
      <Progress t={t} name="to train on" extraction={train.train} width={width} />
      <Progress t={t} name="held out" extraction={train.test} width={width} />
      <Text wrap="truncate">
        {fit('head', 12)}
        <Text dimColor>
          {train.iteration
            ? `${train.iteration.phase === 'fit' ? 'last fit' : 'cross-validation'}, λ ${train.iteration.l2.toPrecision(3)}, iteration ${train.iteration.iteration}, ${train.sweep.length} strengths tried`
            : 'waits for the features'}
        </Text>
      </Text>
      {notes.map((note) => (
        <Text key={note} {...tint(t.warn)} wrap="truncate">
          ! {note}
        </Text>
      ))}
      <Text> </Text>
      <Box gap={2}>
        {train.losses.length === 0 ? (
          <Curve
            t={t}
            title="samples a second"
            from={0}
            values={train.rates}
            columns={wide ? each : width}
            rows={room}
            show={short}
            colour={t.accent}
            empty=""
          />
        ) : (
          <>
            <Curve t={t} title="loss" values={train.losses} columns={each} rows={room} show={short} colour={t.accent} empty="not yet" />
            <Curve
              t={t}
              title="held-out accuracy"
              values={accuracy}
              columns={each}
              rows={room}
              show={(value) => percentText(value)}
              colour={t.good}
              empty="after a strength"
            />
            {wide && (
              <Curve
                t={t}
                title="held-out log loss"
                values={heldOut}
                columns={each}
                rows={room}
                show={short}
                colour={t.warn}
                empty="after a strength"
              />
            )}
          </>
        )}
      </Box>
    </Panel>
  );
}

function Progress({ t, name, extraction, width }: { t: Theme; name: string; extraction: Extraction | undefined; width: number }) {
  if (!extraction) {
    return (
      <Text wrap="truncate">
        {fit(name, 12)}
        <Text dimColor>not begun</Text>
      </Text>
    );
  }
  const { done, total, reused, rate, secondsLeft } = extraction;
  const cells = Math.max(10, Math.min(40, width - 56));
  const { filled, rest } = progressBar(total > 0 ? done / total : 1, cells);
  const over = done >= total;
  const left = over ? '✓' : secondsLeft === undefined ? '' : `${formatSeconds(secondsLeft)} left`;
  return (
    <Text wrap="truncate">
      {fit(name, 12)}
      <Text {...tint(over ? t.good : t.accent)}>{filled}</Text>
      <Text dimColor>{rest}</Text>
      {` ${done} of ${total}  `}
      <Text bold>{left}</Text>
      <Text dimColor>
        {rate > 0 ? `  ${rate.toFixed(rate < 10 ? 1 : 0)}/s` : ''}
        {reused > 0 ? `  ${reused} were in the store` : ''}
      </Text>
    </Text>
  );
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(3).slice(0, 5);
}
