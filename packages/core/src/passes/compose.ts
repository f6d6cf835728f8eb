import type { Expression, Instruction } from '../ops/elementwise/expression.ts';

/** An expression and the names of the values its slots read. */
export interface Reading {
  readonly expression: Expression;
  readonly slots: readonly string[];
}

/**
 * Puts `inner` in the place of `outer`'s slots that read `value`. The slots of the result are `inner`'s, then those of
 * `outer` that `inner` does not have; equal instructions are computed once.
 */
export function compose(inner: Reading, outer: Reading, value: string): Reading {
  const slots = [...new Set([...inner.slots, ...outer.slots.filter((slot) => slot !== value)])];
  const instructions: Instruction[] = [];
  const append = ({ expression, slots: own }: Reading, substitute: ReadonlyMap<string, number>): number => {
    const place = own.map((slot) => substitute.get(slot) ?? slots.indexOf(slot));
    for (const instruction of expression) {
      const args = instruction.args.map((arg) => place[arg] as number);
      place.push(appendOnce(instructions, { ...instruction, args }, slots.length));
    }
    return expression.length === 0 ? (place[0] as number) : (place.at(-1) as number);
  };
  const middle = append(inner, new Map());
  const result = append(outer, new Map([[value, middle]]));
  return { slots, expression: endingWith(instructions, result, slots.length) };
}

/** The same expression with each value read by one slot. */
export function withoutRepeats({ expression, slots }: Reading): Reading {
  return compose({ expression: [], slots: [slots[0] as string] }, { expression, slots }, slots[0] as string);
}

function appendOnce(instructions: Instruction[], instruction: Instruction, slots: number): number {
  const known = instructions.findIndex(
    ({ fn, args, literals = [], type, checked }) =>
      fn === instruction.fn &&
      type === instruction.type &&
      checked === instruction.checked &&
      `${args}` === `${instruction.args}` &&
      `${literals}` === `${instruction.literals ?? []}`,
  );
  return slots + (known >= 0 ? known : instructions.push(instruction) - 1);
}

/** The value of an expression is its last instruction's, so the result must stand last. */
function endingWith(instructions: readonly Instruction[], result: number, slots: number): Expression {
  const last = slots + instructions.length - 1;
  if (result === last || (result === 0 && instructions.length === 0)) return instructions;
  const type = instructions[result - slots]?.type ?? 'f32';
  return [...instructions, { fn: 'Identity', args: [result], type }];
}
