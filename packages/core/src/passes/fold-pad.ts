import type { Graph, Node } from '../ir/graph.ts';
import { GraphEdit } from './edit.ts';

/**
 * Zero padding of the spatial axes becomes the padding of the convolution or average pool that reads it. A pool counts
 * explicit zeros in its mean, so it then includes its padding in the count.
 */
export function foldPad(graph: Graph): Graph {
  const edit = new GraphEdit(graph);
  for (const node of edit.nodes()) {
    if (node.domain !== '' || (node.type !== 'Conv' && node.type !== 'AveragePool')) continue;
    const pad = edit.soleProducer(node.inputs[0]);
    const amounts = pad && spatialZeros(edit, pad);
    const padded = amounts && absorb(node, amounts);
    if (!pad || !padded) continue;
    edit.replace([pad, node], { ...padded, inputs: [pad.inputs[0] as string, ...node.inputs.slice(1)] });
  }
  return edit.done();
}

/** Amounts before and after each spatial axis of a Pad that only adds zeros there: [begin…, end…]. */
function spatialZeros(edit: GraphEdit, pad: Node): readonly number[] | undefined {
  if (pad.type !== 'Pad' || pad.domain !== '' || (pad.attributes.mode ?? 'constant') !== 'constant' || pad.inputs[3]) return undefined;
  const fill = pad.inputs[2] ? edit.scalar(pad.inputs[2]) : (pad.attributes.value ?? 0);
  const amounts = pad.inputs[1] ? edit.constant(pad.inputs[1])?.toNumbers() : (pad.attributes.pads as readonly number[] | undefined);
  if (fill !== 0 || !amounts || amounts.some((amount) => amount < 0)) return undefined;
  const rank = amounts.length / 2;
  if ([0, 1, rank, rank + 1].some((axis) => amounts[axis] !== 0)) return undefined;
  return [...amounts.slice(2, rank), ...amounts.slice(rank + 2)];
}

function absorb(node: Node, amounts: readonly number[]): Node | undefined {
  const { auto_pad: auto = 'NOTSET', pads = amounts.map(() => 0), ...rest } = node.attributes;
  if (auto !== 'NOTSET' && auto !== 'VALID') return undefined;
  const own = auto === 'VALID' ? amounts.map(() => 0) : (pads as readonly number[]);
  const sum = amounts.map((amount, index) => amount + (own[index] as number));
  if (node.type === 'Conv') return { ...node, attributes: { ...rest, pads: sum } };
  const counts = node.attributes.count_include_pad === 1;
  if ((!counts && own.some((amount) => amount !== 0)) || node.attributes.ceil_mode === 1) return undefined;
  // count_include_pad appeared in version 7.
  return { ...node, opset: Math.max(node.opset, 7), attributes: { ...rest, pads: sum, count_include_pad: 1 } };
}
