import { Box, type Instance, render, Static, Text, useInput } from 'ink';
import { useSyncExternalStore } from 'react';
import { themeOf } from './components/theme.ts';
import { keyNames } from './keys.ts';
import type { LiveState } from './live.ts';
import { LiveTraining } from './screens/live-training.tsx';
import { tint } from './screens/view.ts';

interface LiveStore {
  get(): LiveState;
  subscribe(listener: () => void): () => void;
}

/** Puts the live view under what was said so far. */
export function mountLive(store: LiveStore, press: (key: string) => void): Instance {
  return render(<Root store={store} press={press} />, { interactive: true, exitOnCtrlC: false, incrementalRendering: true });
}

function Root({ store, press }: { readonly store: LiveStore; readonly press: (key: string) => void }) {
  const state = useSyncExternalStore(store.subscribe, store.get);
  useInput((input, key) => {
    for (const name of keyNames(input, key)) press(name);
  });
  return <LiveView state={state} />;
}

/** What was said, the training, and the keys that work. */
export function LiveView({ state: { studio, said, over } }: { readonly state: LiveState }) {
  const t = themeOf(studio.look);
  const { columns, rows } = studio.size;
  const { status } = studio.train;
  const hints =
    status === 'stopping'
      ? [['Ctrl-C', 'end at once']]
      : [
          ['p', status === 'running' ? 'pause' : 'go on'],
          ['x', 'stop; the same command goes on there'],
        ];
  return (
    <>
      <Static items={[...said]}>{({ id, text }) => <Text key={id}>{text}</Text>}</Static>
      {/* Opening an adapter, Dawn writes to the terminal itself: until then there is nothing that it could tear. */}
      {!over && studio.train.phase !== undefined && (
        <Box flexDirection="column">
          <LiveTraining state={studio} t={t} columns={columns} rows={rows} />
          <Text wrap="truncate">
            {hints.map(([key, label]) => (
              <Text key={key}>
                {' '}
                <Text bold {...tint(t.accent)}>
                  {key}
                </Text>
                <Text dimColor> {label} </Text>
              </Text>
            ))}
          </Text>
        </Box>
      )}
    </>
  );
}
