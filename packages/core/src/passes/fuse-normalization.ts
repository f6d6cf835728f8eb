import type { Graph, Node } from '../ir/graph.ts';
import { newestOpset } from '../ops/registry.ts';
import { Tensor } from '../tensor/tensor.ts';
import { GraphEdit } from './edit.ts';

/**
 * Layer normalisation and RMS normalisation written out as their formula become one node:
 * `(x − mean(x)) / √(mean((x − mean(x))²) + ε) · scale + bias` and `x / √(mean(x²) + ε) · scale`, over the last axis.
 */
export function fuseNormalization(graph: Graph): Graph {
  const edit = new GraphEdit(graph);
  for (const node of edit.nodes()) {
    const match = matchQuotient(edit, node);
    if (match) writeNormalization(edit, node, match);
  }
  return edit.done();
}

interface Quotient {
  /** The value that is normalised. */
  readonly x: string;
  readonly centred: boolean;
  readonly epsilon: number;
  readonly nodes: readonly Node[];
}

/** d / √(mean(d²) + ε), also as d · (1 / √…). */
function matchQuotient(edit: GraphEdit, node: Node): Quotient | undefined {
  if (node.domain !== '' || (node.type !== 'Div' && node.type !== 'Mul')) return undefined;
  const sides = node.type === 'Div' ? [[0, 1] as const] : [[0, 1] as const, [1, 0] as const];
  for (const [left, right] of sides) {
    const d = node.inputs[left] as string;
    const root = matchRoot(edit, node, node.inputs[right] as string);
    const sum = root && edit.soleProducer(root.radicand);
    if (!root || sum?.type !== 'Add') continue;
    const [variance, epsilon] = numberBeside(edit, sum);
    const mean = edit.soleProducer(variance);
    if (variance === undefined || epsilon === undefined || !mean || !isLastMean(edit, mean)) continue;
    const square = edit.soleProducer(mean.inputs[0]);
    if (!square || !isSquareOf(edit, square, d)) continue;
    const inner = [...root.nodes, sum, mean, square];
    const difference = edit.producer(d);
    const average = difference?.type === 'Sub' ? edit.soleProducer(difference.inputs[1]) : undefined;
    const readsOfD = new Set([square, node]);
    const centred =
      difference !== undefined &&
      average !== undefined &&
      isLastMean(edit, average) &&
      average.inputs[0] === difference.inputs[0] &&
      !edit.isOutput(d) &&
      edit.consumers(d).every((consumer) => readsOfD.has(consumer));
    return centred
      ? { x: difference.inputs[0] as string, centred, epsilon, nodes: [average, difference, ...inner] }
      : { x: d, centred: false, epsilon, nodes: inner };
  }
  return undefined;
}

/** √v as Sqrt(v) under a Div; 1 / √v as Reciprocal(Sqrt(v)), Div(1, Sqrt(v)) or Pow(v, −½) under a Mul. */
function matchRoot(edit: GraphEdit, quotient: Node, value: string): { radicand: string; nodes: readonly Node[] } | undefined {
  const node = edit.soleProducer(value);
  if (!node) return undefined;
  if (quotient.type === 'Div') return node.type === 'Sqrt' ? { radicand: node.inputs[0] as string, nodes: [node] } : undefined;
  if (node.type === 'Pow' && edit.scalar(node.inputs[1]) === -0.5) return { radicand: node.inputs[0] as string, nodes: [node] };
  const root =
    node.type === 'Reciprocal' ? node.inputs[0] : node.type === 'Div' && edit.scalar(node.inputs[0]) === 1 ? node.inputs[1] : undefined;
  const sqrt = edit.soleProducer(root);
  return sqrt?.type === 'Sqrt' ? { radicand: sqrt.inputs[0] as string, nodes: [node, sqrt] } : undefined;
}

/** The two operands of a sum, the number second. */
function numberBeside(edit: GraphEdit, { inputs }: Node): readonly [string | undefined, number | undefined] {
  const [a, b] = inputs;
  const number = edit.scalar(b);
  return number === undefined ? [b, edit.scalar(a)] : [a, number];
}

function isLastMean(edit: GraphEdit, node: Node): boolean {
  if (node.type !== 'ReduceMean' || node.attributes.keepdims === 0) return false;
  const axes = edit.constant(node.inputs[1])?.toNumbers() ?? (node.attributes.axes as readonly number[] | undefined) ?? [];
  const rank = edit.dims(node.inputs[0] as string)?.length ?? 0;
  return axes.length === 1 && (axes[0] === -1 || axes[0] === rank - 1);
}

function isSquareOf(edit: GraphEdit, { type, inputs }: Node, value: string): boolean {
  if (inputs[0] !== value) return false;
  return type === 'Mul' ? inputs[1] === value : type === 'Pow' && edit.scalar(inputs[1]) === 2;
}

function writeNormalization(edit: GraphEdit, quotient: Node, { x, centred, epsilon, nodes }: Quotient): void {
  const width = edit.dims(x)?.at(-1);
  if (typeof width !== 'number') return;
  const scaled = vectorAfter(edit, quotient, 'Mul', width);
  const shifted = centred && scaled ? vectorAfter(edit, scaled.node, 'Add', width) : undefined;
  const scale = scaled?.vector ?? edit.addConstant(Tensor.from(new Float32Array(width).fill(1)).cast(edit.type(x).dtype), 'ones');
  const last = shifted?.node ?? scaled?.node ?? quotient;
  const removed = [...nodes, quotient, ...(scaled ? [scaled.node] : []), ...(shifted ? [shifted.node] : [])];
  edit.replace(removed, {
    name: quotient.name,
    type: centred ? 'LayerNormalization' : 'RMSNormalization',
    domain: '',
    opset: newestOpset[''] as number,
    inputs: [x, scale, ...(shifted ? [shifted.vector] : [])],
    outputs: [last.outputs[0] as string],
    attributes: { axis: -1, epsilon },
  });
}

/** The only reader of a node's output, when it is a product (or sum) with a vector over the last axis. */
function vectorAfter(edit: GraphEdit, node: Node, type: string, width: number): { node: Node; vector: string } | undefined {
  const [value = ''] = node.outputs;
  const [reader] = edit.consumers(value);
  if (!reader || reader.type !== type || reader.domain !== '' || edit.uses(value) !== 1) return undefined;
  const vector = reader.inputs[reader.inputs[0] === value ? 1 : 0] as string;
  const shape = edit.dims(vector);
  return shape?.length === 1 && shape[0] === width ? { node: reader, vector } : undefined;
}
