/** What a job is asked to do. */
export type JobParams =
  | {
      readonly kind: 'train';
      readonly dataset: string;
      readonly backbone: string;
      readonly name: string;
      readonly cut?: string | undefined;
      readonly size?: number | undefined;
      readonly l2: 'auto' | number;
      readonly folds: number;
      readonly seed: number;
      readonly testShare: number;
      readonly classWeights: 'none' | 'balanced';
      /** Alias to lead to the model once it is there. */
      readonly alias?: string | undefined;
      readonly exportOnnx: boolean;
    }
  | { readonly kind: 'extract'; readonly dataset: string; readonly backbone: string; readonly size?: number | undefined }
  | { readonly kind: 'export'; readonly model: string }
  | { readonly kind: 'download'; readonly backbone: string };

export interface JobProgress {
  readonly phase: 'plan' | 'download' | 'extract' | 'train' | 'export';
  readonly done: number;
  readonly total: number;
  readonly unit: 'samples' | 'bytes' | 'steps';
}

export interface JobResult {
  /** The model of a training. */
  readonly model?: string;
  /** Blob of the features: a safetensors file. */
  readonly features?: string;
  readonly samples?: number;
  readonly dimension?: number;
  /** Samples that could not be used, the first hundred of them. */
  readonly skipped?: readonly { readonly id: string; readonly reason: string }[];
  readonly accuracy?: number;
  readonly engine?: string;
}
