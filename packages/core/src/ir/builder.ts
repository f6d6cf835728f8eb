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
  readonly #foldConstants: boolean;
  #fresh = 0;

  constructor(rules: NodeRules, options: { readonly fold?: boolean } = {}) {
    this.#rules = rules;
    this.#foldConstants = options.fold ?? true;
  }

  input(name: string, dtype: DType, shape: readonly Dim[]): string {
    this.#claim(name, { dtype, shape });
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
    };
    for (const input of inputs) {
      if (input !== '' && !this.#types.has(input)) {
        throw new EngineError('invalid-model', `input '${input}' is not defined before it is used`, {
          where: describeNode(draft, this.#nodes.length),
          node: draft.name,
        });
      }
    }
    const inputTypes = inputs.map((input) => this.#types.get(input));
    const constant = (index: number) => this.#constants.get(inputs[index] ?? '');
    const types = this.#located(draft, () => this.#rules.infer(draft, inputTypes, constant));
    const outputs = options.outputs ?? types.map(() => this.fresh(type.toLowerCase()));
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

  typeOf(name: string): ValueType {
    const type = this.#types.get(name);
    if (!type) throw new EngineError('internal', `no value '${name}' in the graph being built`);
    return type;
  }

  has(name: string): boolean {
    return this.#types.has(name);
  }

  constantOf(name: string): Tensor | undefined {
    return this.#constants.get(name);
  }

  /** A value name not yet taken. */
  fresh(hint: string): string {
    let name = hint;
    while (this.#types.has(name)) name = `${hint}_${++this.#fresh}`;
    return name;
  }

  build(outputs: readonly string[], name = 'graph', metadata: Readonly<Record<string, string>> = {}): Graph {
    for (const output of outputs) this.typeOf(output);
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

  #claim(name: string, type: ValueType): void {
    if (this.#types.has(name)) {
      throw new EngineError('invalid-model', `value '${name}' is defined twice`, {
        hint: 'A graph is in SSA form: every value has one definition.',
      });
    }
    this.#types.set(name, type);
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
