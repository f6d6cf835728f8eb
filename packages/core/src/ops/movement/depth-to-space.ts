import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import { divideDims, multiplyDims } from '../../ir/dims.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import { stridesOf } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape, required } from '../dims.ts';
import type { Op } from '../op.ts';
import { differentiable } from './copy.ts';
import { int64s, pickElements } from './host.ts';

/** A rearrangement as the standard writes it: split the axes, permute the pieces, join them again. */
interface Rearrangement {
  readonly split: readonly number[];
  readonly perm: readonly number[];
  readonly joined: readonly number[];
}

/** Depth [N, C, H, W] to space [N, C/b², H·b, W·b]; `DCR` takes the block from the front of the depth, `CRD` from its back. */
function toSpace(shape: readonly number[], block: number, mode: string): Rearrangement {
  const [n, c, h, w] = shape as [number, number, number, number];
  const depth = c / (block * block);
  const joined = [n, depth, h * block, w * block];
  if (mode === 'DCR') return { split: [n, block, block, depth, h, w], perm: [0, 3, 4, 1, 5, 2], joined };
  if (mode === 'CRD') return { split: [n, depth, block, block, h, w], perm: [0, 1, 4, 2, 5, 3], joined };
  throw new EngineError('invalid-model', "unknown attribute 'mode'", { expected: 'DCR or CRD', got: mode });
}

/** Space [N, C, H, W] to depth [N, C·b², H/b, W/b], the block in front. */
function toDepth(shape: readonly number[], block: number): Rearrangement {
  const [n, c, h, w] = shape as [number, number, number, number];
  const [rows, columns] = [h / block, w / block];
  return { split: [n, c, rows, block, columns, block], perm: [0, 3, 5, 1, 2, 4], joined: [n, c * block * block, rows, columns] };
}

function rearrange(x: Tensor, { split, perm, joined }: Rearrangement): Tensor {
  const strides = stridesOf(split);
  const shape = perm.map((axis) => split[axis] as number);
  const moved = pickElements(x, shape, (indices) =>
    indices.reduce((offset, index, axis) => offset + index * (strides[perm[axis] as number] as number), 0),
  );
  return moved.reshape(joined);
}

function addRearranged(g: GraphBuilder, x: string, split: readonly number[], perm: readonly number[], joined: readonly number[]): string {
  const reshape = (value: string, shape: readonly number[]) =>
    g.add('Reshape', [value, g.constant(int64s(shape), g.fresh('shape'))], { allowzero: 1 });
  return reshape(g.add('Transpose', [reshape(x, split)], { perm }), joined);
}

function rearranging<A extends { readonly blocksize: number }>(
  record: Pick<Op<A>, 'type' | 'since' | 'attributes'>,
  shapeOf: (shape: readonly [Dim, Dim, Dim, Dim], block: number) => readonly Dim[],
  rearrangementOf: (shape: readonly number[], attributes: A) => Rearrangement,
): Op<A> {
  return {
    ...record,
    infer([input], { blocksize }) {
      const x = required(input, 'input');
      if (x.shape.length !== 4)
        throw new EngineError('invalid-model', 'wrong rank', { expected: '[N, C, H, W]', got: `rank ${x.shape.length}` });
      const shape = shapeOf(x.shape as readonly [Dim, Dim, Dim, Dim], blocksize);
      if (shape.some((dim) => typeof dim === 'number' && !Number.isInteger(dim))) {
        throw new EngineError('invalid-model', 'the block does not divide the input', {
          expected: `multiples of ${blocksize}`,
          got: `[${x.shape.join(', ')}]`,
        });
      }
      return [{ dtype: x.dtype, shape }];
    },
    reference: ([x], attributes) => [rearrange(x as Tensor, rearrangementOf((x as Tensor).shape, attributes))],
    lower({ g, inputs: [x = ''], types, attributes }) {
      const { split, perm, joined } = rearrangementOf(boundShape(types[0]), attributes);
      return [addRearranged(g, x, split, perm, joined)];
    },
    // dx = dy rearranged back
    vjp({ g, inputs: [x = ''], dy: [dy = ''], types, attributes }) {
      if (dy === '' || !differentiable(g, x)) return [''];
      const shape = boundShape(types[0] as ValueType);
      const { split, perm } = rearrangementOf(shape, attributes);
      const pieces = perm.map((axis) => split[axis] as number);
      return [
        addRearranged(
          g,
          dy,
          pieces,
          perm.map((_, axis) => perm.indexOf(axis)),
          shape,
        ),
      ];
    },
  };
}

/** Quotient that stays exact, so that a remainder shows as a fraction. */
const part = (dim: Dim, block: number): Dim => (typeof dim === 'number' ? dim / block : divideDims(dim, block));

export const depthToSpace = rearranging<{ blocksize: number; mode: string }>(
  { type: 'DepthToSpace', since: 1, attributes: { blocksize: attribute.int(), mode: attribute.string('DCR') } },
  ([n, c, h, w], block) => [n, part(c, block * block), multiplyDims(h, block), multiplyDims(w, block)],
  (shape, { blocksize, mode }) => toSpace(shape, blocksize, mode),
);

export const spaceToDepth = rearranging<{ blocksize: number }>(
  { type: 'SpaceToDepth', since: 1, attributes: { blocksize: attribute.int() } },
  ([n, c, h, w], block) => [n, multiplyDims(c, block * block), part(h, block), part(w, block)],
  (shape, { blocksize }) => toDepth(shape, blocksize),
);
