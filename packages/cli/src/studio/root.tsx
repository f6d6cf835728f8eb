import { useInput, usePaste } from 'ink';
import { useSyncExternalStore } from 'react';
import { keyNames } from './keys.ts';
import { App } from './screens/app.tsx';
import type { Store } from './store.ts';

/** The store's state on the screen, and keys into the store. */
export function Root({ store }: { readonly store: Store }) {
  const state = useSyncExternalStore(store.subscribe, store.get);
  useInput((input, key) => {
    for (const name of keyNames(input, key)) store.send({ type: 'key', key: name });
  });
  usePaste((text) => store.send({ type: 'paste', text }));
  return <App state={state} />;
}
