import { EngineError } from '../../errors.ts';
import { type Domain, formatType, type ValueType } from '../../ir/graph.ts';
import { type DType, isFloat } from '../../tensor/dtype.ts';
import { sameShape } from '../../tensor/shape.ts';
import { isWide, type Tensor } from '../../tensor/tensor.ts';
import type { AttributeSpec } from '../attribute.ts';
import { broadcastDims } from '../broadcast.ts';
import type { LowerContext, Op } from '../op.ts';
import { type Arithmetic, arithmetic } from './arithmetic.ts';
import { ExpressionBuilder } from './build.ts';
import { evaluatePointwise } from './evaluate.ts';
import { scalarOf } from './wgsl.ts';

/** What a gradient formula reads. */
export interface PointwiseGradient<A> {
  /** Names of the inputs. */
  readonly x: readonly string[];
  readonly y: string;
  readonly dy: string;
  readonly attributes: A;
  readonly types: readonly (ValueType | undefined)[];
}

export interface PointwiseSpec<A> {
  readonly type: string;
  readonly domain?: Domain;
  readonly since?: number;
  readonly attributes?: AttributeSpec<A>;
  /** Fewest and most inputs; one number for both. Those past the fewest may be absent. */
  readonly inputs: number | readonly [number, number];
  /**
   * Writes the expression and returns its result slot.
   * @param x slots of the inputs; undefined where one is absent
   * @param known value of an input that is a constant of one element, else undefined
   */
  expression(
    e: ExpressionBuilder,
    x: readonly (number | undefined)[],
    attributes: A,
    dtypes: readonly DType[],
    known: (index: number) => number | undefined,
  ): number;
  /** Output dtype; that of the first input when left out. */
  output?(dtypes: readonly DType[], attributes: A): DType;
  /** Inputs that must share one dtype; all when left out. */
  readonly alike?: readonly number[];
  /** Gradient of each input, not yet summed over what was broadcast; '' for none. */
  vjp?(m: Arithmetic, context: PointwiseGradient<A>): readonly string[];
}

/** An ONNX operator that computes each output element from the input elements broadcast to it. It lowers to `headstart.Elementwise`. */
export function pointwise<A = Record<string, never>>(spec: PointwiseSpec<A>): Op<A> {
  const { type, domain, since = 1, attributes = {} as AttributeSpec<A>, vjp } = spec;
  const [least, most] = typeof spec.inputs === 'number' ? [spec.inputs, spec.inputs] : spec.inputs;
  const present = (inputs: readonly (ValueType | undefined)[]): readonly ValueType[] => {
    if (inputs.length < least || inputs.length > most || inputs.slice(0, least).some((input) => !input)) {
      throw new EngineError('invalid-model', 'wrong number of inputs', {
        expected: least === most ? `${least}` : `${least} to ${most}`,
        got: `${inputs.filter(Boolean).length}`,
      });
    }
    return inputs.filter((input) => input !== undefined);
  };
  const outputType = (dtypes: readonly DType[], given: A) => spec.output?.(dtypes, given) ?? (dtypes[0] as DType);

  return {
    type,
    ...(domain === undefined ? {} : { domain }),
    since,
    attributes,
    infer(inputs, given) {
      const types = present(inputs);
      const alike = spec.alike?.map((index) => inputs[index] as ValueType) ?? types;
      if (alike.some(({ dtype }) => dtype !== alike[0]?.dtype)) {
        throw new EngineError('invalid-model', 'inputs differ in dtype', {
          expected: 'one dtype',
          got: types.map(formatType).join(' and '),
        });
      }
      const dtypes = types.map(({ dtype }) => dtype);
      return [{ dtype: outputType(dtypes, given), shape: broadcastDims(...types.map(({ shape }) => shape)) }];
    },
    reference(inputs, given) {
      const tensors = inputs.filter((input) => input !== undefined);
      const dtypes = tensors.map(({ dtype }) => dtype);
      const dtype = outputType(dtypes, given);
      const e = new ExpressionBuilder(dtypes);
      const slots = inputs.map((input) => (input ? tensors.indexOf(input) : undefined));
      const result = spec.expression(e, slots, given, dtypes, () => undefined);
      return [evaluatePointwise(e.build(result), tensors, dtype)];
    },
    lower: (context) => [lowerPointwise(spec, context, outputType)],
    ...(vjp
      ? {
          vjp({ g, inputs, outputs, dy, types, attributes: given }) {
            const flow = dy[0] ?? '';
            if (flow === '') return inputs.map(() => '');
            return vjp(arithmetic(g, g.typeOf(flow).dtype), { x: inputs, y: outputs[0] as string, dy: flow, attributes: given, types });
          },
        }
      : {}),
  };
}

/** Emits `headstart.Elementwise`; scalar constants become literals, so that they cost no binding and no read. */
function lowerPointwise<A>(
  spec: PointwiseSpec<A>,
  { g, inputs, types, attributes, constant }: LowerContext<A>,
  outputType: (dtypes: readonly DType[], attributes: A) => DType,
): string {
  const present = inputs.map((_, index) => index).filter((index) => inputs[index] !== '');
  const typeOf = (index: number) => types[index] as ValueType;
  const dtypes = present.map((index) => typeOf(index).dtype);
  const shapeOf = (indices: readonly number[]) => broadcastDims(...indices.map((index) => typeOf(index).shape));
  const literals = inputs.map((name, index) => (name === '' ? undefined : literalOf(constant(index), typeOf(index).dtype)));
  const tensors = present.filter((index) => literals[index] === undefined);
  const operands = tensors.length > 0 && sameShape(shapeOf(tensors), shapeOf(present)) ? tensors : present;
  const e = new ExpressionBuilder(operands.map((index) => typeOf(index).dtype));
  const slots = inputs.map((name, index) => {
    const slot = operands.indexOf(index);
    if (slot >= 0) return slot;
    if (name === '') return undefined;
    const { dtype } = typeOf(index);
    return e.constant(literals[index] as number, scalarOf(dtype), dtype);
  });
  const result = spec.expression(e, slots, attributes, dtypes, (index) => literals[index]);
  const dtype = outputType(dtypes, attributes);
  return g.add(
    'Elementwise',
    operands.map((index) => inputs[index] as string),
    { expression: e.build(result), dtype },
    { domain: 'headstart' },
  );
}

/** The number a one-element constant holds, where WGSL has a literal for it. */
function literalOf(tensor: Tensor | undefined, dtype: DType): number | undefined {
  if (tensor?.size !== 1) return undefined;
  if (isWide(tensor)) return undefined;
  const value = tensor.at(0);
  const representable = isFloat(dtype) ? Number.isFinite(Math.fround(value)) : Math.abs(value) < 2 ** 31;
  return representable ? value : undefined;
}
