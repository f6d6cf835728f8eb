import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import { formatType, type ValueType } from '../../ir/graph.ts';
import type { DType } from '../../tensor/dtype.ts';
import { dtypeOfElementType } from '../../tensor/element-type.ts';
import { normalizeAxis, sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape, required } from '../dims.ts';
import { arithmetic } from '../elementwise/arithmetic.ts';
import { int64s } from '../movement/host.ts';
import type { LowerContext, Op } from '../op.ts';
import { addExpression, applyCentre, applyQuantize, quantizeOnHost } from './requantize.ts';

interface LinearAttributes {
  readonly axis: number;
  /** Elements along `axis` that share a scale; 0: one scale a tensor or one an index of `axis`. */
  readonly block_size: number;
}

interface QuantizeAttributes extends LinearAttributes {
  readonly output_dtype: number;
}

/**
 * How scale and zero point apply to x: the shape x is seen in and the shape they are seen in, which broadcasts to it.
 * A block of `axis` becomes an axis of its own.
 */
interface Form {
  readonly data: readonly number[];
  readonly parameters: readonly number[];
}

function formOf(x: readonly number[], scale: readonly number[], { axis, block_size: block }: LinearAttributes): Form {
  if (sizeOf(scale) === 1 && scale.length <= 1) return { data: x, parameters: [] };
  const own = normalizeAxis(axis, x.length);
  if (scale.length === 1) return { data: x, parameters: [scale[0] as number, ...x.slice(own + 1).map(() => 1)] };
  const size = block === 0 ? (x[own] as number) / (scale[own] as number) : block;
  if (scale.length !== x.length || (scale[own] as number) * size !== x[own]) {
    throw new EngineError('unsupported', 'these blocks of scales', {
      expected: `${x[own]} elements on axis ${own} in whole blocks of ${size}`,
      got: `scales [${scale.join(', ')}] for [${x.join(', ')}]`,
    });
  }
  return {
    data: [...x.slice(0, own), scale[own] as number, size, ...x.slice(own + 1)],
    parameters: [...scale.slice(0, own + 1), 1, ...scale.slice(own + 1)],
  };
}

/** Index into the parameters for each element of the data, on the host. */
function parameterIndex({ data, parameters }: Form): (offset: number) => number {
  const lead = data.length - parameters.length;
  return (offset) => {
    let rest = offset;
    let index = 0;
    let stride = 1;
    for (let axis = data.length - 1; axis >= lead; axis--) {
      const dim = data[axis] as number;
      const own = parameters[axis - lead] as number;
      if (own !== 1) index += (rest % dim) * stride;
      stride *= own;
      rest = Math.floor(rest / dim);
    }
    return index;
  };
}

/** Emits `write` over x, scale and zero point in the shapes of the form; the result has x's shape again. */
function lowerLinear(
  { g, inputs: [x = '', scale = '', zero = ''], types }: LowerContext<unknown>,
  attributes: LinearAttributes,
  emit: (x: string, scale: string, zero: string) => string,
): string {
  const shape = boundShape(types[0]);
  const { data, parameters } = formOf(shape, boundShape(types[1]), attributes);
  const seen = (name: string, form: readonly number[]) => (name === '' ? '' : reshape(g, name, form));
  const y = emit(reshape(g, x, data), seen(scale, parameters), seen(zero, parameters));
  return reshape(g, y, shape);
}

function reshape(g: GraphBuilder, name: string, shape: readonly number[]): string {
  const own = boundShape(g.typeOf(name));
  if (own.length === shape.length && own.every((dim, axis) => dim === shape[axis])) return name;
  return g.add('Reshape', [name, g.constant(int64s(shape), g.fresh('shape'))], { allowzero: 1 });
}

/** y = saturate(round(x / scale) + zero point), ties to even (opsets 10, 13, 19, 21: a scale a tensor, an axis or a block). */
export const quantizeLinear: Op<QuantizeAttributes> = {
  type: 'QuantizeLinear',
  since: 10,
  attributes: { axis: attribute.int(1), block_size: attribute.int(0), output_dtype: attribute.int(0) },
  infer(inputs, { output_dtype }) {
    const x = required(inputs[0], 'x');
    required(inputs[1], 'y_scale');
    const dtype = inputs[2]?.dtype ?? (output_dtype === 0 ? 'uint8' : dtypeOfElementType(output_dtype));
    if (!dtype || dtype.startsWith('float')) {
      throw new EngineError('unsupported', 'this quantised type', {
        expected: 'an integer type',
        got: dtype ?? `data type ${output_dtype}`,
      });
    }
    return [{ dtype, shape: x.shape }];
  },
  reference(inputs, attributes) {
    const [x, scale, zero] = inputs as readonly [Tensor, Tensor, Tensor?];
    const { dtype } = this.infer(inputs, attributes, { constant: () => undefined, outputs: 1 })[0] as ValueType;
    const index = parameterIndex(formOf(x.shape, scale.shape, attributes));
    const values = x.toNumbers().map((value, offset) => {
      const at = index(offset);
      return quantizeOnHost(Math.fround(value / scale.at(at)), zero ? zero.at(at) : 0, dtype);
    });
    return [Tensor.from(values, x.shape, dtype)];
  },
  lower(context) {
    const { types, attributes } = context;
    const { dtype } = quantizeLinear.infer(types, attributes, { constant: () => undefined, outputs: 1 })[0] as ValueType;
    const y = lowerLinear(context, attributes, (x, scale, zero) =>
      addExpression(context.g, [x, scale, zero], dtype, (e, [value = 0, step = 1, centre]) =>
        applyQuantize(e, e.apply('Div', [e.cast(value, 'float32'), step]), centre, dtype),
      ),
    );
    return [y];
  },
};

/** y = (x − zero point) · scale, in the dtype of the scale. */
export const dequantizeLinear: Op<LinearAttributes> = {
  type: 'DequantizeLinear',
  since: 10,
  attributes: { axis: attribute.int(1), block_size: attribute.int(0) },
  infer(inputs) {
    const x = required(inputs[0], 'x');
    return [{ dtype: required(inputs[1], 'x_scale').dtype, shape: x.shape }];
  },
  reference(inputs, attributes) {
    const [x, scale, zero] = inputs as readonly [Tensor, Tensor, Tensor?];
    const index = parameterIndex(formOf(x.shape, scale.shape, attributes));
    const values = x.toNumbers().map((value, offset) => {
      const at = index(offset);
      return (value - (zero ? zero.at(at) : 0)) * scale.at(at);
    });
    return [Tensor.from(values, x.shape, scale.dtype)];
  },
  lower(context) {
    const { dtype } = context.types[1] as ValueType;
    const y = lowerLinear(context, context.attributes, (x, scale, zero) =>
      addExpression(context.g, [x, scale, zero], dtype, (e, [value = 0, step = 1, centre]) =>
        e.apply('Mul', [applyCentre(e, value, centre), step]),
      ),
    );
    return [y];
  },
};

/** The scale and zero point that uint8 takes for x: its range with 0 in it, over 255. */
export function dynamicParameters(values: readonly number[]): { readonly scale: number; readonly zero: number } {
  let low = 0;
  let high = 0;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const range = Math.fround(high - low);
  const scale = range === 0 ? 1 : Math.fround(range / 255);
  return { scale, zero: quantizeOnHost(Math.fround(-low / scale), 0, 'uint8') };
}

/** Emits the quantised tensor, its scale and its zero point. */
export function addDynamicQuantize(g: GraphBuilder, x: string): readonly [string, string, string] {
  const m = arithmetic(g, 'float32');
  const low = g.add('ReduceMin', [x], { keepdims: 0 });
  const high = g.add('ReduceMax', [x], { keepdims: 0 });
  const range = m.sub(m.apply('Max', [high, 0]), m.apply('Min', [low, 0]));
  const scale = m.where(m.greater(range, 0), m.div(range, 255), 1);
  const zero = addExpression(g, [low, scale], 'uint8', (e, [least = 0, step = 1]) => {
    const below = e.apply('Min', [least, e.constant(0, 'f32')]);
    return applyQuantize(e, e.apply('Neg', [e.apply('Div', [below, step])]), undefined, 'uint8');
  });
  const y = addExpression(g, [x, scale, zero], 'uint8', (e, [value = 0, step = 1, centre]) =>
    applyQuantize(e, e.apply('Div', [value, step]), centre, 'uint8'),
  );
  return [y, scale, zero];
}

/** x to uint8 with a scale and a zero point found from its range. Outputs: y, y_scale, y_zero_point. */
export const dynamicQuantizeLinear: Op = {
  type: 'DynamicQuantizeLinear',
  since: 11,
  attributes: {},
  infer(inputs) {
    const x = floatInput(inputs[0], 'x');
    const scalar = (dtype: DType): ValueType => ({ dtype, shape: [] });
    return [{ dtype: 'uint8', shape: x.shape }, scalar('float32'), scalar('uint8')];
  },
  reference([input]) {
    const x = input as Tensor;
    const values = x.toNumbers();
    const { scale, zero } = dynamicParameters(values);
    const y = values.map((value) => quantizeOnHost(Math.fround(value / scale), zero, 'uint8'));
    return [Tensor.from(y, x.shape, 'uint8'), Tensor.scalar(scale), Tensor.scalar(zero, 'uint8')];
  },
  lower: ({ g, inputs: [x = ''] }) => addDynamicQuantize(g, x),
};

export function floatInput(type: ValueType | undefined, name: string): ValueType {
  const x = required(type, name);
  if (x.dtype === 'float32') return x;
  throw new EngineError('invalid-model', `input '${name}' has the wrong dtype`, { expected: 'float32', got: formatType(x) });
}
