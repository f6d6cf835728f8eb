import type { DType } from '../tensor/dtype.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** One axis: a bound size, or the name of a symbolic dimension (`batch`, or an expression such as `height/2`). */
export type Dim = number | string;

/** Type of a value: dtype and shape, symbolic until `specialise` binds it. */
export interface ValueType {
  readonly dtype: DType;
  readonly shape: readonly Dim[];
}

/** ONNX attribute values. Ints and floats are numbers, bytes are decoded as UTF-8 strings. */
export type AttributeValue =
  | number
  | string
  | Tensor
  | Graph
  | readonly number[]
  | readonly string[]
  | readonly Tensor[]
  | readonly Graph[]
  /** Structured attributes of our own core operators: expressions. They never reach a file. */
  | readonly object[];
export type AttributeMap = Readonly<Record<string, AttributeValue>>;

/** Operator domains: the ONNX standard, ONNX Runtime's contrib set, and our own core set that passes lower to. */
export type Domain = '' | 'com.microsoft' | 'headstart' | (string & {});

/** A graph vertex. Values are named; an absent optional input or unused output is ''. */
export interface Node {
  readonly name: string;
  readonly type: string;
  readonly domain: Domain;
  /** Version of the domain's operator set the node is written against. */
  readonly opset: number;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: AttributeMap;
  /** Attributes that are floats though their numbers are whole: ONNX tells 1.0 from 1, and export must write it back. */
  readonly floatAttributes?: readonly string[];
}

/** An immutable SSA graph: every value name is a graph input, a constant, or the output of exactly one node. */
export interface Graph {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** In topological order. */
  readonly nodes: readonly Node[];
  readonly constants: ReadonlyMap<string, Tensor>;
  /** Type of every value whose type is known: inputs, constants, node outputs. */
  readonly types: ReadonlyMap<string, ValueType>;
  /** Free-form model metadata (`metadata_props`), kept from import to export. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** `Softmax 'probs' (node 41)`: how messages name a node. */
export function describeNode(node: Pick<Node, 'type' | 'name'>, index?: number): string {
  return `${node.type}${node.name ? ` '${node.name}'` : ''}${index === undefined ? '' : ` (node ${index})`}`;
}

export function isBound(shape: readonly Dim[]): shape is readonly number[] {
  return shape.every((dim) => typeof dim === 'number');
}

/** `float32[batch, 3, 224, 224]`. */
export function formatType(type: ValueType | undefined): string {
  return type ? `${type.dtype}[${type.shape.join(', ')}]` : '?';
}
