import type { Graph, Node } from '../ir/graph.ts';
import { stridesOf } from '../tensor/shape.ts';
import { bufferBytes, elemOf } from '../wgsl/elem.ts';
import type { Capabilities } from '../wgsl/kernel.ts';
import { GraphEdit } from './edit.ts';
import { sliceWeight } from './weights.ts';

/** Columns of a part are a multiple of this, so that vector kernels stay legal. */
const columnStep = 16;

/**
 * A matrix product whose weights [K, N] are larger than an adapter binds becomes one product for each run of columns, and a
 * Concat of their results.
 */
export function splitWeights(graph: Graph, caps: Capabilities): Graph {
  const edit = new GraphEdit(graph);
  for (const node of edit.nodes()) {
    const parts = partsOf(edit, node, caps);
    if (parts.length > 1) split(edit, node, parts);
  }
  return edit.done();
}

type Range = readonly [from: number, to: number];

function partsOf(edit: GraphEdit, node: Node, caps: Capabilities): readonly Range[] {
  const weight = node.type === 'MatMul' && node.domain === 'headstart' ? edit.constant(node.inputs[1]) : undefined;
  if (weight?.shape.length !== 2) return [];
  const [n = 0, k = 0] = node.attributes.transB === 1 ? weight.shape : weight.shape.toReversed();
  const columnBytes = bufferBytes(k, elemOf(weight.dtype, caps));
  if (columnBytes * n <= caps.maxBindingBytes) return [];
  const fitting = Math.floor(caps.maxBindingBytes / columnBytes);
  const most = fitting > columnStep ? fitting - (fitting % columnStep) : fitting;
  if (most === 0) return [];
  return Array.from({ length: Math.ceil(n / most) }, (_, index) => [index * most, Math.min(n, (index + 1) * most)]);
}

function split(edit: GraphEdit, node: Node, parts: readonly Range[]): void {
  const [output = ''] = node.outputs;
  const [data = '', weights = '', ...operands] = node.inputs;
  const { dtype, shape } = edit.type(output);
  const weight = edit.constant(weights);
  if (!weight) return;
  const added: Node[] = [];
  const results = parts.map(([from, to]) => {
    const part = edit.addConstant(sliceWeight(weight, node.attributes.transB === 1 ? 0 : 1, from, to), weights);
    const own = operands.map((operand) => columnsOf(edit, operand, [from, to], shape.at(-1) as number, added));
    const result = edit.addValue(`${output}_${from}`, { dtype, shape: [...shape.slice(0, -1), to - from] });
    added.push({ ...node, inputs: [data, part, ...own], outputs: [result] });
    return result;
  });
  const axis = shape.length - 1;
  edit.replace([node], ...added, {
    name: node.name,
    type: 'Concat',
    domain: 'headstart',
    opset: 1,
    inputs: results,
    outputs: [output],
    attributes: { axis },
  });
}

/** The part of an operand that broadcasts to columns `from..to` of the output. */
function columnsOf(edit: GraphEdit, operand: string, [from, to]: Range, columns: number, added: Node[]): string {
  const shape = edit.shape(operand);
  if (shape.at(-1) !== columns) return operand;
  const constant = edit.constant(operand);
  if (constant) return edit.addConstant(sliceWeight(constant, shape.length - 1, from, to), operand);
  const part = [...shape.slice(0, -1), to - from];
  const result = edit.addValue(`${operand}_${from}`, { dtype: edit.type(operand).dtype, shape: part });
  const attributes = { shape: part, strides: stridesOf(shape), offset: from };
  added.push({ name: '', type: 'Copy', domain: 'headstart', opset: 1, inputs: [operand], outputs: [result], attributes });
  return result;
}
