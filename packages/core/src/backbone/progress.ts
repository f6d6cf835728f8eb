/** Told while files come in; `total` is undefined where nobody knows it. */
export interface DownloadProgress {
  readonly file: string;
  /** Bytes there already, those of earlier attempts included. */
  readonly bytes: number;
  readonly total: number | undefined;
}

/** Told while samples are worked on. */
export interface ExtractionProgress {
  readonly done: number;
  readonly total: number;
  /** Samples whose features were in the store. */
  readonly reused: number;
  /** Samples a second, of those computed in this run; 0 until the first batch is done. */
  readonly rate: number;
  /** Seconds left at that rate; undefined until it is known. */
  readonly secondsLeft: number | undefined;
}
