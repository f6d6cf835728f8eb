import { EngineError } from '../../errors.ts';
import { broadcastShapes, broadcastStrides, sizeOf, stridesOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { broadcastDims } from '../broadcast.ts';
import { required, unknownDim } from '../dims.ts';
import type { Op } from '../op.ts';
import { stringsOf } from './string-normalizer.ts';

/** Two tensors of strings, broadcast to each other and joined element by element. */
export const stringConcat: Op = {
  type: 'StringConcat',
  since: 20,
  attributes: {},
  infer: ([x, y]) => [{ dtype: 'string', shape: broadcastDims(required(x, 'X').shape, required(y, 'Y').shape) }],
  reference([x, y]) {
    const [a, b] = [x as Tensor, y as Tensor];
    const shape = broadcastShapes(a.shape, b.shape);
    const strides = stridesOf(shape);
    const reader = (tensor: Tensor) => {
      const own = broadcastStrides(tensor.shape, shape);
      return (offset: number) =>
        stringsOf(tensor)[
          strides.reduce((sum, stride, axis) => sum + (Math.floor(offset / stride) % (shape[axis] as number)) * (own[axis] as number), 0)
        ];
    };
    const [left, right] = [reader(a), reader(b)];
    return [
      Tensor.from(
        Array.from({ length: sizeOf(shape) }, (_, offset) => `${left(offset)}${right(offset)}`),
        shape,
        'string',
      ),
    ];
  },
};

/** Parts of each string between delimiters (white space without one): strings [..., most parts] and their counts. */
export const stringSplit: Op<{ delimiter: string; maxsplit: number | undefined }> = {
  type: 'StringSplit',
  since: 20,
  attributes: { delimiter: attribute.string(''), maxsplit: attribute.optionalInt() },
  infer([x]) {
    const { shape } = required(x, 'X');
    return [
      { dtype: 'string', shape: [...shape, unknownDim()] },
      { dtype: 'int64', shape },
    ];
  },
  reference([input], { delimiter, maxsplit }) {
    const x = input as Tensor;
    const parts = stringsOf(x).map((text) => splitText(text, delimiter, maxsplit ?? Number.POSITIVE_INFINITY));
    const most = Math.max(0, ...parts.map(({ length }) => length));
    const padded = parts.flatMap((each) => [...each, ...new Array<string>(most - each.length).fill('')]);
    return [
      Tensor.from(padded, [...x.shape, most], 'string'),
      Tensor.from(
        BigInt64Array.from(parts, ({ length }) => BigInt(length)),
        x.shape,
      ),
    ];
  },
};

function splitText(text: string, delimiter: string, most: number): readonly string[] {
  const parts: string[] = [];
  let rest = delimiter === '' ? text.trimStart() : text;
  while (rest !== '' && parts.length < most) {
    const match = delimiter === '' ? /\s+/.exec(rest) : undefined;
    const [at, length] = match ? [match.index, match[0].length] : [delimiter === '' ? -1 : rest.indexOf(delimiter), delimiter.length];
    if (at < 0) break;
    parts.push(rest.slice(0, at));
    rest = rest.slice(at + length);
    if (delimiter !== '' && rest === '') return [...parts, ''];
  }
  const last = delimiter === '' ? rest.trimEnd() : rest;
  return last === '' ? parts : [...parts, last];
}

/** Whether each string as a whole fits a regular expression (RE2 syntax, as far as JavaScript's agrees with it). */
export const regexFullMatch: Op<{ pattern: string }> = {
  type: 'RegexFullMatch',
  since: 20,
  attributes: { pattern: attribute.string() },
  infer: ([x]) => [{ dtype: 'bool', shape: required(x, 'X').shape }],
  reference([input], { pattern }) {
    let expression: RegExp;
    try {
      expression = new RegExp(`^(?:${pattern})$`, 'u');
    } catch (cause) {
      throw new EngineError('unsupported', 'this regular expression is not understood', { got: pattern, cause });
    }
    const x = input as Tensor;
    return [
      Tensor.from(
        stringsOf(x).map((text) => expression.test(text)),
        x.shape,
        'bool',
      ),
    ];
  },
};
