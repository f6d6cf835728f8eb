import type { Dim, Graph, Node, ValueType } from '../ir/graph.ts';
import { readsOf } from '../ir/order.ts';
import { newestOpset } from '../ops/registry.ts';
import { isWide, Tensor } from '../tensor/tensor.ts';
import { sweep } from './sweep.ts';

/**
 * A graph under local edits: matching reads it as it stands, `replace` and `addConstant` change it, `done` gives the new graph.
 * Values keep their types, so nothing is inferred again. Passes that fold and fuse patterns write through it.
 */
export class GraphEdit {
  readonly #graph: Graph;
  /** The nodes that stand in each node's old place, in order. */
  readonly #places: Node[][];
  readonly #placeOf = new Map<Node, number>();
  readonly #producers = new Map<string, Node>();
  readonly #consumers = new Map<string, Set<Node>>();
  readonly #uses = new Map<string, number>();
  readonly #constants: Map<string, Tensor>;
  readonly #constantNames = new Map<Tensor, string>();
  readonly #types: Map<string, ValueType>;
  #fresh = 0;

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#places = graph.nodes.map((node) => [node]);
    this.#constants = new Map(graph.constants);
    this.#types = new Map(graph.types);
    graph.nodes.forEach((node, place) => {
      this.#enter(node, place);
    });
    for (const output of graph.outputs) this.#uses.set(output, this.uses(output) + 1);
  }

  /** The nodes as they stand, in order; what is put in place during the walk is visited too. */
  *nodes(): Generator<Node> {
    for (const place of this.#places) {
      for (let index = 0; index < place.length; index++) {
        const node = place[index] as Node;
        yield node;
        if (place[index] !== node) index = -1;
      }
    }
  }

  /** Order in which a value is defined: the place of its node, -1 for inputs and constants. */
  placeOf(value: string): number {
    const node = this.producer(value);
    return node ? (this.#placeOf.get(node) as number) : -1;
  }

  /** Whether a node still stands (it may have been merged into another). */
  has(node: Node): boolean {
    return this.#placeOf.has(node);
  }

  /** The node that defines a value; undefined for inputs and constants. */
  producer(value: string | undefined): Node | undefined {
    return value === undefined ? undefined : this.#producers.get(value);
  }

  /** The node that defines `value`, when nothing else reads that value or another of the node's outputs. */
  soleProducer(value: string | undefined): Node | undefined {
    const node = this.producer(value);
    return node?.outputs.every((output) => this.uses(output) === (output === value ? 1 : 0)) ? node : undefined;
  }

  /** The nodes that read a value. */
  consumers(value: string): readonly Node[] {
    return [...(this.#consumers.get(value) ?? [])];
  }

  /** How many node inputs and graph outputs read a value. */
  uses(value: string): number {
    return this.#uses.get(value) ?? 0;
  }

  isOutput(value: string): boolean {
    return this.#graph.outputs.includes(value);
  }

  constant(value: string | undefined): Tensor | undefined {
    return value === undefined ? undefined : this.#constants.get(value);
  }

  /** The number that a constant of one element holds. */
  scalar(value: string | undefined): number | undefined {
    const tensor = this.constant(value);
    return tensor?.size === 1 && tensor.dtype !== 'string' && !isWide(tensor) ? tensor.at(0) : undefined;
  }

  type(value: string): ValueType {
    return this.#types.get(value) as ValueType;
  }

  /** Dimensions of a value; undefined where nothing is known of it yet. */
  dims(value: string): readonly Dim[] | undefined {
    return this.#types.get(value)?.shape;
  }

  /** Shape of a value of a bound graph. */
  shape(value: string): readonly number[] {
    return this.type(value).shape as readonly number[];
  }

  addConstant(tensor: Tensor, hint = 'constant'): string {
    const known = this.#constantNames.get(tensor);
    if (known !== undefined) return known;
    const name = this.addValue(hint, { dtype: tensor.dtype, shape: tensor.shape });
    this.#constants.set(name, tensor);
    this.#constantNames.set(tensor, name);
    return name;
  }

  /** Names a new value of a known type; a node put in place later defines it. */
  addValue(hint: string, type: ValueType): string {
    let name = hint;
    while (this.#types.has(name)) name = `${hint}_${++this.#fresh}`;
    this.#types.set(name, type);
    return name;
  }

  /** A node that gives `value` another shape under the name `output`; put it in place with `replace`. */
  reshape(value: string, shape: readonly number[], output: string): Node {
    const target = this.addConstant(Tensor.from(shape, [shape.length], 'int64'), 'shape');
    const opset = newestOpset[''] as number;
    return { name: '', type: 'Reshape', domain: '', opset, inputs: [value, target], outputs: [output], attributes: { allowzero: 1 } };
  }

  /** Puts `added` where the last of `removed` stood: there, whatever any of them read is defined. */
  replace(removed: readonly Node[], ...added: readonly Node[]): void {
    const place = Math.max(...removed.map((node) => this.#placeOf.get(node) as number));
    const list = this.#places[place] as Node[];
    const anchor = list.findLast((node) => removed.includes(node)) as Node;
    list.splice(list.indexOf(anchor) + 1, 0, ...added);
    for (const node of removed) {
      const own = this.#places[this.#placeOf.get(node) as number] as Node[];
      own.splice(own.indexOf(node), 1);
      this.#leave(node);
    }
    for (const node of added) this.#enter(node, place);
  }

  done(): Graph {
    return sweep({ ...this.#graph, nodes: this.#places.flat(), constants: this.#constants, types: this.#types });
  }

  #enter(node: Node, place: number): void {
    this.#placeOf.set(node, place);
    for (const output of node.outputs) if (output !== '') this.#producers.set(output, node);
    for (const input of readsOf(node)) {
      if (input === '') continue;
      this.#uses.set(input, this.uses(input) + 1);
      const consumers = this.#consumers.get(input) ?? new Set();
      this.#consumers.set(input, consumers.add(node));
    }
  }

  #leave(node: Node): void {
    this.#placeOf.delete(node);
    for (const output of node.outputs) if (this.#producers.get(output) === node) this.#producers.delete(output);
    for (const input of readsOf(node)) {
      if (input === '') continue;
      this.#uses.set(input, this.uses(input) - 1);
      this.#consumers.get(input)?.delete(node);
    }
  }
}
