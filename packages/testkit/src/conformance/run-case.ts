import type { Engine } from '@headstart/core';
import { readModel } from '@headstart/core';
import { isTensorValue, type RuntimeValue, Sequence } from '@headstart/core/src/ops/value.ts';
import { dtypes } from '@headstart/core/src/tensor/dtype.ts';
import type { Tensor } from '@headstart/core/src/tensor/tensor.ts';
import { type ConformanceCase, readData, readProto } from './cases.ts';

export type Outcome = 'gpu' | 'host' | 'failed';

export interface CaseResult {
  readonly name: string;
  /** Operator types of the file, most frequent first. */
  readonly operators: readonly string[];
  /** `gpu`: all of it ran in WGSL. `host`: passed, with steps on the host. */
  readonly outcome: Outcome;
  /** Element types of its inputs and outputs. */
  readonly dtypes: readonly string[];
  /** What ran on the host, or why it failed. */
  readonly detail: string;
}

/** Runs a case through the public API on an engine and compares with what it must give. */
export async function runCase(engine: Engine, each: ConformanceCase): Promise<CaseResult> {
  let operators: readonly string[] = [];
  const dtypes = new Set<string>();
  const result = (outcome: Outcome, detail: string): CaseResult => ({ name: each.name, operators, dtypes: [...dtypes], outcome, detail });
  try {
    const { bytes, proto } = readProto(each.model);
    operators = [...new Set(proto.graph?.node.map(({ opType = '' }) => opType))];
    const model = await readModel(bytes);
    using session = await engine.load(model);
    const hostSteps = new Set<string>();
    for (const { feeds, expected } of readData(each, proto)) {
      for (const value of [...Object.values(feeds), ...expected.values()]) if (isTensorValue(value)) dtypes.add(value.dtype);
      const actual = await session.runValues(feeds as Parameters<typeof session.runValues>[0]);
      for (const [name, value] of expected) {
        const wrong = difference(actual[name], value, isRandom(operators));
        if (wrong) return result('failed', `${name}: ${wrong}`);
      }
      for (const step of session.explain().steps) if (step.on === 'host') hostSteps.add(step.node.replace(/ '[^']*'/g, ''));
    }
    return result(hostSteps.size === 0 ? 'gpu' : 'host', [...hostSteps].join(', '));
  } catch (error) {
    return result('failed', error instanceof Error ? error.message : String(error));
  }
}

/** Cases whose stored values come out of NumPy's generator: only types and shapes can agree. */
function isRandom(operators: readonly string[]): boolean {
  return operators.some((type) => /^(Bernoulli|RandomNormal|RandomUniform|RandomNormalLike|RandomUniformLike|Multinomial)$/.test(type));
}

/** As ONNX's own runner compares (relative 1e-3), with an absolute part for float32 sums in another order; narrow floats by their precision. */
const tolerances: Readonly<Record<string, readonly [relative: number, absolute: number]>> = {
  float64: [1e-3, 1e-7],
  float32: [1e-3, 1e-5],
  float16: [2e-3, 1e-3],
  bfloat16: [1e-2, 1e-3],
};

/** What differs, in words; undefined where the values agree. */
export function difference(actual: RuntimeValue | undefined, expected: RuntimeValue, shapeOnly = false): string | undefined {
  if (actual === undefined) return 'not computed';
  if (expected === null || actual === null) return expected === actual ? undefined : `expected ${kindOf(expected)}, got ${kindOf(actual)}`;
  if (expected instanceof Sequence) {
    if (!(actual instanceof Sequence) || actual.items.length !== expected.items.length) {
      return `expected ${kindOf(expected)}, got ${kindOf(actual)}`;
    }
    return expected.items.map((item, index) => difference(actual.items[index], item, shapeOnly)).find((each) => each !== undefined);
  }
  if (!isTensorValue(actual)) return `expected ${kindOf(expected)}, got ${kindOf(actual)}`;
  return tensorDifference(actual as Tensor, expected as Tensor, shapeOnly);
}

function tensorDifference(actual: Tensor, expected: Tensor, shapeOnly: boolean): string | undefined {
  if (kindOf(actual) !== kindOf(expected)) return `expected ${kindOf(expected)}, got ${kindOf(actual)}`;
  if (shapeOnly) return undefined;
  const [relative, absolute] = tolerances[expected.dtype] ?? [0, 0];
  const isFloat = dtypes[expected.dtype].kind === 'float';
  let wrong = 0;
  let first = '';
  for (let offset = 0; offset < expected.size; offset++) {
    const [a, b] = isFloat ? [actual.at(offset), expected.at(offset)] : [actual.data[offset], expected.data[offset]];
    if (a === b || (Number.isNaN(a) && Number.isNaN(b))) continue;
    if (isFloat && Math.abs((a as number) - (b as number)) <= absolute + relative * Math.abs(b as number)) continue;
    if (wrong++ === 0) first = `element ${offset} is ${a}, expected ${b}`;
  }
  return wrong === 0 ? undefined : `${wrong} of ${expected.size} elements differ, ${first}`;
}

function kindOf(value: RuntimeValue): string {
  if (value === null) return 'nothing';
  if (value instanceof Sequence) return `a sequence of ${value.items.length}`;
  return `${value.dtype}[${value.shape.join(', ')}]`;
}
