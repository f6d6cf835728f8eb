import type { Binding } from '../../wgsl/kernel.ts';
import { type HelperName, overflowBinding, overflowParams } from '../../wgsl/overflow.ts';
import type { BoundType } from '../op.ts';
import type { Expression, ScalarType } from './expression.ts';
import { type Operand, operandOf } from './operand.ts';
import { emitExpression, loadText, type SlotText, storeText } from './wgsl.ts';

/** What a kernel needs to apply an expression to its accumulator before it writes. */
export interface Epilogue {
  readonly bindings: readonly Binding[];
  readonly params: Readonly<Record<string, 'u32'>>;
  readonly values: Readonly<Record<string, number>>;
  /** What the text depends on besides the expression: how each operand is read. */
  readonly key: readonly string[];
  /** Module-scope functions: the expression's helpers and `epilogue`. */
  readonly declarations: string;
  /** Text of the element to store, given the accumulator and the flat output offset as text. */
  value(accumulator: string, offset: string, ...coordinates: readonly string[]): string;
}

/** A coordinate of the output that the kernel has at hand: where an operand varies along it alone, that saves two divisions an element. */
export interface Coordinate {
  /** Name of the u32 argument that `epilogue` takes for it. */
  readonly name: string;
  /** The coordinate is `(offset / inner) % dim`. */
  readonly inner: number;
  readonly dim: number;
}

/**
 * @param expression slot 0 is the accumulator, slots 1.. are `operands` in order
 * @param operands inputs that broadcast to the output, with their binding names (`in2`)
 * @param output shape and element type of what is written
 * @param coordinates passed to `value` in this order, after the offset
 * @param checks functions of wgsl/overflow.ts that the kernel calls; they are declared with the expression's
 */
export function epilogueOf(
  expression: Expression,
  accumulator: ScalarType,
  operands: readonly { readonly name: string; readonly type: BoundType }[],
  output: BoundType,
  coordinates: readonly Coordinate[] = [],
  checks: readonly HelperName[] = [],
): Epilogue {
  const reads = operands.map(({ name, type }): Operand => {
    const operand = operandOf(name, type.shape, output.shape);
    const known = coordinates.find(
      ({ inner, dim }) => operand.kind === 'block' && operand.values[`${name}_inner`] === inner && operand.values[`${name}_dim`] === dim,
    );
    return known ? { ...operand, key: known.name, params: {}, values: {}, index: () => known.name } : operand;
  });
  const slots: SlotText[] = [
    { text: 'accumulator', type: accumulator },
    ...operands.map(({ name, type }, index) => {
      const element = `${name}[${(reads[index] as Operand).index('offset')}]`;
      return loadSlot(element, type);
    }),
  ];
  const { lines, result, type, helpers, checked } = emitExpression(expression, slots, 'e', checks);
  const signature = [`accumulator: ${accumulator}`, 'offset: u32', ...coordinates.map(({ name }) => `${name}: u32`)].join(', ');
  const body = lines ? `  ${lines.replaceAll('\n', '\n  ')}\n` : '';
  const declarations = `${helpers ? `${helpers}\n\n` : ''}fn epilogue(${signature}) -> ${output.elem} {
${body}  return ${storeText(result, type, output.elem)};
}`;
  return {
    bindings: [
      ...operands.map(({ name, type }): Binding => ({ name, elem: type.elem, access: 'read' })),
      ...(checked ? [overflowBinding] : []),
    ],
    params: Object.assign({}, ...reads.map((read) => read.params), checked ? overflowParams : {}),
    values: Object.assign({}, ...reads.map((read) => read.values)),
    key: reads.map((read, index) => `${read.key} ${operands[index]?.type.dtype === 'bool'}`),
    declarations,
    value: (...texts) => `epilogue(${texts.join(', ')})`,
  };
}

/** A stored element as an expression's slot. */
export function loadSlot(element: string, type: Pick<BoundType, 'dtype' | 'elem'>): SlotText {
  const text = loadText(element, type.dtype, type.elem);
  return { text, type: type.dtype === 'bool' ? 'bool' : type.elem === 'f16' ? 'f32' : type.elem };
}
