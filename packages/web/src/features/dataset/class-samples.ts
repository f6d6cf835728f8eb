import type { CSSProperties } from 'react';
import type { SampleRecord, SampleState } from '../../worker/samples/state.ts';

const groups = new WeakMap<SampleState, ReadonlyMap<string, readonly SampleRecord[]>>();

const none: readonly SampleRecord[] = [];

/** The samples of a class, last added first; the same array for the same state. */
export function samplesOfClass(state: SampleState, classId: string): readonly SampleRecord[] {
  let group = groups.get(state);
  if (!group) {
    group = Map.groupBy([...state.samples.values()].reverse(), (sample) => sample.classId);
    groups.set(state, group);
  }
  return group.get(classId) ?? none;
}

/** Colours of classes by their place, as a custom property that styles read. */
export function classColour(index: number): CSSProperties {
  return { '--class-hue': `${hues[index % hues.length]}` } as CSSProperties;
}

/** Far apart for neighbours, and none that reads as an error. */
const hues = [255, 145, 60, 320, 200, 100, 285, 30];
