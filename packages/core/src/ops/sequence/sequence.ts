import { EngineError } from '../../errors.ts';
import type { Graph } from '../../ir/graph.ts';
import { dtypeOfElementType } from '../../tensor/element-type.ts';
import { normalizeAxis, sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { type AttributeSpec, attribute } from '../attribute.ts';
import { joinTensors, untyped } from '../host.ts';
import type { HostContext, Op } from '../op.ts';
import { hostTensor, isTensorValue, type RuntimeValue, Sequence } from '../value.ts';

type Run<A> = (inputs: readonly (RuntimeValue | undefined)[], attributes: A, context: HostContext) => Promise<readonly RuntimeValue[]>;

/** An operator on sequences or optionals: a host step, which passes tensors on without reading them. */
function sequenceOp<A = Record<string, never>>(type: string, since: number, attributes: AttributeSpec<A>, run: Run<A>): Op<A> {
  return { type, since, attributes, infer: () => untyped(type), reference: () => untyped(type), run };
}

function sequenceOf(value: RuntimeValue | undefined): Sequence {
  if (value instanceof Sequence) return value;
  throw new EngineError('invalid-model', 'an input is no sequence', { expected: 'a sequence', got: value ? 'a tensor' : 'nothing' });
}

async function numberOf(value: RuntimeValue | undefined): Promise<number | undefined> {
  return isTensorValue(value) ? (await hostTensor(value)).at(0) : undefined;
}

function positionOf(index: number, length: number): number {
  if (index < -length || index >= length) {
    throw new EngineError('out-of-range', 'no such position in the sequence', { expected: `${-length}..${length - 1}`, got: `${index}` });
  }
  return index < 0 ? index + length : index;
}

const none: AttributeSpec<Record<string, never>> = {};
const numbers = (value: number) => Tensor.scalar(BigInt(value), 'int64');

/** Parts of a tensor along an axis, of `size` each (the last may be smaller) or of the sizes given. */
function split(x: Tensor, axis: number, sizes: readonly number[], keepdims: boolean): readonly Tensor[] {
  const [outer, dim, inner] = [sizeOf(x.shape.slice(0, axis)), x.shape[axis] as number, sizeOf(x.shape.slice(axis + 1))];
  let start = 0;
  return sizes.map((size) => {
    const rows = Array.from({ length: outer }, (_, row) => x.data.slice((row * dim + start) * inner, (row * dim + start + size) * inner));
    start += size;
    const flat = rows.map((row) => Tensor.from(row, [row.length], x.dtype));
    const shape = keepdims ? x.shape.with(axis, size) : x.shape.toSpliced(axis, 1);
    return (joinTensors(flat, 0, false) as Tensor).reshape(shape);
  });
}

export const sequenceOps = [
  sequenceOp<{ dtype: number }>('SequenceEmpty', 11, { dtype: attribute.int(1) }, async (_, { dtype }) => [
    new Sequence([], dtypeOfElementType(dtype)),
  ]),
  sequenceOp('SequenceConstruct', 11, none, async (inputs) => [new Sequence(inputs.filter(isTensorValue))]),
  sequenceOp('SequenceLength', 11, none, async ([sequence]) => [numbers(sequenceOf(sequence).items.length)]),
  sequenceOp('SequenceAt', 11, none, async ([sequence, position]) => {
    const { items } = sequenceOf(sequence);
    return [items[positionOf((await numberOf(position)) ?? 0, items.length)] as Tensor];
  }),
  sequenceOp('SequenceInsert', 11, none, async ([sequence, tensor, position]) => {
    const { items, dtype } = sequenceOf(sequence);
    if (!isTensorValue(tensor)) throw new EngineError('invalid-model', 'what is inserted is no tensor');
    const index = (await numberOf(position)) ?? items.length;
    return [
      new Sequence(items.toSpliced(index === items.length ? index : positionOf(index, items.length), 0, tensor), dtype ?? tensor.dtype),
    ];
  }),
  sequenceOp('SequenceErase', 11, none, async ([sequence, position]) => {
    const { items, dtype } = sequenceOf(sequence);
    return [new Sequence(items.toSpliced(positionOf((await numberOf(position)) ?? -1, items.length), 1), dtype)];
  }),
  sequenceOp<{ axis: number; keepdims: number }>(
    'SplitToSequence',
    11,
    { axis: attribute.int(0), keepdims: attribute.int(1) },
    async ([input, lengths], { axis, keepdims }) => {
      const x = await hostTensor(input as Tensor);
      const at = normalizeAxis(axis, x.shape.length);
      const dim = x.shape[at] as number;
      const given = isTensorValue(lengths) ? await hostTensor(lengths) : undefined;
      const each = given === undefined ? 1 : given.shape.length === 0 ? given.at(0) : undefined;
      const sizes =
        each === undefined
          ? (given as Tensor).toNumbers()
          : Array.from({ length: Math.ceil(dim / each) }, (_, index) => Math.min(each, dim - index * each));
      return [new Sequence(split(x, at, sizes, given !== undefined || keepdims === 1), x.dtype)];
    },
  ),
  sequenceOp<{ axis: number; new_axis: number }>(
    'ConcatFromSequence',
    11,
    { axis: attribute.int(), new_axis: attribute.int(0) },
    async ([sequence], { axis, new_axis }) => {
      const items = await Promise.all(sequenceOf(sequence).items.map(hostTensor));
      const joined = joinTensors(items, axis, new_axis === 1);
      if (!joined) throw new EngineError('invalid-data', 'an empty sequence cannot be joined');
      return [joined];
    },
  ),
  sequenceOp<{ body: Graph }>('SequenceMap', 17, { body: attribute.graph() }, async ([sequence, ...others], { body }, context) => {
    const { items } = sequenceOf(sequence);
    const results: RuntimeValue[][] = [];
    for (const [index, item] of items.entries()) {
      const further = others.map((value) => (value instanceof Sequence ? (value.items[index] as Tensor) : (value as RuntimeValue)));
      results.push([...(await context.body(body, [item, ...further]))]);
    }
    return Array.from({ length: context.outputs }, (_, output) => new Sequence(results.map((run) => run[output]).filter(isTensorValue)));
  }),
  sequenceOp('Optional', 15, none, async ([value]) => [value ?? null]),
  sequenceOp('OptionalGetElement', 15, none, async ([value]) => {
    if (value === undefined || value === null) throw new EngineError('invalid-data', 'an optional that holds nothing is read');
    return [value];
  }),
  sequenceOp('OptionalHasElement', 15, none, async ([value]) => [Tensor.scalar(value !== undefined && value !== null, 'bool')]),
] as const;
