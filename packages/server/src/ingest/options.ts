/** What an upload says of the files that follow. */
export interface UploadOptions {
  /** Label of every sample, instead of that of its folder. */
  readonly label?: string;
  readonly textColumn?: string;
  readonly labelColumn?: string;
  /** Group of every sample, such as the speaker of all clips. */
  readonly group?: string;
  /** Which part of a file's name is its group, the name cut at `_` and counted from 1. */
  readonly groupPart?: number;
  readonly groupColumn?: string;
  /** The archive is a project: its headstart.json says what is what. */
  readonly project?: true;
}
