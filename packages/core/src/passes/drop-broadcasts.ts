import type { Graph, Node } from '../ir/graph.ts';
import type { CopyAttributes } from '../ops/movement/copy.ts';
import { attributesOf, opOf } from '../ops/registry.ts';
import { broadcastShapes, sameShape, sizeOf, stridesOf } from '../tensor/shape.ts';
import { GraphEdit } from './edit.ts';

/** A copy that only repeats a value along axes is left out where its reader would repeat it by itself: Expand before a sum, an expanded mask. */
export function dropBroadcasts(graph: Graph): Graph {
  const edit = new GraphEdit(graph);
  for (const node of edit.nodes()) {
    const shape = repeatedShape(edit, node);
    const [value = ''] = node.outputs;
    const readers = shape ? edit.consumers(value).filter((reader) => repeatsItself(edit, reader, value, shape)) : [];
    if (!shape || readers.length === 0) continue;
    const source = edit.addValue(`${value}_once`, { dtype: edit.type(value).dtype, shape });
    edit.replace([node], edit.reshape(node.inputs[0] as string, shape, source), node);
    for (const reader of readers) {
      edit.replace([reader], { ...reader, inputs: reader.inputs.map((input) => (input === value ? source : input)) });
    }
  }
  return edit.done();
}

/** The shape of a copy's input, with axes of size 1 where it is repeated; undefined for any other copy. */
function repeatedShape(edit: GraphEdit, node: Node): readonly number[] | undefined {
  if (node.type !== 'Copy' || node.domain !== 'headstart') return undefined;
  const { shape, strides, offset, low } = attributesOf<CopyAttributes>(node);
  if (offset !== 0 || low.length > 0 || edit.isOutput(node.outputs[0] as string)) return undefined;
  const once = shape.map((dim, axis) => (strides[axis] === 0 ? 1 : dim));
  const rows = stridesOf(once);
  const inOrder = once.every((dim, axis) => dim === 1 || strides[axis] === rows[axis]);
  return inOrder && sizeOf(once) === sizeOf(edit.shape(node.inputs[0] as string)) ? once : undefined;
}

function repeatsItself(edit: GraphEdit, reader: Node, value: string, shape: readonly number[]): boolean {
  const positions = reader.inputs.flatMap((input, index) => (input === value ? [index] : []));
  if (reader.type === 'Attention' && reader.domain === 'headstart') return positions.every((index) => index === 3);
  const from = opOf(reader).operandsFrom;
  if (from === undefined || positions.some((index) => index < from)) return false;
  if (from > 0) return true;
  const shapes = reader.inputs.map((input) => (input === value ? shape : edit.shape(input)));
  return sameShape(broadcastShapes(...shapes), edit.shape(reader.outputs[0] as string));
}
