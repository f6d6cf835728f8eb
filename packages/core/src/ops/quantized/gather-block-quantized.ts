import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import { multiplyDims } from '../../ir/dims.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import { normalizeAxis } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { composite } from '../composite.ts';
import { boundShape, required } from '../dims.ts';
import { arithmetic } from '../elementwise/arithmetic.ts';
import { int64s } from '../movement/host.ts';
import { reshapeTo } from '../movement/reshape-to.ts';
import type { Op } from '../op.ts';

interface GatherBlockAttributes {
  readonly gather_axis: number;
  readonly quantize_axis: number;
  readonly block_size: number;
  readonly bits: number;
}

/** Whether two 4-bit numbers stand in each uint8, the first in the low half. */
const isPacked = ({ dtype }: ValueType, bits: number) => dtype === 'uint8' && bits === 4;

function unpacked(g: GraphBuilder, packed: string): string {
  const shape = boundShape(g.typeOf(packed));
  const m = arithmetic(g, 'int32');
  const whole = m.cast(packed, 'int32');
  const high = m.div(whole, 16);
  const low = m.sub(whole, m.mul(high, 16));
  const pair = [low, high].map((half) => reshapeTo(g, half, [...shape, 1]));
  return reshapeTo(g, g.add('Concat', pair, { axis: shape.length }), [...shape.slice(0, -1), (shape.at(-1) as number) * 2]);
}

/**
 * com.microsoft GatherBlockQuantized: rows of a table of 4- or 8-bit numbers, (q − zero point) · scale, where `block_size` numbers along the last
 * axis share a scale. Inputs: data, indices, scales, zero_points.
 */
export const gatherBlockQuantized: Op<GatherBlockAttributes> = composite<GatherBlockAttributes>({
  type: 'GatherBlockQuantized',
  domain: 'com.microsoft',
  since: 1,
  attributes: { gather_axis: attribute.int(0), quantize_axis: attribute.int(1), block_size: attribute.int(128), bits: attribute.int(4) },
  infer([data, indices, scales], { gather_axis, quantize_axis, bits }) {
    const [x, picked] = [required(data, 'data'), required(indices, 'indices')];
    const at = normalizeAxis(gather_axis, x.shape.length);
    if (normalizeAxis(quantize_axis, x.shape.length) !== x.shape.length - 1 || at === x.shape.length - 1) {
      throw new EngineError('unsupported', 'only tables whose last axis is quantised are known', {
        got: `gather_axis ${gather_axis}, quantize_axis ${quantize_axis}`,
      });
    }
    const last = multiplyDims(x.shape.at(-1) as Dim, isPacked(x, bits) ? 2 : 1);
    return [
      { dtype: required(scales, 'scales').dtype, shape: [...x.shape.slice(0, at), ...picked.shape, ...x.shape.slice(at + 1, -1), last] },
    ];
  },
  lower({ g, inputs: [data = '', indices = '', scales = '', zeroPoints = ''], types, attributes: { gather_axis, block_size, bits } }) {
    const x = types[0] as ValueType;
    const { dtype } = types[2] as ValueType;
    const axis = normalizeAxis(gather_axis, x.shape.length);
    const pick = (name: string) => g.add('Gather', [name, indices], { axis });
    const m = arithmetic(g, dtype);
    const packed = isPacked(x, bits);
    const numbers = (name: string) => m.cast(packed ? unpacked(g, name) : name, dtype);
    const factor = pick(scales);
    const shape = boundShape(g.typeOf(factor));
    const values = numbers(pick(data));
    const whole = boundShape(g.typeOf(values));
    const blocks = [...shape, block_size];
    const width = (shape.at(-1) as number) * block_size;
    // The last block may be cut short.
    const pad = width - (whole.at(-1) as number);
    const padded = pad === 0 ? values : g.add('Pad', [values, padsOf(g, whole.length, pad)]);
    const zero = zeroPoints === '' ? (x.dtype === 'uint8' ? 2 ** (bits - 1) : 0) : cut(g, numbers(pick(zeroPoints)), shape);
    const unit = (name: string) => reshapeTo(g, name, [...shape, 1]);
    const centred = m.sub(reshapeTo(g, padded, blocks), typeof zero === 'number' ? zero : unit(zero));
    return [cut(g, reshapeTo(g, m.mul(centred, unit(factor)), [...shape.slice(0, -1), width]), whole)];
  },
});

function padsOf(g: GraphBuilder, rank: number, pad: number): string {
  const pads = BigInt64Array.from({ length: rank * 2 }, (_, index) => BigInt(index === rank * 2 - 1 ? pad : 0));
  return g.constant(Tensor.from(pads), g.fresh('pads'));
}

/** The first elements along the last axis. */
function cut(g: GraphBuilder, x: string, shape: readonly number[]): string {
  const own = boundShape(g.typeOf(x));
  if (own.at(-1) === shape.at(-1)) return x;
  const number = (value: number) => g.constant(int64s([value]), g.fresh('bound'));
  return g.add('Slice', [x, number(0), number(shape.at(-1) as number), number(own.length - 1)]);
}
