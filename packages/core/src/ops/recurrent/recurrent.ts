import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape, required } from '../dims.ts';
import { int64s } from '../movement/host.ts';
import { reshapeTo } from '../movement/reshape-to.ts';
import type { LowerContext, Op } from '../op.ts';
import { activationsOf } from './activation.ts';
import { type Cell, type CellOptions, gruCell, lstmCell, rnnCell } from './cells.ts';

interface RecurrentAttributes {
  readonly hidden_size: number | undefined;
  readonly direction: string;
  readonly layout: number;
  readonly activations: readonly string[];
  readonly activation_alpha: readonly number[];
  readonly activation_beta: readonly number[];
  readonly clip: number | undefined;
  readonly linear_before_reset: number;
  readonly input_forget: number;
}

/** Steps written out one after the other at most: each is a dozen dispatches, and longer chains take long to plan. */
const longestUnrolled = 256;

interface Sizes {
  readonly directions: number;
  readonly steps: Dim;
  readonly batch: Dim;
  readonly hidden: number;
}

function sizesOf(x: ValueType, r: ValueType, { direction, layout }: RecurrentAttributes): Sizes {
  const hidden = r.shape[2];
  if (x.shape.length !== 3 || typeof hidden !== 'number') {
    throw new EngineError('invalid-model', 'operands do not fit a recurrent operator', { expected: 'X of three axes and R of known size' });
  }
  const [first, second] = x.shape as readonly [Dim, Dim];
  const [steps, batch] = layout === 1 ? [second, first] : [first, second];
  return { directions: direction === 'bidirectional' ? 2 : 1, steps, batch, hidden };
}

function typesOf(x: ValueType, r: ValueType, given: RecurrentAttributes, cell: Cell): readonly ValueType[] {
  const { directions, steps, batch, hidden } = sizesOf(x, r, given);
  const { dtype } = x;
  const all = given.layout === 1 ? [batch, steps, directions, hidden] : [steps, directions, batch, hidden];
  const last = given.layout === 1 ? [batch, directions, hidden] : [directions, batch, hidden];
  return [{ dtype, shape: all }, ...Array.from({ length: cell.type === 'LSTM' ? 2 : 1 }, () => ({ dtype, shape: last }))];
}

function optionsOf(given: RecurrentAttributes, cell: Cell, directions: number): readonly CellOptions[] {
  const lists = activationsOf(given.activations, given.activation_alpha, given.activation_beta, cell.activations, directions);
  const { clip, linear_before_reset, input_forget } = given;
  return lists.map((activations) => ({ activations, clip, linearBeforeReset: linear_before_reset === 1, inputForget: input_forget === 1 }));
}

/** RNN, GRU and LSTM differ in their cell. X [T, B, I] (layout 1: [B, T, I]) → Y [T, D, B, H], Y_h [D, B, H], LSTM: Y_c. */
function recurrent(cell: Cell): Op<RecurrentAttributes> {
  return {
    type: cell.type,
    since: 7,
    attributes: {
      hidden_size: attribute.optionalInt(),
      direction: attribute.string('forward'),
      layout: attribute.int(0),
      activations: attribute.strings([]),
      activation_alpha: attribute.floats([]),
      activation_beta: attribute.floats([]),
      clip: attribute.optionalFloat(),
      linear_before_reset: attribute.int(0),
      input_forget: attribute.int(0),
    },
    infer: ([x, , r], given, { outputs }) => typesOf(required(x, 'X'), required(r, 'R'), given, cell).slice(0, Math.max(outputs, 1)),
    reference: (inputs, given, outputs) => onHost(cell, inputs, given).slice(0, Math.max(outputs, 1)),
    lower: (context) => unrolled(cell, context),
  };
}

function onHost(cell: Cell, inputs: readonly (Tensor | undefined)[], given: RecurrentAttributes): readonly Tensor[] {
  const [x, w, r, b, lengths, h0, c0, p] = inputs as readonly [Tensor, Tensor, Tensor, ...(Tensor | undefined)[]];
  const { directions, steps, batch, hidden } = sizesOf(x, r, given) as Sizes & { steps: number; batch: number };
  const types = typesOf(x, r, given, cell) as readonly { shape: readonly number[] }[];
  const width = x.shape[2] as number;
  const rows = cell.gates * hidden;
  const y = new Float64Array(steps * directions * batch * hidden);
  const [lastH, lastC] = [new Float64Array(directions * batch * hidden), new Float64Array(directions * batch * hidden)];
  const options = optionsOf(given, cell, directions);
  const stateAt = (state: Tensor | undefined, direction: number, sample: number) => {
    const start = (given.layout === 1 ? sample * directions + direction : direction * batch + sample) * hidden;
    return Array.from({ length: hidden }, (_, unit) => state?.at(start + unit) ?? 0);
  };
  const put = (to: Float64Array, direction: number, sample: number, values: readonly number[]) => {
    to.set(values, (given.layout === 1 ? sample * directions + direction : direction * batch + sample) * hidden);
  };
  for (let direction = 0; direction < directions; direction++) {
    const backwards = given.direction === 'reverse' || direction === 1;
    for (let sample = 0; sample < batch; sample++) {
      const length = lengths?.at(sample) ?? steps;
      let state = { h: stateAt(h0, direction, sample) as readonly number[], c: stateAt(c0, direction, sample) as readonly number[] };
      for (let step = 0; step < length; step++) {
        const time = backwards ? length - 1 - step : step;
        const from = (given.layout === 1 ? sample * steps + time : time * batch + sample) * width;
        const bias = (offset: number, row: number) => b?.at(direction * 2 * rows + offset + row) ?? 0;
        const dot = (row: number, vector: readonly number[]) =>
          vector.reduce((sum, value, unit) => sum + r.at((direction * rows + row) * hidden + unit) * value, bias(rows, row));
        const { h, c } = state;
        state = cell.onHost(
          {
            input(gate, unit) {
              const row = gate * hidden + unit;
              let sum = bias(0, row);
              for (let each = 0; each < width; each++) sum += w.at((direction * rows + row) * width + each) * x.at(from + each);
              return sum;
            },
            recurrent: (gate, unit) => dot(gate * hidden + unit, h),
            product: (gate, vector) => vector.map((_, unit) => dot(gate * hidden + unit, vector)),
            h,
            c,
            peephole: p && ((index, unit) => p.at((direction * 3 + index) * hidden + unit)),
          },
          options[direction] as CellOptions,
        );
        const to = given.layout === 1 ? (sample * steps + time) * directions + direction : (time * directions + direction) * batch + sample;
        y.set(state.h, to * hidden);
      }
      put(lastH, direction, sample, state.h);
      put(lastC, direction, sample, state.c);
    }
  }
  return [y, lastH, lastC].slice(0, types.length).map((values, index) => Tensor.from(values, types[index]?.shape, 'float64').cast(x.dtype));
}

/** All steps one after the other: the product with W once for all of them, the product with R in each. */
function unrolled(cell: Cell, { g, inputs, types, attributes: given, used }: LowerContext<RecurrentAttributes>): readonly string[] {
  const [x = '', w = '', r = '', b = '', lengths = '', h0 = '', c0 = '', p = ''] = inputs;
  const [input, weights] = [required(types[0], 'X'), required(types[2], 'R')];
  const { directions, steps, batch, hidden } = sizesOf(input, weights, given) as Sizes & { steps: number; batch: number };
  if (steps > longestUnrolled) {
    throw new EngineError('unsupported', 'so many steps are not written out', { expected: `at most ${longestUnrolled}`, got: `${steps}` });
  }
  const width = boundShape(input)[2] as number;
  const timeFirst = given.layout === 1 ? g.add('Transpose', [x], { perm: [1, 0, 2] }) : x;
  const options = optionsOf(given, cell, directions);
  const pick = (value: string, index: number, axis = 0) =>
    g.add('Gather', [value, g.constant(Tensor.scalar(BigInt(index), 'int64'), g.fresh('index'))], { axis });
  const zeros = () => g.constant(Tensor.zeros([batch, hidden], input.dtype), g.fresh('zeros'));
  const statesFirst = (value: string) => (given.layout === 1 ? g.add('Transpose', [value], { perm: [1, 0, 2] }) : value);
  const results = Array.from({ length: directions }, (_, direction) => {
    const backwards = given.direction === 'reverse' || direction === 1;
    const turn = (value: string) => (lengths === '' ? value : g.add('ReverseSequence', [value, lengths], { batch_axis: 1, time_axis: 0 }));
    const own = backwards ? turn(timeFirst) : timeFirst;
    const rows = cell.gates * hidden;
    const bias = b === '' ? undefined : reshapeTo(g, pick(b, direction), [2, rows]);
    const projected = g.add('Gemm', [reshapeTo(g, own, [steps * batch, width]), pick(w, direction), ...(bias ? [pick(bias, 0)] : [])], {
      transB: 1,
    });
    const inputSums = reshapeTo(g, projected, [steps, batch, cell.gates, hidden]);
    const recurrence = reshapeTo(g, pick(r, direction), [cell.gates, hidden, hidden]);
    const recurrentBias = bias && reshapeTo(g, pick(bias, 1), [cell.gates, hidden]);
    const gateProduct = (gate: number, vector: string) =>
      g.add('Gemm', [vector, pick(recurrence, gate), ...(recurrentBias ? [pick(recurrentBias, gate)] : [])], { transB: 1 });
    const whole = reshapeTo(g, recurrence, [rows, hidden]);
    const wholeBias = recurrentBias && reshapeTo(g, recurrentBias, [rows]);
    let state = {
      h: h0 === '' ? zeros() : pick(statesFirst(h0), direction),
      c: cell.type !== 'LSTM' ? '' : c0 === '' ? zeros() : pick(statesFirst(c0), direction),
    };
    const outputs: string[] = [];
    for (let step = 0; step < steps; step++) {
      const time = backwards && lengths === '' ? steps - 1 - step : step;
      const sums = pick(inputSums, time);
      const recurrentSums = reshapeTo(g, g.add('Gemm', [state.h, whole, ...(wholeBias ? [wholeBias] : [])], { transB: 1 }), [
        batch,
        cell.gates,
        hidden,
      ]);
      const peepholes = p === '' ? undefined : reshapeTo(g, pick(p, direction), [3, hidden]);
      const next = cell.inGraph(
        g,
        {
          input: (gate) => pick(sums, gate, 1),
          recurrent: (gate) => pick(recurrentSums, gate, 1),
          product: gateProduct,
          ...state,
          peephole: peepholes === undefined ? undefined : (index) => pick(peepholes, index),
        },
        options[direction] as CellOptions,
      );
      if (lengths === '') {
        state = next;
        outputs[time] = next.h;
      } else {
        const running = stillRunning(g, lengths, step, batch);
        outputs[time] = g.add('Where', [running, next.h, zeros()]);
        state = {
          h: g.add('Where', [running, next.h, state.h]),
          c: next.c === '' ? '' : g.add('Where', [running, next.c, state.c]),
        };
      }
    }
    const stacked = reshapeTo(g, g.add('Concat', outputs, { axis: 0 }), [steps, batch, hidden]);
    return { y: backwards ? turn(stacked) : stacked, ...state };
  });
  const join = (values: readonly string[], axis: number) =>
    g.add(
      'Concat',
      values.map((value) => g.add('Unsqueeze', [value, g.constant(int64s([axis]), g.fresh('axes'))])),
      { axis },
    );
  const last = (values: readonly string[]) => statesFirst(join(values, 0));
  const y = join(
    results.map((each) => each.y),
    1,
  );
  const wanted = [
    () => (given.layout === 1 ? g.add('Transpose', [y], { perm: [2, 0, 1, 3] }) : y),
    () => last(results.map((each) => each.h)),
    () => last(results.map((each) => each.c)),
  ];
  return used.map((each, index) => (each ? (wanted[index]?.() ?? '') : ''));
}

/** bool [batch, 1]: samples that have this step. */
function stillRunning(g: GraphBuilder, lengths: string, step: number, batch: number): string {
  const own = reshapeTo(g, g.add('Cast', [lengths], { to: 6 }), [batch, 1]);
  return g.add('Greater', [own, g.constant(Tensor.scalar(step, 'int32'), g.fresh('step'))]);
}

export const recurrentOps = [recurrent(rnnCell), recurrent(gruCell), recurrent(lstmCell)] as const;
