import { EngineError } from '../../errors.ts';
import type { ValueType } from '../../ir/graph.ts';
import { normalizeAxis, sizeOf, stridesOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { required, unknownDim } from '../dims.ts';
import { scalarAt } from '../elementwise/evaluate.ts';
import type { HostScalar } from '../elementwise/functions.ts';
import { pickElements } from '../movement/host.ts';
import type { Op } from '../op.ts';

/** Operators whose output shape depends on what their inputs hold: host steps. */

/** Positions of elements that are not zero: int64 [rank, count], in row-major order. */
export const nonZero: Op = {
  type: 'NonZero',
  since: 9,
  attributes: {},
  infer: ([x]) => [{ dtype: 'int64', shape: [Math.max(required(x, 'X').shape.length, 1), unknownDim()] }],
  reference([input]) {
    const x = input as Tensor;
    const shape = x.shape.length === 0 ? [1] : x.shape;
    const strides = stridesOf(shape);
    const found = Array.from({ length: x.size }, (_, offset) => offset).filter((offset) => Number(x.data[offset]) !== 0);
    const values = shape.flatMap((dim, axis) => found.map((offset) => BigInt(Math.floor(offset / (strides[axis] as number)) % dim)));
    return [Tensor.from(BigInt64Array.from(values), [shape.length, found.length])];
  },
  vjp: () => [''],
};

/** Slices along an axis (elements of the flattened input without one) where the condition holds. */
export const compress: Op<{ axis: number | undefined }> = {
  type: 'Compress',
  since: 9,
  attributes: { axis: attribute.optionalInt() },
  infer([input], { axis }) {
    const x = required(input, 'input');
    return [
      { dtype: x.dtype, shape: axis === undefined ? [unknownDim()] : x.shape.with(normalizeAxis(axis, x.shape.length), unknownDim()) },
    ];
  },
  reference([input, condition], { axis }) {
    const whole = input as Tensor;
    const x = axis === undefined ? whole.reshape([whole.size]) : whole;
    const at = axis === undefined ? 0 : normalizeAxis(axis, x.shape.length);
    const taken = (condition as Tensor)
      .toNumbers()
      .flatMap((holds, index) => (holds !== 0 && index < (x.shape[at] as number) ? [index] : []));
    const strides = stridesOf(x.shape);
    return [
      pickElements(x, x.shape.with(at, taken.length), (position) =>
        position.reduce(
          (offset, index, place) => offset + (place === at ? (taken[index] as number) : index) * (strides[place] as number),
          0,
        ),
      ),
    ];
  },
};

/** Distinct elements, or distinct slices along an axis, with where they come first, which one each element is, and how often. */
export const unique: Op<{ axis: number | undefined; sorted: number }> = {
  type: 'Unique',
  since: 11,
  attributes: { axis: attribute.optionalInt(), sorted: attribute.int(1) },
  infer([input], { axis }, { outputs }) {
    const x = required(input, 'X');
    const count = unknownDim();
    const at = axis === undefined ? 0 : normalizeAxis(axis, x.shape.length);
    const length = axis === undefined ? unknownDim() : (x.shape[at] as ValueType['shape'][number]);
    const shape = axis === undefined ? [count] : x.shape.with(at, count);
    const indices: readonly ValueType[] = [
      { dtype: 'int64', shape: [count] },
      { dtype: 'int64', shape: [length] },
      { dtype: 'int64', shape: [count] },
    ];
    return [{ dtype: x.dtype, shape }, ...indices.slice(0, Math.max(outputs - 1, 0))];
  },
  reference([input, ..._], { axis, sorted }, outputs) {
    const whole = input as Tensor;
    const x = axis === undefined ? whole.reshape([whole.size]) : whole;
    const at = axis === undefined ? 0 : normalizeAxis(axis, x.shape.length);
    const [outer, dim, inner] = [sizeOf(x.shape.slice(0, at)), x.shape[at] as number, sizeOf(x.shape.slice(at + 1))];
    const read = (offset: number): HostScalar | string => (x.dtype === 'string' ? (x.data[offset] as string) : scalarAt(x, offset));
    const slices = Array.from({ length: dim }, (_, index) =>
      Array.from({ length: outer * inner }, (__, each) => read((Math.floor(each / inner) * dim + index) * inner + (each % inner))),
    );
    const keys = new Map<string, { first: number; count: number }>();
    const keyOf = (slice: readonly unknown[]) => slice.map(String).join('\u0000');
    slices.forEach((slice, index) => {
      const known = keys.get(keyOf(slice));
      if (known) known.count++;
      else keys.set(keyOf(slice), { first: index, count: 1 });
    });
    const compare = (a: readonly (HostScalar | string)[], b: readonly (HostScalar | string)[]) => {
      for (const [index, value] of a.entries()) {
        const other = b[index] as HostScalar | string;
        if (value !== other) return value < other ? -1 : 1;
      }
      return 0;
    };
    const order = [...keys.values()];
    if (sorted) order.sort((a, b) => compare(slices[a.first] as HostScalar[], slices[b.first] as HostScalar[]));
    const place = new Map(order.map(({ first }, index) => [keyOf(slices[first] as HostScalar[]), index]));
    const strides = stridesOf(x.shape);
    const values = pickElements(x, x.shape.with(at, order.length), (position) =>
      position.reduce(
        (offset, index, each) => offset + (each === at ? (order[index]?.first as number) : index) * (strides[each] as number),
        0,
      ),
    );
    const numbers = (list: readonly number[]) => Tensor.from(BigInt64Array.from(list, BigInt), [list.length]);
    const all = [
      values,
      numbers(order.map(({ first }) => first)),
      numbers(slices.map((slice) => place.get(keyOf(slice)) as number)),
      numbers(order.map(({ count }) => count)),
    ];
    return all.slice(0, Math.max(outputs, 1));
  },
};

type Box = readonly [y1: number, x1: number, y2: number, x2: number];

/** Boxes that stay when lower-scored ones overlapping them are dropped: int64 [count, 3] of (batch, class, box). */
export const nonMaxSuppression: Op<{ center_point_box: number }> = {
  type: 'NonMaxSuppression',
  since: 10,
  attributes: { center_point_box: attribute.int(0) },
  infer: () => [{ dtype: 'int64', shape: [unknownDim(), 3] }],
  reference([boxes, scores, most, overlap, least], { center_point_box }) {
    const [b, s] = [boxes as Tensor, scores as Tensor];
    const [batch = 0, classes = 0, count = 0] = s.shape;
    if (b.shape.length !== 3 || s.shape.length !== 3) throw new EngineError('invalid-model', 'boxes and scores need three axes');
    const limit = most?.at(0) ?? 0;
    const threshold = overlap?.at(0) ?? 0;
    const boxAt = (sample: number, index: number): Box => {
      const [p = 0, q = 0, r = 0, t = 0] = Array.from({ length: 4 }, (_, each) => b.at((sample * count + index) * 4 + each));
      if (center_point_box === 1) return [q - t / 2, p - r / 2, q + t / 2, p + r / 2];
      return [Math.min(p, r), Math.min(q, t), Math.max(p, r), Math.max(q, t)];
    };
    const rows: number[] = [];
    for (let sample = 0; sample < batch; sample++) {
      for (let label = 0; label < classes; label++) {
        const score = (index: number) => s.at((sample * classes + label) * count + index);
        const candidates = Array.from({ length: count }, (_, index) => index)
          .filter((index) => least === undefined || score(index) > least.at(0))
          .sort((i, j) => score(j) - score(i) || i - j);
        const kept: number[] = [];
        for (const index of candidates) {
          if (kept.length >= limit) break;
          if (kept.every((other) => intersectionOverUnion(boxAt(sample, index), boxAt(sample, other)) <= threshold)) kept.push(index);
        }
        for (const index of kept) rows.push(sample, label, index);
      }
    }
    return [Tensor.from(BigInt64Array.from(rows, BigInt), [rows.length / 3, 3])];
  },
  vjp: ({ inputs }) => inputs.map(() => ''),
};

function intersectionOverUnion(a: Box, b: Box): number {
  const height = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
  const width = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
  const area = (box: Box) => (box[2] - box[0]) * (box[3] - box[1]);
  const shared = height * width;
  const union = area(a) + area(b) - shared;
  return union <= 0 ? 0 : shared / union;
}

/** Determinant of each matrix [..., n, n], by elimination with pivots. */
export const det: Op = {
  type: 'Det',
  since: 11,
  attributes: {},
  infer([input]) {
    const x = required(input, 'X');
    return [{ dtype: x.dtype, shape: x.shape.slice(0, -2) }];
  },
  reference([input]) {
    const x = input as Tensor;
    const n = x.shape.at(-1) as number;
    const shape = x.shape.slice(0, -2);
    const values = Array.from({ length: sizeOf(shape) }, (_, matrix) => {
      const rows = Array.from({ length: n }, (__, row) =>
        Array.from({ length: n }, (___, column) => x.at((matrix * n + row) * n + column)),
      );
      let result = 1;
      for (let step = 0; step < n; step++) {
        const below = rows.slice(step).map((row) => Math.abs(row[step] as number));
        const pivot = step + below.indexOf(Math.max(...below));
        const [own, other] = [rows[step] as number[], rows[pivot] as number[]];
        if (pivot !== step) {
          [rows[step], rows[pivot]] = [other, own];
          result = -result;
        }
        const lead = (rows[step] as number[])[step] as number;
        result *= lead;
        if (lead === 0) return 0;
        for (const row of rows.slice(step + 1)) {
          const factor = (row[step] as number) / lead;
          for (let column = step; column < n; column++)
            row[column] = (row[column] as number) - factor * ((rows[step] as number[])[column] as number);
        }
      }
      return result;
    });
    return [Tensor.from(values, shape, x.dtype)];
  },
};
