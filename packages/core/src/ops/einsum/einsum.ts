import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import { isFloat, isInteger } from '../../tensor/dtype.ts';
import { sizeOf, stridesOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { positionsOf } from '../conv/spatial.ts';
import { boundShape, required } from '../dims.ts';
import { scalarAt, tensorOf } from '../elementwise/evaluate.ts';
import type { HostScalar } from '../elementwise/functions.ts';
import { int64s } from '../movement/host.ts';
import { reshapeTo } from '../movement/reshape-to.ts';
import type { Op } from '../op.ts';

const plus = (a: HostScalar, b: HostScalar): HostScalar => (typeof a === 'bigint' ? a + (b as bigint) : Number(a) + Number(b));
const times = (a: HostScalar, b: HostScalar): HostScalar => (typeof a === 'bigint' ? a * (b as bigint) : Number(a) * Number(b));

/** An equation with every axis named by one letter; the axes of an ellipsis are digits, the last one `0`. */
interface Equation {
  readonly inputs: readonly string[];
  readonly output: string;
  readonly sizes: ReadonlyMap<string, Dim>;
}

function parse(equation: string, types: readonly (ValueType | undefined)[]): Equation {
  const text = equation.replaceAll(/\s/g, '');
  const [left = '', right] = text.split('->');
  const terms = left.split(',');
  if (terms.length !== types.length)
    throw new EngineError('invalid-model', 'the equation does not fit the inputs', { expected: `${types.length} terms`, got: equation });
  let most = 0;
  const named = terms.map((term, index) => {
    const rank = required(types[index], `input ${index}`).shape.length;
    const letters = term.replace('...', '');
    const spread = rank - letters.length;
    if (!/^[A-Za-z]*$/.test(letters) || spread < 0 || (spread > 0 && !term.includes('...'))) {
      throw new EngineError('invalid-model', 'the equation does not fit the inputs', {
        expected: `${rank} axes`,
        got: `'${term}' in ${equation}`,
      });
    }
    most = Math.max(most, spread);
    return term.replace('...', ellipsis(spread));
  });
  const sizes = new Map<string, Dim>();
  named.forEach((term, index) => {
    [...term].forEach((letter, axis) => {
      const dim = (types[index] as ValueType).shape[axis] as Dim;
      const known = sizes.get(letter);
      if (known !== undefined && known !== 1 && dim !== 1 && known !== dim) {
        throw new EngineError('invalid-model', `axis '${letter}' has two sizes`, { got: `${known} and ${dim} in ${equation}` });
      }
      if (known === undefined || known === 1) sizes.set(letter, dim);
    });
  });
  const all = named.join('');
  const once = [...new Set(all)].filter((letter) => /[A-Za-z]/.test(letter) && all.indexOf(letter) === all.lastIndexOf(letter)).sort();
  const output = right === undefined ? ellipsis(most) + once.join('') : right.replace('...', ellipsis(most));
  for (const letter of output)
    if (!sizes.has(letter)) throw new EngineError('invalid-model', `axis '${letter}' of the result is in no input`, { got: equation });
  return { inputs: named, output, sizes };
}

/** `210` for three axes: broadcasting aligns them at the end. */
function ellipsis(count: number): string {
  return Array.from({ length: count }, (_, index) => String(count - 1 - index)).join('');
}

/** Sums of products over named axes (NumPy's einsum). It becomes transpositions and matrix products, two operands at a time. */
export const einsum: Op<{ equation: string }> = {
  type: 'Einsum',
  since: 12,
  attributes: { equation: attribute.string() },
  infer(inputs, { equation }) {
    const { output, sizes } = parse(equation, inputs);
    return [{ dtype: required(inputs[0], 'input 0').dtype, shape: [...output].map((letter) => sizes.get(letter) as Dim) }];
  },
  reference(inputs, { equation }) {
    const tensors = inputs as readonly Tensor[];
    const { inputs: terms, output, sizes } = parse(equation, tensors);
    const letters = [...sizes.keys()];
    const summed = letters.filter((letter) => !output.includes(letter));
    const size = (letter: string) => sizes.get(letter) as number;
    const readers = tensors.map((tensor, index) => {
      const strides = stridesOf(tensor.shape);
      const term = terms[index] as string;
      return (at: ReadonlyMap<string, number>) =>
        scalarAt(
          tensor,
          [...term].reduce(
            (offset, letter, axis) => offset + (tensor.shape[axis] === 1 ? 0 : (at.get(letter) as number) * (strides[axis] as number)),
            0,
          ),
        );
    });
    const { dtype } = tensors[0] as Tensor;
    const [zero, one]: readonly [HostScalar, HostScalar] = isInteger(dtype) ? [0n, 1n] : [0, 1];
    const shape = [...output].map(size);
    const inner = positionsOf(summed.map(size));
    const values = positionsOf(shape).map((position) => {
      const at = new Map([...output].map((letter, axis) => [letter, position[axis] as number]));
      return inner.reduce<HostScalar>((total, each) => {
        summed.forEach((letter, axis) => {
          at.set(letter, each[axis] as number);
        });
        const product = readers.reduce<HostScalar>((own, read) => times(own, read(at)), one);
        return plus(total, product);
      }, zero);
    });
    return [tensorOf(values, shape, dtype)];
  },
  lower({ g, inputs, types, attributes: { equation } }) {
    const { inputs: terms, output } = parse(equation, types);
    const operands = inputs.map((name, index) => diagonal(g, name, terms[index] as string));
    let current = operands[0] as Operand;
    for (const [index, operand] of operands.slice(1).entries()) {
      const later =
        output +
        operands
          .slice(index + 2)
          .map(({ term }) => term)
          .join('');
      current = contract(g, current, operand, later);
    }
    const single = reduceTo(g, current, output);
    return [permute(g, single, output)];
  },
};

interface Operand {
  readonly name: string;
  readonly term: string;
}

/** Takes the diagonal of axes that have one name. */
function diagonal(g: GraphBuilder, name: string, term: string): Operand {
  const letters = [...new Set(term)].join('');
  if (letters === term) return { name, term };
  const shape = boundShape(g.typeOf(name));
  const strides = stridesOf(shape);
  const sizes = [...letters].map((letter) => shape[term.indexOf(letter)] as number);
  const steps = [...letters].map((letter) =>
    [...term].reduce((sum, each, axis) => (each === letter ? sum + (strides[axis] as number) : sum), 0),
  );
  const offsets = positionsOf(sizes).map((position) => position.reduce((sum, index, axis) => sum + index * (steps[axis] as number), 0));
  const picked = g.constant(Tensor.from(Int32Array.from(offsets), sizes), g.fresh('diagonal'));
  return { name: g.add('Gather', [reshapeTo(g, name, [sizeOf(shape)]), picked]), term: letters };
}

/** Sums over the axes that `kept` does not name. */
function reduceTo(g: GraphBuilder, { name, term }: Operand, kept: string): Operand {
  const axes = [...term].flatMap((letter, axis) => (kept.includes(letter) ? [] : [axis]));
  if (axes.length === 0) return { name, term };
  const left = [...term].filter((letter) => kept.includes(letter)).join('');
  return { name: g.add('ReduceSum', [name, g.constant(int64s(axes), g.fresh('axes'))], { keepdims: 0 }), term: left };
}

function permute(g: GraphBuilder, { name, term }: Operand, wanted: string): string {
  return term === wanted
    ? g.add('Identity', [name])
    : g.add('Transpose', [name], { perm: [...wanted].map((letter) => term.indexOf(letter)) });
}

/** Two operands become one: axes of both that something later names are batches, those that nothing does are summed. */
function contract(g: GraphBuilder, first: Operand, second: Operand, later: string): Operand {
  const a = reduceTo(g, first, later + second.term);
  const b = reduceTo(g, second, later + first.term);
  const dim = ({ name, term }: Operand, letter: string) => boundShape(g.typeOf(name))[term.indexOf(letter)] as number;
  const shared = [...a.term].filter((letter) => b.term.includes(letter));
  const batch = shared.filter((letter) => later.includes(letter));
  const summed = shared.filter((letter) => !later.includes(letter));
  const [left, right] = [
    [...a.term].filter((letter) => !b.term.includes(letter)),
    [...b.term].filter((letter) => !a.term.includes(letter)),
  ];
  const term = [...batch, ...left, ...right].join('');
  const same = shared.every((letter) => dim(a, letter) === dim(b, letter));
  if (!same || summed.length === 0 || !isFloat(g.typeOf(a.name).dtype)) {
    // Axes side by side, multiplied with broadcasting, then summed.
    const whole = [...batch, ...left, ...right, ...summed].join('');
    const wide = (operand: Operand) => {
      const own = [...whole].filter((letter) => operand.term.includes(letter)).join('');
      const shape = [...whole].map((letter) => (operand.term.includes(letter) ? dim(operand, letter) : 1));
      return reshapeTo(g, permute(g, operand, own), shape);
    };
    return reduceTo(g, { name: g.add('Mul', [wide(a), wide(b)]), term: whole }, term);
  }
  const size = (operand: Operand, letters: readonly string[]) => sizeOf(letters.map((letter) => dim(operand, letter)));
  const matrix = (operand: Operand, rows: readonly string[], columns: readonly string[]) =>
    reshapeTo(g, permute(g, operand, [...batch, ...rows, ...columns].join('')), [
      size(operand, batch),
      size(operand, rows),
      size(operand, columns),
    ]);
  const product = g.add('MatMul', [matrix(a, left, summed), matrix(b, summed, right)]);
  const shape = [
    ...batch.map((letter) => dim(a, letter)),
    ...left.map((letter) => dim(a, letter)),
    ...right.map((letter) => dim(b, letter)),
  ];
  return { name: reshapeTo(g, product, shape), term };
}
