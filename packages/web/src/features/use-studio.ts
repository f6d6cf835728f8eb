import { createContext, useContext, useSyncExternalStore } from 'react';
import type { StudioController } from './controller.ts';
import type { StudioState } from './state.ts';

const ControllerContext = createContext<StudioController | undefined>(undefined);

export const ControllerProvider = ControllerContext.Provider;

export function useController(): StudioController {
  const controller = useContext(ControllerContext);
  if (!controller) throw new Error('no studio around this view');
  return controller;
}

/** A part of the state; draws again when it changes. `select` must give the same object for the same state. */
export function useStudio<T>(select: (state: StudioState) => T): T {
  const controller = useController();
  return useSyncExternalStore(controller.subscribe, () => select(controller.state));
}
