import { EngineError } from '../errors.ts';
import type { AttributeMap, AttributeValue, Graph } from '../ir/graph.ts';
import { Tensor } from '../tensor/tensor.ts';

/** How one attribute is read: its check and its default. */
export interface AttributeRule<T> {
  readonly kind: string;
  readonly fallback: T | typeof required;
  accepts(value: AttributeValue): boolean;
}

export type AttributeSpec<A> = { readonly [K in keyof A]: AttributeRule<A[K]> };

const required = Symbol('required');

function rule<T>(kind: string, accepts: (value: AttributeValue) => boolean) {
  return (...fallback: [T?]): AttributeRule<T> => ({ kind, accepts, fallback: fallback.length === 0 ? required : (fallback[0] as T) });
}

/** `attribute.int(-1)`: an int with default -1; without an argument the attribute must be there. Pass `undefined` for "optional, none". */
export const attribute = {
  int: rule<number>('an integer', (value) => Number.isInteger(value)),
  optionalInt: (): AttributeRule<number | undefined> =>
    rule<number | undefined>('an integer', (value) => Number.isInteger(value))(undefined),
  float: rule<number>('a number', (value) => typeof value === 'number'),
  optionalFloat: (): AttributeRule<number | undefined> =>
    rule<number | undefined>('a number', (value) => typeof value === 'number')(undefined),
  string: rule<string>('a string', (value) => typeof value === 'string'),
  ints: rule<readonly number[]>('a list of integers', isNumbers),
  optionalInts: (): AttributeRule<readonly number[] | undefined> =>
    rule<readonly number[] | undefined>('a list of integers', isNumbers)(undefined),
  floats: rule<readonly number[]>('a list of numbers', isNumbers),
  strings: rule<readonly string[]>('a list of strings', (value) => Array.isArray(value) && value.every((item) => typeof item === 'string')),
  tensor: rule<Tensor | undefined>('a tensor', (value) => value instanceof Tensor),
  graph: rule<Graph>('a graph', (value) => typeof value === 'object' && 'nodes' in value),
  /** Anything, for attributes of our own core ops that hold structured data. */
  any: <T>(...fallback: [T?]): AttributeRule<T> => rule<T>('a value', () => true)(...fallback),
} as const;

function isNumbers(value: AttributeValue): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'number');
}

/** Reads a node's attributes by an op's spec. Attributes the spec does not name are ignored. */
export function parseAttributes<A>(spec: AttributeSpec<A>, given: AttributeMap): A {
  const parsed: Record<string, unknown> = {};
  for (const [name, { kind, accepts, fallback }] of Object.entries<AttributeRule<unknown>>(spec)) {
    const value = given[name];
    if (value === undefined) {
      if (fallback === required) throw new EngineError('invalid-model', `attribute '${name}' is missing`, { expected: kind });
      parsed[name] = fallback;
    } else if (accepts(value)) parsed[name] = value;
    else
      throw new EngineError('invalid-model', `attribute '${name}' has the wrong type`, {
        expected: kind,
        got: JSON.stringify(value)?.slice(0, 60) ?? 'nothing',
      });
  }
  return parsed as A;
}
