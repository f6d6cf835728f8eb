import { describe, expect, test } from 'vitest';
import type { Graph } from '../../src/ir/graph.ts';
import { verify } from '../../src/ir/verify.ts';
import { decodeModel } from '../../src/onnx/decode.ts';
import { importModel } from '../../src/onnx/import.ts';
import { evaluate } from '../../src/ops/evaluate.ts';
import { optimisation, optimise } from '../../src/passes/optimise.ts';
import { toPrecision } from '../../src/passes/precision.ts';
import { preparation, prepare } from '../../src/passes/prepare.ts';
import { specialise } from '../../src/passes/specialise.ts';
import { planGraph } from '../../src/plan/plan-graph.ts';
import { softwareCapabilities } from '../support/capabilities.ts';
import { feedsFor, imageModels, lightModels, sharedBytes } from './models.ts';

const load = (path: string) => importModel(decodeModel(sharedBytes(path)));

/** Most dispatches of one run. The first three are what onnxruntime-web's WebGPU engine needs. */
const budgets: Readonly<Record<string, number>> = {
  'models/image/mobilenetv2-imagenet.onnx': 55,
  'models/image/squeezenet1.1-imagenet.onnx': 40,
  'models/image/resnet20-cifar10.onnx': 24,
  'models/image/resnet50v2-stage3-imagenet.onnx': 58,
  'onnx-light/light_resnet50.onnx': 58,
  'onnx-light/light_densenet121.onnx': 246,
  'onnx-light/light_shufflenet.onnx': 78,
};

/** The graph after each pass, checked to be a graph. */
function through(passes: readonly { readonly pass: (graph: Graph, caps: typeof softwareCapabilities) => Graph }[], graph: Graph): Graph {
  return passes.reduce((current, { pass }) => {
    const next = pass(current, softwareCapabilities);
    verify(next);
    expect(next.outputs).toEqual(graph.outputs);
    return next;
  }, graph);
}

describe.each([...imageModels, ...lightModels])('%s', (path) => {
  const prepared = through(preparation, load(path));

  test.each([1, 5])('every pass keeps it a graph at batch %i, and few dispatches are left', (batch) => {
    const bound = specialise(prepared, { batch });
    verify(bound);
    for (const output of bound.outputs) expect(bound.types.get(output)?.shape[0]).toBe(batch);
    const { steps } = planGraph(through(optimisation, bound), softwareCapabilities);
    expect(steps.length).toBeLessThanOrEqual(budgets[path] ?? 120);
  });

  test('two bindings share their weights', () => {
    const weights = [1, 5].map((batch) => [...optimise(specialise(prepared, { batch }), softwareCapabilities).constants.values()]);
    const large = weights.map((tensors) => tensors.filter(({ size }) => size > 64));
    expect(large[0]?.length).toBeGreaterThan(0);
    for (const tensor of large[1] ?? []) expect(large[0]).toContain(tensor);
  });
});

/** Cosine of the angle between two lists of numbers. */
function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, value, index) => sum + value * (y[index] as number), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

describe.each([
  ['models/image/resnet20-cifar10.onnx', { batch: 2 }],
  ['models/text/tiny-llama-260k.onnx', { batch: 2, T: 7 }],
] as const)('%s by the references', (path, dimensions) => {
  const graph = load(path);
  const feeds = feedsFor(graph, 2);
  const wanted = evaluate(graph, feeds);
  test.each([
    ['float32', 0.999999999, prepare(graph)],
    ['float16', 0.9999, toPrecision(prepare(graph), 'float16')],
  ] as const)('optimised as %s it computes what the file says', (_, limit, prepared) => {
    const got = evaluate(optimise(specialise(prepared, dimensions), { ...softwareCapabilities, f16: true }), feeds);
    for (const output of graph.outputs) {
      expect(got[output]?.dtype).toBe(wanted[output]?.dtype);
      expect(got[output]?.shape).toEqual(wanted[output]?.shape);
      expect(cosine(got[output]?.toNumbers() ?? [], wanted[output]?.toNumbers() ?? [])).toBeGreaterThan(limit);
    }
  });
});
