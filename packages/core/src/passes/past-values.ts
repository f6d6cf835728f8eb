import { EngineError } from '../errors.ts';
import type { Dim, Graph, Node, ValueType } from '../ir/graph.ts';
import { attributesOf, foldNode, opOf } from '../ops/registry.ts';
import { allocate } from '../tensor/dtype.ts';
import { sizeOf } from '../tensor/shape.ts';
import { Tensor } from '../tensor/tensor.ts';
import { replay } from './replay.ts';

/** Constants up to this many elements are computed: rows of masks and of tables of positions, not weights. */
export const foldLimit = 1 << 16;

/** A graph with every size bound, and the constants that its nodes read, those that have folded into others too. */
export interface Binding {
  readonly graph: Graph;
  readonly constants: ReadonlyMap<string, Tensor>;
}

export function bind(graph: Graph, shapes: ReadonlyMap<string, readonly Dim[]>): Binding {
  const constants = new Map<string, Tensor>();
  const bound = replay(graph, {
    foldLimit,
    shapeOf: (input) => shapes.get(input),
    emit: (node, { constant }) => {
      node.inputs.forEach((name, index) => {
        const value = name === '' ? undefined : constant(index);
        if (value) constants.set(name, value);
      });
      return undefined;
    },
  });
  for (const [name, value] of bound.constants) constants.set(name, value);
  return { graph: bound, constants };
}

/**
 * The constants of a graph that follow from the number of past tokens, as functions of it: positions, rows of tables, rows of masks. What
 * shapes tell (Shape, Size) is linear in that number; the rest is computed from it by the references of the nodes.
 */
export class PastValues {
  readonly #constants: ReadonlyMap<string, Tensor>;
  /** Shapes' own values: at the lowest number of past tokens that was tried, and for each one more. */
  readonly #linear = new Map<string, { readonly tensor: Tensor; readonly slope: readonly number[] }>();
  readonly #nodes: readonly Node[];
  readonly #from: number;

  /**
   * @param graph the graph with the number of past tokens open
   * @param bindings it bound to three numbers of past tokens, ascending
   * @throws EngineError `unsupported` where what a shape tells is not linear in them
   */
  constructor(graph: Graph, bindings: readonly (readonly [past: number, binding: Binding])[]) {
    const [[from, low], [middle, between], [to, high]] = bindings as readonly [
      readonly [number, Binding],
      readonly [number, Binding],
      readonly [number, Binding],
    ];
    this.#from = from;
    this.#constants = low.constants;
    const nodes: Node[] = [];
    const varying = new Set<string>();
    for (const node of graph.nodes) {
      const [output = ''] = node.outputs;
      const known = node.inputs.every((name) => name === '' || low.constants.has(name));
      if (node.inputs.some((name) => varying.has(name))) {
        if (!known || !node.outputs.some((each) => high.constants.has(each))) continue;
        nodes.push(node);
        for (const each of node.outputs) varying.add(each);
        continue;
      }
      const [a, b, c] = [low, between, high].map(({ constants }) => constants.get(output));
      if (known || !a || !b || !c || sameContent(a, c)) continue;
      const slope = a.toNumbers().map((value, index) => (c.at(index) - value) / (to - from));
      const straight = a.toNumbers().every((value, index) => value + (slope[index] as number) * (middle - from) === b.at(index));
      if (a.size !== c.size || !straight) throw new EngineError('unsupported', 'a shape does not grow with the past tokens one by one');
      this.#linear.set(output, { tensor: a, slope });
      varying.add(output);
    }
    this.#nodes = nodes;
  }

  has(value: string): boolean {
    return this.#linear.has(value) || this.#nodes.some(({ outputs }) => outputs.includes(value));
  }

  /** The values for a number of past tokens; undefined for what cannot be computed. */
  at(past: number, wanted: readonly string[]): readonly (Tensor | undefined)[] {
    const computed = new Map<string, Tensor>();
    for (const [name, { tensor, slope }] of this.#linear) {
      const numbers = tensor.toNumbers().map((value, index) => value + (slope[index] as number) * (past - this.#from));
      computed.set(name, Tensor.from(numbers, tensor.shape, 'float64').cast(tensor.dtype));
    }
    const known = (name: string) => computed.get(name) ?? this.#constants.get(name);
    for (const node of this.#needed(wanted)) {
      const inputs = node.inputs.map((name): ValueType | undefined => known(name));
      const outputs = foldNode(node, inputs, (index) => known(node.inputs[index] ?? ''), foldLimit);
      outputs?.forEach((value, index) => {
        computed.set(node.outputs[index] ?? '', value);
      });
    }
    return wanted.map((name) => computed.get(name));
  }

  #needed(wanted: readonly string[]): readonly Node[] {
    const needed = new Set(wanted);
    return this.#nodes
      .toReversed()
      .filter((node) => {
        if (!node.outputs.some((output) => needed.has(output))) return false;
        for (const input of node.inputs) needed.add(input);
        return true;
      })
      .reverse();
  }
}

/** Inputs of a node whose content decides a shape: there it is a length, elsewhere a position. */
export function lengthInputs(node: Node, types: readonly (ValueType | undefined)[], constant: (index: number) => Tensor | undefined) {
  const asked = new Set<number>();
  const op = opOf(node);
  op.infer(types, attributesOf(node), {
    constant: (index) => {
      asked.add(index);
      return constant(index);
    },
    outputs: node.outputs.length,
  });
  return asked;
}

/** Whether a value is the beginning of another, along every axis. */
export function isPrefix(value: Tensor, of: Tensor): boolean {
  if (value.dtype !== of.dtype || value.shape.length !== of.shape.length) return false;
  if (value.shape.some((dim, axis) => dim > (of.shape[axis] as number))) return false;
  const place = placesIn(value.shape, of.shape);
  for (let offset = 0; offset < value.size; offset++) if (value.data[offset] !== of.data[place(offset)]) return false;
  return true;
}

/** Values of the same rank as rows of one table [rows, …], what is beyond a value zero; a row is 0 where there is no value. */
export function tableOf(rows: readonly (Tensor | undefined)[], shape: readonly number[], dtype: Tensor['dtype']): Tensor {
  const size = sizeOf(shape);
  const data = allocate(dtype, rows.length * size);
  rows.forEach((row, index) => {
    if (!row) return;
    const place = placesIn(row.shape, shape);
    for (let offset = 0; offset < row.size; offset++) data[index * size + place(offset)] = row.data[offset] as never;
  });
  return Tensor.from(data, [rows.length, ...shape], dtype);
}

/** Where an offset of a smaller shape lies in a larger one. */
function placesIn(shape: readonly number[], within: readonly number[]): (offset: number) => number {
  return (offset) => {
    let [rest, place, stride] = [offset, 0, 1];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const dim = shape[axis] as number;
      place += (rest % dim) * stride;
      rest = Math.floor(rest / dim);
      stride *= within[axis] as number;
    }
    return place;
  };
}

function sameContent(a: Tensor, b: Tensor): boolean {
  return a.size === b.size && a.data.every((value: unknown, index: number) => value === b.data[index]);
}
