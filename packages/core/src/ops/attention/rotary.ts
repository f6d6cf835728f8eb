import type { GraphBuilder } from '../../ir/builder.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { composite } from '../composite.ts';
import { boundShape, required } from '../dims.ts';
import { int64s } from '../movement/host.ts';
import { reshapeTo } from '../movement/reshape-to.ts';
import type { Op } from '../op.ts';

export function sliceLast(g: GraphBuilder, x: string, start: number, end: number, step = 1): string {
  const axis = boundShape(g.typeOf(x)).length - 1;
  const number = (value: number, name: string) => g.constant(int64s([value]), g.fresh(name));
  return g.add('Slice', [x, number(start, 'start'), number(end, 'end'), number(axis, 'axis'), number(step, 'step')]);
}

/**
 * Turns pairs of the first `2·width` elements of each head, x [B, S, H, D], by the angles whose cosines and sines are [B or 1, S, width].
 * The pairs are (i, i + width), or (2i, 2i + 1) when interleaved. (Su et al. 2021)
 */
export function emitRotary(g: GraphBuilder, x: string, cosines: string, sines: string, interleaved: boolean): string {
  const [batch = 1, length = 1, heads = 1, size = 1] = boundShape(g.typeOf(x));
  const [own = 1, , width = 1] = boundShape(g.typeOf(cosines));
  const turned = 2 * width;
  const part = turned === size ? x : sliceLast(g, x, 0, turned);
  const [first, second] = interleaved
    ? [sliceLast(g, part, 0, turned, 2), sliceLast(g, part, 1, turned, 2)]
    : [sliceLast(g, part, 0, width), sliceLast(g, part, width, turned)];
  const [c, s] = [cosines, sines].map((name) => reshapeTo(g, name, [own, length, 1, width])) as [string, string];
  const real = g.add('Sub', [g.add('Mul', [first, c]), g.add('Mul', [second, s])]);
  const imaginary = g.add('Add', [g.add('Mul', [first, s]), g.add('Mul', [second, c])]);
  const pair = (name: string) => reshapeTo(g, name, [batch, length, heads, width, 1]);
  const joined = interleaved
    ? reshapeTo(g, g.add('Concat', [pair(real), pair(imaginary)], { axis: 4 }), [batch, length, heads, turned])
    : g.add('Concat', [real, imaginary], { axis: 3 });
  return turned === size ? joined : g.add('Concat', [joined, sliceLast(g, x, turned, size)], { axis: 3 });
}

interface RotaryAttributes {
  readonly interleaved: number;
  readonly num_heads: number;
  readonly rotary_embedding_dim: number;
  readonly scale: number;
}

const attributes = {
  interleaved: attribute.int(0),
  num_heads: attribute.int(0),
  rotary_embedding_dim: attribute.int(0),
  scale: attribute.float(1),
};

/** Cosines or sines of each position, [B or 1, S, width]. */
export function cachedAngles(g: GraphBuilder, cache: string, positions: string, width: number): string {
  const own = boundShape(g.typeOf(cache)).at(-1) as number;
  const rows = positions === '' ? cache : g.add('Gather', [cache, positions]);
  return own === width ? rows : sliceLast(g, rows, 0, width);
}

/** @param inputsOf x, positions, cosines and sines among the inputs */
function rotary(
  domain: string,
  since: number,
  inputsOf: (inputs: readonly string[]) => readonly [string, string, string, string],
): Op<RotaryAttributes> {
  return composite<RotaryAttributes>({
    type: 'RotaryEmbedding',
    ...(domain === '' ? {} : { domain }),
    since,
    attributes,
    infer: ([x]) => [required(x, 'X')],
    lower({ g, inputs, attributes: { interleaved, num_heads, rotary_embedding_dim } }) {
      const [x, positions, cosines, sines] = inputsOf(inputs);
      const shape = boundShape(g.typeOf(x));
      const [batch = 1] = shape;
      const cacheWidth = boundShape(g.typeOf(cosines)).at(-1) as number;
      const heads =
        shape.length === 4
          ? (shape[1] as number)
          : num_heads > 0
            ? num_heads
            : (shape[2] as number) / (rotary_embedding_dim || 2 * cacheWidth);
      const length = (shape.length === 4 ? shape[2] : shape[1]) as number;
      const size = shape.length === 4 ? (shape[3] as number) : (shape[2] as number) / heads;
      const rows = shape.length === 4 ? g.add('Transpose', [x], { perm: [0, 2, 1, 3] }) : reshapeTo(g, x, [batch, length, heads, size]);
      // One number is where the sequence starts, for all samples.
      const single = positions !== '' && boundShape(g.typeOf(positions)).length === 1;
      const steps = Tensor.from(
        BigInt64Array.from({ length }, (_, index) => BigInt(index)),
        [1, length],
      );
      const own = single ? g.add('Add', [positions, g.constant(steps, g.fresh('steps'))]) : positions;
      const width = (rotary_embedding_dim || size) / 2;
      const [c, s] = [cosines, sines].map((cache) => cachedAngles(g, cache, own, width)) as [string, string];
      const turned = emitRotary(g, rows, c, s, interleaved === 1);
      return [shape.length === 4 ? g.add('Transpose', [turned], { perm: [0, 2, 1, 3] }) : reshapeTo(g, turned, shape)];
    },
  });
}

export const rotaryOps = [
  rotary('', 23, ([x = '', cosines = '', sines = '', positions = '']) => [x, positions, cosines, sines]),
  rotary('com.microsoft', 1, ([x = '', positions = '', cosines = '', sines = '']) => [x, positions, cosines, sines]),
] as const;
