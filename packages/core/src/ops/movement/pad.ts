import { EngineError } from '../../errors.ts';
import { addDims } from '../../ir/dims.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import { normalizeAxis, stridesOf } from '../../tensor/shape.ts';
import { isWide, Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape, required, requiredConstant, unknownDim } from '../dims.ts';
import type { GradientContext, LowerContext, Op } from '../op.ts';
import { addCopy, differentiable } from './copy.ts';
import { int64s, pickElements } from './host.ts';

/** Elements added before and after each axis (negative: taken away), and what they hold. */
interface PadRequest {
  readonly begins: readonly number[];
  readonly ends: readonly number[];
  readonly mode: string;
  readonly fill: number | bigint;
}

/** Input index for an output index relative to the input's first element, on an axis of `dim`; undefined where the fill goes. */
function sourceIndex(index: number, dim: number, mode: string): number | undefined {
  if (index >= 0 && index < dim) return index;
  switch (mode) {
    case 'constant':
      return undefined;
    case 'edge':
      return Math.min(Math.max(index, 0), dim - 1);
    case 'wrap':
      return ((index % dim) + dim) % dim;
    case 'reflect': {
      // Mirrored at the first and the last element, neither repeated: period 2(dim − 1).
      const period = 2 * (dim - 1);
      if (period === 0) return 0;
      const folded = ((index % period) + period) % period;
      return folded < dim ? folded : period - folded;
    }
    default:
      throw new EngineError('invalid-model', "unknown attribute 'mode'", { expected: 'constant, reflect, edge or wrap', got: mode });
  }
}

function splitPads(pads: readonly number[], axes: readonly number[] | undefined, rank: number): Pick<PadRequest, 'begins' | 'ends'> {
  const named = axes?.map((axis) => normalizeAxis(axis, rank)) ?? Array.from({ length: rank }, (_, axis) => axis);
  if (pads.length !== 2 * named.length) {
    throw new EngineError('invalid-model', 'wrong number of pads', { expected: `${2 * named.length}`, got: `${pads.length}` });
  }
  const begins = new Array<number>(rank).fill(0);
  const ends = new Array<number>(rank).fill(0);
  named.forEach((axis, index) => {
    begins[axis] = pads[index] as number;
    ends[axis] = pads[index + named.length] as number;
  });
  return { begins, ends };
}

function padType(x: ValueType, { begins, ends }: Pick<PadRequest, 'begins' | 'ends'>): ValueType {
  return { dtype: x.dtype, shape: x.shape.map((dim, axis): Dim => addDims(dim, (begins[axis] as number) + (ends[axis] as number))) };
}

function padTensor(x: Tensor, { begins, ends, mode, fill }: PadRequest): Tensor {
  const strides = stridesOf(x.shape);
  const target = x.shape.map((dim, axis) => dim + (begins[axis] as number) + (ends[axis] as number));
  const pick = (indices: readonly number[]) => {
    let offset = 0;
    for (let axis = 0; axis < indices.length; axis++) {
      const index = sourceIndex((indices[axis] as number) - (begins[axis] as number), x.shape[axis] as number, mode);
      if (index === undefined) return undefined;
      offset += index * (strides[axis] as number);
    }
    return offset;
  };
  return pickElements(x, target, pick, fill);
}

/** A constant pad is one Copy; the other modes gather each padded axis by indices known now. */
function lowerPad({ g, inputs: [x = ''], types }: LowerContext<unknown>, { begins, ends, mode, fill }: PadRequest): readonly string[] {
  const shape = boundShape(types[0]);
  const target = shape.map((dim, axis) => dim + (begins[axis] as number) + (ends[axis] as number));
  if ([...begins, ...ends].every((pad) => pad === 0)) return [g.add('Identity', [x])];
  if (mode === 'constant') {
    if (typeof fill === 'bigint' && isWide(Tensor.scalar(fill, (types[0] as ValueType).dtype))) {
      throw new EngineError('unsupported', 'padding with a 64-bit integer beyond 32 bits', { got: `${fill}` });
    }
    const strides = stridesOf(shape);
    return [
      addCopy(g, x, {
        shape: target,
        strides,
        offset: -begins.reduce((offset, begin, axis) => offset + begin * (strides[axis] as number), 0),
        low: begins,
        high: begins.map((begin, axis) => begin + (shape[axis] as number)),
        fill: Number(fill),
      }),
    ];
  }
  return [
    target.reduce((value, dim, axis) => {
      const begin = begins[axis] as number;
      if (begin === 0 && ends[axis] === 0) return value;
      const indices = Array.from({ length: dim }, (_, index) => sourceIndex(index - begin, shape[axis] as number, mode) as number);
      return g.add('Gather', [value, g.constant(Tensor.from(Int32Array.from(indices), [dim]), g.fresh('indices'))], { axis });
    }, x),
  ];
}

/** dx = dy without the pads, for a constant fill. */
function padBack({ g, inputs, dy: [dy = ''], types }: GradientContext<unknown>, request: PadRequest | undefined): readonly string[] {
  const none = inputs.slice(1).map(() => '');
  if (dy === '' || !differentiable(g, inputs[0] as string)) return ['', ...none];
  if (request?.mode !== 'constant') {
    throw new EngineError('unsupported', 'the gradient of this padding is not known', { expected: "mode 'constant' and constant pads" });
  }
  const shape = boundShape(types[0]);
  if ([...request.begins, ...request.ends].some((pad) => pad < 0)) {
    throw new EngineError('unsupported', 'the gradient of negative pads is not known', { expected: 'pads of 0 or more' });
  }
  const starts = g.constant(int64s(request.begins), g.fresh('starts'));
  const ends = g.constant(int64s(request.begins.map((begin, axis) => begin + (shape[axis] as number))), g.fresh('ends'));
  return [g.add('Slice', [dy, starts, ends]), ...none];
}

interface PadAttributes {
  readonly mode: string;
  readonly pads: readonly number[];
  readonly value: number;
}

const fromAttributes = ({ mode, pads, value }: PadAttributes, rank: number): PadRequest => ({
  ...splitPads(pads, undefined, rank),
  mode,
  fill: value,
});

/** Pad with pads and fill as attributes. */
export const pad2: Op<PadAttributes> = {
  type: 'Pad',
  since: 2,
  attributes: { mode: attribute.string('constant'), pads: attribute.ints(), value: attribute.float(0) },
  infer: ([data], attributes) => {
    const x = required(data, 'data');
    return [padType(x, fromAttributes(attributes, x.shape.length))];
  },
  reference: ([x], attributes) => [padTensor(x as Tensor, fromAttributes(attributes, (x as Tensor).shape.length))],
  lower: (context) => lowerPad(context, fromAttributes(context.attributes, boundShape(context.types[0]).length)),
  vjp: (context) => padBack(context, fromAttributes(context.attributes, boundShape(context.types[0]).length)),
};

/** Undefined while an input that is there is no constant. */
function fromInputs(
  mode: string,
  rank: number,
  constant: (index: number) => Tensor | undefined,
  given: (index: number) => boolean,
): PadRequest | undefined {
  const [pads, fill, axes] = [constant(1), constant(2), constant(3)];
  if (!pads || (given(2) && !fill) || (given(3) && !axes)) return undefined;
  return { ...splitPads(pads.toNumbers(), axes?.toNumbers(), rank), mode, fill: fill && fill.size > 0 ? fillOf(fill) : 0 };
}

/** An int64 keeps what a number does not hold. */
function fillOf(fill: Tensor): number | bigint {
  const value = fill.data[0];
  return typeof value === 'bigint' ? value : fill.at(0);
}

/** Pad with inputs data, pads, constant_value?, axes? (18); mode `wrap` since 19. */
export const pad: Op<{ mode: string }> = {
  type: 'Pad',
  since: 11,
  attributes: { mode: attribute.string('constant') },
  infer(inputs, _, { constant }) {
    const x = required(inputs[0], 'data');
    const pads = constant(1);
    const axes = constant(3);
    if (!pads || (inputs[3] && !axes)) return [{ dtype: x.dtype, shape: x.shape.map(unknownDim) }];
    return [padType(x, { ...splitPads(pads.toNumbers(), axes?.toNumbers(), x.shape.length) })];
  },
  reference(inputs, { mode }) {
    const x = inputs[0] as Tensor;
    const request = fromInputs(
      mode,
      x.shape.length,
      (index) => inputs[index],
      (index) => inputs[index] !== undefined,
    );
    return [padTensor(x, request as PadRequest)];
  },
  lower(context) {
    const { inputs, types, attributes, constant } = context;
    const request = fromInputs(attributes.mode, boundShape(types[0]).length, constant, (index) => (inputs[index] ?? '') !== '');
    return lowerPad(context, requiredConstant(request, 'pads, constant_value or axes'));
  },
  vjp(context) {
    const { inputs, types, attributes, constant } = context;
    return padBack(
      context,
      fromInputs(attributes.mode, boundShape(types[0]).length, constant, (index) => (inputs[index] ?? '') !== ''),
    );
  },
};
