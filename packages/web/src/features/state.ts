import type { Backend, Project, TrainProgress } from '@headstart/core';
import type {
  BackboneChoice,
  EngineInfo,
  ExportKind,
  ImportProgress,
  ImportSummary,
  Modality,
  ModelInfo,
  TrainEvent,
} from '../worker/protocol.ts';
import { emptyState, type SampleState } from '../worker/samples/state.ts';
import type { UndoLabel } from '../worker/samples/store.ts';

/** One point of the loss curve. */
export interface CurvePoint {
  readonly phase: TrainProgress['phase'];
  readonly l2: number;
  readonly iteration: number;
  readonly objective: number;
}

export interface Notice {
  readonly id: number;
  readonly tone: 'good' | 'bad' | 'plain';
  readonly text: string;
  readonly action?: { readonly label: string; run(): void };
}

export interface StudioState {
  readonly phase: 'opening' | 'ready' | 'elsewhere' | 'failed' | 'insecure';
  readonly failure: string;
  readonly modality: Modality;
  readonly samples: SampleState;
  readonly undo: UndoLabel | undefined;
  readonly project: Project | undefined;
  readonly backbones: readonly BackboneChoice[];
  readonly engine: EngineInfo | undefined;
  readonly backend: Backend;
  readonly importing: ImportProgress | undefined;
  readonly skipped: ImportSummary['skipped'];
  readonly training: TrainEvent | undefined;
  readonly curve: readonly CurvePoint[];
  /** What predictions come from. */
  readonly model: ModelInfo | undefined;
  /** The model that was measured, also while another one predicts. */
  readonly trained: ModelInfo | undefined;
  /** Whether samples changed after the model was trained. */
  readonly stale: boolean;
  /** What a prediction that takes long waits for, such as the backbone. */
  readonly waiting: TrainEvent | undefined;
  readonly exporting: ExportKind | undefined;
  /** The sound that is heard: a sample's id, or a file. */
  readonly playing: string | Blob | undefined;
  readonly verification: 'none' | 'running' | 'passed';
  readonly notices: readonly Notice[];
}

export interface StudioOptions {
  readonly modality: Modality;
  readonly project: string;
  readonly backend: Backend;
  readonly base: string;
  readonly hub?: string;
  readonly backbone?: string;
  /** Address of a bundle to open, for a predictor. */
  readonly src?: string;
}

/** Two samples in each of two classes make a head that can be watched. */
export function canFollow({ classes, samples }: SampleState): boolean {
  const counts = new Map(classes.map(({ id }) => [id, 0]));
  for (const { classId } of samples.values()) counts.set(classId, (counts.get(classId) ?? 0) + 1);
  return [...counts.values()].filter((count) => count >= 2).length >= 2;
}

/** Before anything is opened. */
export function initialState({ modality, backend }: StudioOptions): StudioState {
  return {
    phase: 'opening',
    failure: '',
    modality,
    samples: emptyState,
    undo: undefined,
    project: undefined,
    backbones: [],
    engine: undefined,
    backend,
    importing: undefined,
    skipped: [],
    training: undefined,
    curve: [],
    model: undefined,
    trained: undefined,
    stale: false,
    waiting: undefined,
    exporting: undefined,
    playing: undefined,
    verification: 'none',
    notices: [],
  };
}
