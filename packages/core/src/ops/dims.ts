import { EngineError } from '../errors.ts';
import { type Dim, isBound, type ValueType } from '../ir/graph.ts';

let unknowns = 0;

/** A dimension that nothing is known of until the graph is bound; no two are the same symbol. */
export function unknownDim(): Dim {
  return `?${++unknowns}`;
}

/** The shape of a value that must be bound (lowerings and kernels run on bound graphs only). */
export function boundShape(type: ValueType | undefined): readonly number[] {
  if (!type || !isBound(type.shape))
    throw new EngineError('internal', 'a shape is not bound', { got: type ? `[${type.shape.join(', ')}]` : 'none' });
  return type.shape;
}

/** An input that must be there. */
export function required<T>(input: T | undefined, name: string): T {
  if (input === undefined) throw new EngineError('invalid-model', `input '${name}' is missing`);
  return input;
}

/** How many elements a 1-D input has, which is the rank of what it describes. */
export function lengthOf(type: ValueType, name: string): number {
  const [length = 1] = type.shape;
  if (type.shape.length > 1 || typeof length !== 'number') {
    throw new EngineError('unsupported', `the length of '${name}' is not known`, {
      expected: 'a 1-D tensor of fixed length',
      got: `[${type.shape.join(', ')}]`,
    });
  }
  return length;
}

/** A value that must be a constant when a graph is lowered. */
export function requiredConstant<T>(tensor: T | undefined, name: string): T {
  if (tensor === undefined) {
    throw new EngineError('unsupported', `input '${name}' is computed by the graph`, {
      expected: 'a constant',
      hint: "Use the 'wasm' engine for this model.",
    });
  }
  return tensor;
}
