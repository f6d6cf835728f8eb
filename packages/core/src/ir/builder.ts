import { EngineError } from '../errors.ts';
import type { DType } from '../tensor/dtype.ts';
import { Tensor } from '../tensor/tensor.ts';
import { type AttributeMap, type Dim, type Domain, describeNode, type Graph, type Node, type ValueType } from './graph.ts';

/** What the builder needs of an operator; `ops/registry` provides it, so that `ir` depends on no operator. */
export interface NodeRules {
  /** Output types. Throws EngineError when the inputs cannot be meant. */
  infer(node: Node, inputs: readonly (ValueType | undefined)[], constant: (index: number) => Tensor | undefined): readonly ValueType[];
  /** Output values when all are computable now from constant inputs (shape arithmetic), else undefined. */
  fold(
    node: Node,
    inputs: readonly (ValueType | undefined)[],
    constant: (index: number) => Tensor | undefined,
  ): readonly Tensor[] | undefined;
  /** Newest version of a domain's operator set this build knows. */
  opset(domain: Domain): number;
}

export interface AddOptions {
  readonly name?: string;
  readonly domain?: Domain;
  readonly opset?: number;
  /** Names for the outputs; '' marks one as unused. Fresh names when left out. */
  readonly outputs?: readonly string[];
  readonly floatAttributes?: readonly string[];
}

export interface BuilderOptions {
  /** Whether constant nodes are evaluated as they are added (true when left out). */
  readonly fold?: boolean;
  /** Names that `fresh` must not give out because a later node claims them: the values of the graph being replayed. */
  readonly reserved?: { has(name: string): boolean };
  /** The builder of the enclosing graph, whose values a subgraph (If, Loop, Scan body) may read. */
  readonly parent?: GraphBuilder;
}

/**
 * Builds a graph node by node, inferring each type as it is added and folding what is constant.
 * Gradients, passes and import all emit through it.
 */
export class GraphBuilder {
  readonly #rules: NodeRules;
  readonly #nodes: Node[] = [];
  readonly #inputs: string[] = [];
  readonly #constants = new Map<string, Tensor>();
  readonly #types = new Map<string, ValueType>();
  /** Values that exist and have no known tensor type: outputs of operators no record describes, and what follows from them. */
  readonly #untyped = new Set<string>();
  readonly #parent: GraphBuilder | undefined;
  readonly #foldConstants: boolean;
  readonly #reserved: { has(name: string): boolean };
  #fresh = 0;

  constructor(rules: NodeRules, options: BuilderOptions = {}) {
    this.#rules = rules;
    this.#foldConstants = options.fold ?? true;
    this.#reserved = options.reserved ?? new Set();
    this.#parent = options.parent;
  }

  input(name: string, dtype: DType, shape: readonly Dim[]): string {
    this.#claim(name, { dtype, shape });
    this.#inputs.push(name);
    return name;
  }

  /** Declares an input whose type is not that of a tensor of known rank. */
  untypedInput(name: string): string {
    this.#claim(name, undefined);
    this.#inputs.push(name);
    return name;
  }

  /** Adds a constant; plain numbers become a float32 scalar or vector. */
  constant(value: Tensor | number | readonly number[], name: string = this.fresh('constant'), dtype: DType = 'float32'): string {
    const tensor =
      value instanceof Tensor ? value : typeof value === 'number' ? Tensor.scalar(value, dtype) : Tensor.from(value, [value.length], dtype);
    this.#claim(name, { dtype: tensor.dtype, shape: tensor.shape });
    this.#constants.set(name, tensor);
    return name;
  }

  /** Adds a node with one output and returns that value's name. */
  add(type: string, inputs: readonly string[], attributes: AttributeMap = {}, options: AddOptions = {}): string {
    return this.addAll(type, inputs, attributes, options)[0] as string;
  }

  /** Adds a node and returns the names of all its outputs. */
  addAll(type: string, inputs: readonly string[], attributes: AttributeMap = {}, options: AddOptions = {}): readonly string[] {
    const domain = options.domain ?? '';
    const draft: Node = {
      name: options.name ?? '',
      type,
      domain,
      opset: options.opset ?? this.#rules.opset(domain),
      inputs,
      outputs: options.outputs ?? [],
      attributes,
      ...(options.floatAttributes ? { floatAttributes: options.floatAttributes } : {}),
    };
    this.#requireDefined(draft);
    const inputTypes = inputs.map((input) => (input === '' ? undefined : this.#located(draft, () => this.typeOf(input))));
    const constant = (index: number) => this.constantOf(inputs[index] ?? '');
    const types = this.#located(draft, () => this.#rules.infer(draft, inputTypes, constant));
    const outputs = options.outputs ?? types.map((_, index) => this.fresh(`${type.toLowerCase()}${index === 0 ? '' : `_output${index}`}`));
    const folded = this.#foldConstants
      ? this.#located(draft, () => this.#rules.fold({ ...draft, outputs }, inputTypes, constant))
      : undefined;
    outputs.forEach((output, index) => {
      if (output === '') return;
      const value = folded?.[index];
      const type = types[index];
      if (value) this.constant(value, output);
      else if (type) this.#claim(output, type);
      else
        throw new EngineError('invalid-model', `no such output ${index}`, {
          where: describeNode(draft),
          expected: `at most ${types.length} outputs`,
        });
    });
    if (!folded) this.#nodes.push({ ...draft, outputs });
    return outputs;
  }

  /** Adds a node as it is, nothing inferred: for operators no record describes. Outputs without a type stay untyped. */
  keep(node: Node, types: readonly (ValueType | undefined)[]): void {
    this.#requireDefined(node);
    node.outputs.forEach((output, index) => {
      if (output !== '') this.#claim(output, types[index]);
    });
    this.#nodes.push(node);
  }

  /**
   * Adds a node as `addAll` does; where its types cannot be inferred because something is not supported, keeps it as it is.
   * Import and the passes that bind dimensions use it: what is not known now may be known once sizes are, and the wasm engine needs no types.
   */
  addOrKeep(node: Node, types: readonly (ValueType | undefined)[]): void {
    try {
      this.addAll(node.type, node.inputs, node.attributes, node);
    } catch (error) {
      if (!(error instanceof EngineError && error.code === 'unsupported')) throw error;
      this.keep(node, types);
    }
  }

  typeOf(name: string): ValueType {
    const type = this.typeIfKnown(name);
    if (type) return type;
    if (this.has(name)) {
      throw new EngineError('unsupported', `the type of '${name}' is not known`, {
        hint: 'It depends on an operator that is not supported.',
      });
    }
    throw new EngineError('internal', `no value '${name}' in the graph being built`);
  }

  typeIfKnown(name: string): ValueType | undefined {
    if (this.#untyped.has(name)) return undefined;
    return this.#types.get(name) ?? this.#parent?.typeIfKnown(name);
  }

  has(name: string): boolean {
    return this.#types.has(name) || this.#untyped.has(name) || (this.#parent?.has(name) ?? false);
  }

  constantOf(name: string): Tensor | undefined {
    if (this.#types.has(name) || this.#untyped.has(name)) return this.#constants.get(name);
    return this.#parent?.constantOf(name);
  }

  /** A value name not yet taken. */
  fresh(hint: string): string {
    let name = hint;
    while (this.has(name) || this.#reserved.has(name)) name = `${hint}_${++this.#fresh}`;
    return name;
  }

  build(outputs: readonly string[], name = 'graph', metadata: Readonly<Record<string, string>> = {}): Graph {
    for (const output of outputs) {
      if (!this.has(output)) throw new EngineError('invalid-model', `output '${output}' is not defined`, { where: `graph '${name}'` });
    }
    return {
      name,
      inputs: [...this.#inputs],
      outputs: [...outputs],
      nodes: [...this.#nodes],
      constants: new Map(this.#constants),
      types: new Map(this.#types),
      metadata,
    };
  }

  #requireDefined(node: Node): void {
    for (const input of node.inputs) {
      if (input === '' || this.has(input)) continue;
      throw new EngineError('invalid-model', `input '${input}' is not defined before it is used`, {
        where: describeNode(node, this.#nodes.length),
        node: node.name,
      });
    }
  }

  #claim(name: string, type: ValueType | undefined): void {
    if (this.#types.has(name) || this.#untyped.has(name)) {
      throw new EngineError('invalid-model', `value '${name}' is defined twice`, {
        hint: 'A graph is in SSA form: every value has one definition.',
      });
    }
    if (type) this.#types.set(name, type);
    else this.#untyped.add(name);
  }

  #located<T>(node: Node, work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof EngineError) || error.node !== undefined) throw error;
      throw new EngineError(error.code, error.message.replace(/\.$/, ''), {
        where: describeNode(node, this.#nodes.length),
        node: node.name,
        cause: error,
      });
    }
  }
}
