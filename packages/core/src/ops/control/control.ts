import { EngineError } from '../../errors.ts';
import type { Graph } from '../../ir/graph.ts';
import { normalizeAxis, sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { joinTensors, untyped } from '../host.ts';
import type { HostContext, Op } from '../op.ts';
import { hostTensor, isTensorValue, type RuntimeValue } from '../value.ts';

async function truth(value: RuntimeValue | undefined): Promise<boolean> {
  if (!isTensorValue(value)) throw new EngineError('invalid-model', 'a condition is no tensor');
  return Number((await hostTensor(value)).data[0] ?? 0) !== 0;
}

/** One of two subgraphs. Where the condition is known when the graph is planned, the branch takes the node's place (passes/inline-branches). */
export const branch: Op<{ then_branch: Graph; else_branch: Graph }> = {
  type: 'If',
  since: 1,
  attributes: { then_branch: attribute.graph(), else_branch: attribute.graph() },
  infer: (_, __, { constant }) => {
    // Asked, so that a condition that follows from shapes is bound and the branch inlined.
    constant(0);
    return untyped('If');
  },
  reference: () => untyped('If'),
  async run([condition], { then_branch, else_branch }, { body }) {
    return body((await truth(condition)) ? then_branch : else_branch, []);
  },
};

/**
 * Runs its body as often as the first input says, or while the condition holds. The body is (iteration, condition, carried…) →
 * (condition, carried…, scanned…); scanned outputs are stacked.
 */
export const loop: Op<{ body: Graph }> = {
  type: 'Loop',
  since: 1,
  attributes: { body: attribute.graph() },
  infer: () => untyped('Loop'),
  reference: () => untyped('Loop'),
  async run([trips, condition, ...initial], { body }, context) {
    // Exporters write the largest int64 for a loop that its condition ends.
    const most = isTensorValue(trips) ? Number((await hostTensor(trips)).data[0]) : Number.POSITIVE_INFINITY;
    let running = condition === undefined || (await truth(condition));
    let carried = initial as readonly RuntimeValue[];
    const scanned: Tensor[][] = Array.from({ length: context.outputs - initial.length }, () => []);
    for (let iteration = 0; iteration < most && running; iteration++) {
      const results = await context.body(body, [Tensor.scalar(BigInt(iteration), 'int64'), Tensor.scalar(true, 'bool'), ...carried]);
      running = await truth(results[0]);
      carried = results.slice(1, 1 + carried.length);
      for (const [index, value] of results.slice(1 + carried.length).entries()) scanned[index]?.push(await scannedTensor(value));
    }
    return [...carried, ...scanned.map((items, index) => joinTensors(items, 0, true) ?? emptyScan(body, 1 + initial.length + index))];
  },
};

async function scannedTensor(value: RuntimeValue): Promise<Tensor> {
  if (!isTensorValue(value)) throw new EngineError('invalid-model', 'a scanned output is no tensor');
  return hostTensor(value);
}

/** What a loop that never runs has scanned. */
function emptyScan(body: Graph, output: number): Tensor {
  const type = body.types.get(body.outputs[output] ?? '');
  return Tensor.zeros([0, ...(type?.shape.map((dim) => (typeof dim === 'number' ? dim : 0)) ?? [])], type?.dtype ?? 'float32');
}

interface ScanAttributes {
  readonly body: Graph;
  readonly num_scan_inputs: number;
  readonly scan_input_axes: readonly number[];
  readonly scan_input_directions: readonly number[];
  readonly scan_output_axes: readonly number[];
  readonly scan_output_directions: readonly number[];
  readonly directions: readonly number[];
}

const scanAttributes = {
  body: attribute.graph(),
  num_scan_inputs: attribute.int(),
  scan_input_axes: attribute.ints([]),
  scan_input_directions: attribute.ints([]),
  scan_output_axes: attribute.ints([]),
  scan_output_directions: attribute.ints([]),
  directions: attribute.ints([]),
} as const;

async function scan(
  states: readonly RuntimeValue[],
  sequences: readonly Tensor[],
  given: ScanAttributes,
  { body, outputs }: Pick<HostContext, 'body' | 'outputs'>,
): Promise<readonly RuntimeValue[]> {
  const axes = sequences.map((tensor, index) => normalizeAxis(given.scan_input_axes[index] ?? 0, tensor.shape.length));
  const steps = sequences[0]?.shape[axes[0] as number] ?? 0;
  let carried = states;
  const scanned: Tensor[][] = Array.from({ length: outputs - states.length }, () => []);
  for (let step = 0; step < steps; step++) {
    const slices = sequences.map((tensor, index) => {
      const back = (given.scan_input_directions[index] ?? given.directions[index]) === 1;
      return sliceAt(tensor, axes[index] as number, back ? steps - 1 - step : step);
    });
    const results = await body(given.body, [...carried, ...slices]);
    carried = results.slice(0, states.length);
    for (const [index, value] of results.slice(states.length).entries()) scanned[index]?.push(await scannedTensor(value));
  }
  const stacked = scanned.map((items, index) => {
    const ordered = given.scan_output_directions[index] === 1 ? items.toReversed() : items;
    return joinTensors(ordered, given.scan_output_axes[index] ?? 0, true) ?? emptyScan(given.body, states.length + index);
  });
  return [...carried, ...stacked];
}

/** The slice at one position of an axis, which goes. */
function sliceAt(tensor: Tensor, axis: number, index: number): Tensor {
  const [outer, dim, inner] = [sizeOf(tensor.shape.slice(0, axis)), tensor.shape[axis] as number, sizeOf(tensor.shape.slice(axis + 1))];
  const parts = Array.from({ length: outer }, (_, row) => tensor.data.slice((row * dim + index) * inner, (row * dim + index + 1) * inner));
  const shape = tensor.shape.toSpliced(axis, 1);
  if (parts.length === 1) return Tensor.from(parts[0] as typeof tensor.data, shape, tensor.dtype);
  return joinTensors(
    parts.map((part) => Tensor.from(part, [part.length], tensor.dtype)),
    0,
    false,
  )?.reshape(shape) as Tensor;
}

async function tensors(values: readonly (RuntimeValue | undefined)[]): Promise<readonly Tensor[]> {
  return Promise.all(values.map((value) => scannedTensor(value as RuntimeValue)));
}

/** Runs its body once for each slice of the scanned inputs; state goes from step to step, further outputs are stacked. */
export const scan9: Op<ScanAttributes> = {
  type: 'Scan',
  since: 9,
  attributes: scanAttributes,
  infer: () => untyped('Scan'),
  reference: () => untyped('Scan'),
  async run(inputs, given, context) {
    const states = inputs.slice(0, inputs.length - given.num_scan_inputs) as readonly RuntimeValue[];
    return scan(states, await tensors(inputs.slice(states.length)), given, context);
  },
};

/** The first form: a batch axis before all others, and an optional length for each sample, which must be that of the sequence. */
export const scan8: Op<ScanAttributes> = {
  type: 'Scan',
  since: 8,
  attributes: scanAttributes,
  infer: () => untyped('Scan'),
  reference: () => untyped('Scan'),
  async run([, ...inputs], given, context) {
    const count = inputs.length - given.num_scan_inputs;
    const all = await tensors(inputs);
    const batch = all[0]?.shape[0] ?? 0;
    const runs: Tensor[][] = [];
    for (let sample = 0; sample < batch; sample++) {
      const own = all.map((tensor) => sliceAt(tensor, 0, sample));
      runs.push([...(await tensors(await scan(own.slice(0, count), own.slice(count), given, context)))]);
    }
    return Array.from(
      { length: context.outputs },
      (_, output) =>
        joinTensors(
          runs.map((run) => run[output] as Tensor),
          0,
          true,
        ) as Tensor,
    );
  },
};
