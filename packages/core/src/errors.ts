/** What went wrong, for programs; people read the message. */
export type ErrorCode =
  | 'invalid-model' // a file that is not the ONNX (or bundle, or tensor) it claims to be
  | 'invalid-data' // a dataset, sample or tensor that cannot be used
  | 'invalid-argument' // a call or a flag that cannot be meant
  | 'unsupported' // a valid model with something this engine cannot run
  | 'out-of-range' // an int64 value outside 32 bits, an index past its axis
  | 'no-adapter'
  | 'device-lost'
  | 'out-of-memory'
  | 'parity' // the two engines disagree on the same batch
  | 'network'
  | 'offline' // needed from the network, not in the cache
  | 'integrity' // bytes that do not have the hash they must have
  | 'disk'
  | 'cancelled'
  | 'internal';

export interface ErrorDetails {
  /** Where it happened: a file, `Softmax 'probs' (node 41)`, a flag. */
  readonly where?: string;
  /** What was expected; reads on from "expected". */
  readonly expected?: string;
  /** What came instead; reads on from "got". */
  readonly got?: string;
  /** What the reader can do about it: one full sentence. */
  readonly hint?: string;
  readonly node?: string;
  readonly cause?: unknown;
}

/** The one error type of core. Its message reads `<where>: <what>, expected <x>, got <y>. <hint>`. */
export class EngineError extends Error {
  readonly code: ErrorCode;
  readonly where: string | undefined;
  readonly node: string | undefined;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, what: string, details: ErrorDetails = {}) {
    const { where, expected, got, hint, node, cause } = details;
    const clauses = [what, expected === undefined ? '' : `expected ${expected}`, got === undefined ? '' : `got ${got}`];
    const sentence = clauses.filter(Boolean).join(', ');
    super(`${where ? `${where}: ` : ''}${sentence}.${hint ? ` ${hint}` : ''}`, cause === undefined ? {} : { cause });
    this.name = 'EngineError';
    this.code = code;
    this.where = where;
    this.node = node;
    this.hint = hint;
  }
}

/** Throws the standard error when `signal` is aborted; long work calls it between steps. */
export function throwIfCancelled(signal: AbortSignal | undefined, what: string): void {
  if (signal?.aborted) throw new EngineError('cancelled', `${what} was cancelled`, { cause: signal.reason });
}
