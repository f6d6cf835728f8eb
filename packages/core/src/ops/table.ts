import type { AnyOp } from './op.ts';

/** Every operator record, alphabetical by type; versions of one type side by side. The one list of what the project knows. */
export const opTable: readonly AnyOp[] = [];
