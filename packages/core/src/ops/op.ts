import type { GraphBuilder } from '../ir/builder.ts';
import type { AttributeMap, Domain, Graph, ValueType } from '../ir/graph.ts';
import type { DType } from '../tensor/dtype.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Candidate, Capabilities, Elem } from '../wgsl/kernel.ts';
import type { AttributeSpec } from './attribute.ts';
import type { RuntimeValue } from './value.ts';

/** A value as kernels see it: bound shape, dtype, and the element type it has on this adapter. */
export interface BoundType {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly elem: Elem;
}

export interface InferContext {
  /** The tensor of an input that is constant. */
  constant(index: number): Tensor | undefined;
  /** Number of outputs the node asks for (0 while it is not known). */
  readonly outputs: number;
}

export interface KernelContext {
  readonly outputs: readonly BoundType[];
  readonly caps: Capabilities;
}

export interface LowerContext<A> {
  readonly g: GraphBuilder;
  /** Names of the inputs in `g`; '' where absent. */
  readonly inputs: readonly string[];
  readonly types: readonly (ValueType | undefined)[];
  readonly attributes: A;
  /** How many outputs are asked for, and which are used. */
  readonly used: readonly boolean[];
  constant(index: number): Tensor | undefined;
}

export interface GradientContext<A> {
  readonly g: GraphBuilder;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Gradient of each output; '' where none flows. */
  readonly dy: readonly string[];
  readonly types: readonly (ValueType | undefined)[];
  readonly attributes: A;
  constant(index: number): Tensor | undefined;
}

/** What a host step is given besides its inputs. */
export interface HostContext {
  /** Number of outputs the node has. */
  readonly outputs: number;
  /** Runs a subgraph of the node as a session of its own, with what it captures. `feeds` are its inputs, in order. */
  body(graph: Graph, feeds: readonly RuntimeValue[]): Promise<readonly RuntimeValue[]>;
}

/**
 * Everything the project knows of one operator version. Shared code never asks which op it has: it asks the record.
 * An op has `kernels` (it runs as WGSL), or `lower` (it is written with other ops), or neither: it folds away, or is a host step.
 */
export interface Op<A = Record<string, never>> {
  readonly type: string;
  readonly domain?: Domain;
  /** First operator-set version this record is right for; it holds up to the next record of the same type. */
  readonly since: number;
  readonly attributes: AttributeSpec<A>;
  /** Output types; symbolic dimensions are passed on or combined (ir/dims). */
  infer(inputs: readonly (ValueType | undefined)[], attributes: A, context: InferContext): readonly ValueType[];
  /** The definition, naive and exact, on host tensors. */
  reference(inputs: readonly (Tensor | undefined)[], attributes: A, outputs: number): readonly Tensor[];
  /** Output values that follow from the input types alone (Shape, Size); undefined while a dimension is symbolic. */
  constantFrom?(inputs: readonly (ValueType | undefined)[], attributes: A): readonly Tensor[] | undefined;
  /** Candidates, best first; reads types, never a device. */
  kernels?(inputs: readonly (BoundType | undefined)[], attributes: A, context: KernelContext): readonly Candidate[];
  /** Emits equivalent nodes and returns the names of the outputs. Runs on bound shapes. */
  lower?(context: LowerContext<A>): readonly string[];
  /** True when the output is the input's bytes under another shape: the planner aliases it. */
  readonly alias?: boolean;
  /**
   * Runs as a host step between GPU segments: for what is no tensor (sequences, optionals) and what runs subgraphs. Tensors come as they
   * lie, also on the device; what only passes them on does not read them. An op without this, `kernels`, `lower` and `alias` runs its
   * `reference` there.
   */
  run?(inputs: readonly (RuntimeValue | undefined)[], attributes: A, context: HostContext): Promise<readonly RuntimeValue[]>;
  /** True when the output is the input whatever kind of value it is: also a sequence, an optional or strings. */
  readonly passes?: boolean;
  /** True when equal inputs need not give equal outputs: never folded into a constant. */
  readonly random?: boolean;
  /**
   * Where the attributes have an `expression`: index of the first input that is one of its operands; the inputs before it are the op's own.
   * The fusion pass appends operands there. (`headstart.Elementwise` has 0: its expression reads its inputs and no accumulator.)
   */
  readonly operandsFrom?: number;
  /** Emits the gradient of each input as graph nodes; '' where there is none. Formula in a comment above it. */
  vjp?(context: GradientContext<A>): readonly string[];
}

/** An op of any attributes, as tables hold it. */
// biome-ignore lint/suspicious/noExplicitAny: attributes are checked by the record's own spec before use
export type AnyOp = Op<any>;

export type { AttributeMap };
