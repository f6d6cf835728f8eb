/** What a worker is started with. */
export interface WorkerSettings {
  readonly engine: 'auto' | 'webgpu' | 'wasm';
  /** Folder of `--cache`; the shared one when left out. */
  readonly cache?: string;
  readonly offline: boolean;
  /** Of `Control`. */
  readonly control: SharedArrayBuffer;
}
