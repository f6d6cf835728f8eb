import { type Graph, isBound, type Node, type ValueType } from '../ir/graph.ts';
import { sameShape } from '../tensor/shape.ts';
import { isWide, Tensor } from '../tensor/tensor.ts';
import { type ReplayContext, replay } from './replay.ts';

/** Removes nodes whose output is their input, and turns transpositions that move only axes of size 1 into Reshape, which costs no dispatch. */
export function removeNoOps(graph: Graph): Graph {
  const used = new Set([...graph.outputs, ...graph.nodes.flatMap((node) => node.inputs)]);
  return replay(graph, {
    emit(node, context) {
      if (node.domain !== '' || node.outputs.some((output, index) => index > 0 && used.has(output))) return undefined;
      const [x] = context.types;
      const y = graph.types.get(node.outputs[0] ?? '');
      if (!x || !y) return undefined;
      if (isNoOp(node, context, x, y)) return node.outputs.map(() => context.inputs[0] as string);
      if (node.type !== 'Transpose' || !isBound(x.shape) || !isBound(y.shape) || !keepsOrder(node, x.shape)) return undefined;
      const { g, inputs } = context;
      const target = g.constant(Tensor.from(y.shape, [y.shape.length], 'int64'), g.fresh('shape'));
      return [g.add('Reshape', [inputs[0] as string, target], {}, { name: node.name, outputs: node.outputs })];
    },
  });
}

function isNoOp(node: Node, { constant }: ReplayContext, x: ValueType, y: ValueType): boolean {
  const given = (index: number) => node.inputs[index] !== undefined && node.inputs[index] !== '';
  const sameType = x.dtype === y.dtype && isBound(x.shape) && sameShape(x.shape, y.shape);
  switch (node.type) {
    case 'Identity':
      return true;
    case 'Dropout':
      return !given(2) || constant(2)?.at(0) === 0;
    case 'Cast':
    case 'CastLike':
      return x.dtype === y.dtype;
    case 'Concat':
    case 'Max':
    case 'Mean':
    case 'Min':
    case 'Sum':
      return node.inputs.length === 1;
    case 'Expand':
    case 'Pad':
    case 'Reshape':
    case 'Tile':
      return sameType && (node.type !== 'Pad' || padsNothing(node, constant(1)));
    case 'Slice':
      // A reversed slice has the same shape.
      return (
        sameType &&
        (!given(4) ||
          (constant(4)
            ?.toNumbers()
            .every((step) => step > 0) ??
            false))
      );
    case 'Transpose':
      return sameType && keepsOrder(node, x.shape as readonly number[]);
    case 'Add':
    case 'Div':
    case 'Mul':
    case 'Sub': {
      const neutral = node.type === 'Add' || node.type === 'Sub' ? 0 : 1;
      const other = constant(1);
      return other?.size === 1 && other.shape.length <= x.shape.length && !isWide(other) && other.at(0) === neutral;
    }
    default:
      return false;
  }
}

function padsNothing(node: Node, amounts: Tensor | undefined): boolean {
  const pads = amounts?.toNumbers() ?? node.attributes.pads ?? node.attributes.paddings;
  return Array.isArray(pads) && pads.every((amount) => amount === 0);
}

/** Whether the axes larger than 1 keep their order, so that the bytes do not move. */
function keepsOrder(node: Node, shape: readonly number[]): boolean {
  const order = (node.attributes.perm as readonly number[] | undefined) ?? shape.map((_, axis) => shape.length - 1 - axis);
  const moved = order.filter((axis) => shape[axis] !== 1);
  return moved.every((axis, position) => position === 0 || axis > (moved[position - 1] as number));
}
