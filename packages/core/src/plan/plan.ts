import type { DType } from '../tensor/dtype.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Dispatch, Elem } from '../wgsl/kernel.ts';

/** Where a value's bytes are: a numbered buffer of the plan. */
export interface Slot {
  readonly buffer: number;
  readonly bytes: number;
}

export interface PlannedValue {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly elem: Elem;
  readonly buffer: number;
}

/**
 * A buffer of the plan: an input, a constant, a slot of the arena that several values use one after the other, or the word in which steps
 * report 64-bit integers that do not fit (wgsl/overflow.ts); plans without such steps have none.
 */
export type PlannedBuffer =
  | { readonly kind: 'input'; readonly bytes: number; readonly value: string }
  | { readonly kind: 'constant'; readonly bytes: number; readonly value: string; readonly tensor: Tensor; readonly elem: Elem }
  | { readonly kind: 'arena'; readonly bytes: number }
  | { readonly kind: 'overflow'; readonly bytes: number };

/** A dispatch with its buffers resolved. */
export interface Step {
  /** `Conv 'conv1'`: the node it computes, for explain and errors. */
  readonly node: string;
  readonly candidate: string;
  readonly dispatch: Dispatch;
  /** Plan buffer of each binding, in the kernel's order. */
  readonly buffers: readonly number[];
  readonly outputs: readonly string[];
  /** Of a step that reports 64-bit integers: the nodes of the file that it computes, for the error. */
  readonly origin?: string;
}

/** Everything decided before the first dispatch; device-free. */
export interface Plan {
  readonly inputs: readonly PlannedValue[];
  readonly outputs: readonly PlannedValue[];
  readonly buffers: readonly PlannedBuffer[];
  readonly steps: readonly Step[];
}
