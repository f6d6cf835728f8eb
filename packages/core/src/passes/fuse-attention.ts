import type { Graph, Node } from '../ir/graph.ts';
import type { HeadView } from '../ops/attention/attend-params.ts';
import type { Expression } from '../ops/elementwise/expression.ts';
import type { CopyAttributes } from '../ops/movement/copy.ts';
import { attributesOf } from '../ops/registry.ts';
import { sameShape, sizeOf, stridesOf } from '../tensor/shape.ts';
import { GraphEdit } from './edit.ts';
import { linearForm } from './linear-form.ts';

/**
 * `softmax(α · q kᵀ + bias) v` written out, over [B, H, S, D] queries and [B, H, T, D] keys and values, becomes one Attention node. It
 * reads q, k and v where the transpositions before it took them from, and writes rows where a transposition follows.
 */
export function fuseAttention(graph: Graph): Graph {
  const edit = new GraphEdit(graph);
  for (const node of edit.nodes()) {
    const match = isCore(node, 'MatMul') ? matchAttention(edit, node) : undefined;
    if (match) write(edit, match);
  }
  return edit.done();
}

interface Match {
  readonly scores: Node;
  readonly softmax: Node;
  readonly product: Node;
  readonly q: Operand;
  readonly k: Operand;
  readonly v: Operand;
  readonly scale: number;
  readonly bias: string | undefined;
}

/** A 4-D operand: the value that its elements are read from, and where each of its axes steps there. */
interface Operand {
  readonly value: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly strides: readonly number[];
}

function isCore(node: Node | undefined, type: string): node is Node {
  return node?.type === type && node.domain === 'headstart';
}

function matchAttention(edit: GraphEdit, product: Node): Match | undefined {
  const softmax = edit.soleProducer(product.inputs[0]);
  if (!isCore(softmax, 'Softmax') || product.attributes.transA === 1 || expressionOf(product).length > 0) return undefined;
  const scores = edit.soleProducer(softmax.inputs[0]);
  if (!isCore(scores, 'MatMul') || edit.shape(scores.outputs[0] as string).length !== 4) return undefined;
  const [, , s, t] = edit.shape(scores.outputs[0] as string) as [number, number, number, number];
  const { dim, inner, log } = softmax.attributes;
  if (dim !== t || inner !== 1 || log === 1 || s === 0) return undefined;

  const affine = scaleAndBias(scores);
  const q = operand(edit, scores.inputs[0] as string, scores.attributes.transA === 1);
  // The second operand of a product is [D, T] unless it is stored transposed: keys are wanted as [T, D].
  const k = operand(edit, scores.inputs[1] as string, scores.attributes.transB !== 1);
  const v = operand(edit, product.inputs[1] as string, product.attributes.transB === 1);
  if (!affine || !q || !k || !v) return undefined;
  const outer = q.shape.slice(0, 2);
  const dense = [q, k, v].every(({ shape, strides }) => sameShape(shape.slice(0, 2), outer) && (shape[3] === 1 || strides[3] === 1));
  const positive = [q, k, v].every(({ strides }) => strides.every((stride) => stride >= 0));
  if (!dense || !positive) return undefined;
  return { scores, softmax, product, q, k, v, ...affine };
}

/** α and the bias of scores α · q kᵀ + bias. */
function scaleAndBias(scores: Node): { scale: number; bias: string | undefined } | undefined {
  const operands = scores.inputs.slice(2);
  const form = linearForm(expressionOf(scores), operands.length + 1);
  if (form?.constant !== 0 || operands.length > 1) return undefined;
  const [scale = 0, weight] = form.coefficients;
  if (scale === 0 || (operands.length === 1 && weight !== 1)) return undefined;
  return { scale, bias: operands[0] };
}

function expressionOf(node: Node): Expression {
  return (node.attributes.expression as Expression | undefined) ?? [];
}

/** A 4-D value, read through the copy that permuted it; `exchanged` takes its last two axes the other way round. */
function operand(edit: GraphEdit, value: string, exchanged: boolean): Operand | undefined {
  const own = edit.shape(value);
  if (own.length !== 4) return undefined;
  const copy = edit.producer(value);
  const read = isCore(copy, 'Copy') ? throughCopy(edit, copy, own) : undefined;
  const { value: from, offset, strides } = read ?? { value, offset: 0, strides: stridesOf(own) };
  const order = exchanged ? [0, 1, 3, 2] : [0, 1, 2, 3];
  return { value: from, offset, shape: order.map((axis) => own[axis] as number), strides: order.map((axis) => strides[axis] as number) };
}

function throughCopy(edit: GraphEdit, copy: Node, own: readonly number[]): Pick<Operand, 'value' | 'offset' | 'strides'> | undefined {
  const { shape, strides, offset, low } = attributesOf<CopyAttributes>(copy);
  if (low.length > 0 || !sameShape(shape, own)) return undefined;
  return { value: edit.constant(copy.inputs[0]) ? '' : (copy.inputs[0] as string), offset, strides };
}

function viewOf({ offset, strides }: Operand): HeadView {
  const [batch = 0, head = 0, row = 0] = strides;
  return { offset, batch, head, row };
}

function write(edit: GraphEdit, { scores, softmax, product, q, k, v, scale, bias }: Match): void {
  if ([q, k, v].some(({ value }) => value === '')) return;
  const [output = ''] = product.outputs;
  const [batch = 1, heads = 1, queries = 1, size = 1] = q.shape;
  const [, , keys = 1, valueSize = 1] = v.shape;
  const rows = rowsAfter(edit, output, [batch, queries, heads, valueSize]);
  const attributes = {
    batch,
    heads,
    group: 1,
    queries,
    keys,
    size,
    valueSize,
    scale,
    views: [viewOf(q), viewOf(k), viewOf(v)],
    layout: rows ? 'rows' : 'heads',
  };
  const { dtype } = edit.type(output);
  const shape = [batch, queries, heads * valueSize];
  const result = rows ? edit.addValue(`${output}_rows`, { dtype, shape }) : output;
  const attention: Node = {
    name: product.name,
    type: 'Attention',
    domain: 'headstart',
    opset: 1,
    inputs: [q.value, k.value, v.value, ...(bias === undefined ? [] : [bias])],
    outputs: [result],
    attributes,
  };
  const removed = [scores, softmax, product];
  if (!rows) edit.replace(removed, attention);
  else
    edit.replace(
      [...removed, ...rows],
      attention,
      edit.reshape(result, edit.shape(rows.at(-1)?.outputs[0] as string), rows.at(-1)?.outputs[0] as string),
    );
}

/** The copy behind a value [B, H, S, E] that make it rows [B, S, H, E], when nothing else reads it. */
function rowsAfter(
  edit: GraphEdit,
  value: string,
  [batch, queries, heads, size]: readonly [number, number, number, number],
): readonly Node[] | undefined {
  const [reader] = edit.consumers(value);
  if (!isCore(reader, 'Copy') || edit.uses(value) !== 1) return undefined;
  const { shape, strides, offset, low } = attributesOf<CopyAttributes>(reader);
  const wanted = [heads * queries * size, size, queries * size, 1];
  const target = [batch, queries, heads, size];
  const same = target.every((dim, axis) => dim === shape[axis] && (dim === 1 || strides[axis] === wanted[axis]));
  return same && shape.length === 4 && offset === 0 && low.length === 0 && sizeOf(shape) > 0 ? [reader] : undefined;
}
