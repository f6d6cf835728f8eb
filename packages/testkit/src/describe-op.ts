import { resolve } from 'node:path';
import { Gpu } from '@headstart/core/src/gpu/gpu.ts';
import { Program } from '@headstart/core/src/gpu/program.ts';
import type { AttributeMap, Graph } from '@headstart/core/src/ir/graph.ts';
import { evaluate } from '@headstart/core/src/ops/evaluate.ts';
import { newBuilder } from '@headstart/core/src/ops/registry.ts';
import { optimise } from '@headstart/core/src/passes/optimise.ts';
import { prepare } from '@headstart/core/src/passes/prepare.ts';
import { planGraph } from '@headstart/core/src/plan/plan-graph.ts';
import { requestAdapter } from '@headstart/core/src/session/open-engine.ts';
import { isFloat } from '@headstart/core/src/tensor/dtype.ts';
import { Tensor } from '@headstart/core/src/tensor/tensor.ts';
import { backward } from '@headstart/core/src/train/backward.ts';
import { type Capabilities, sourceOf } from '@headstart/core/src/wgsl/kernel.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectClose } from './matchers.ts';
import { runOracle } from './oracle.ts';
import { type TensorSpec, t } from './tensors.ts';

export interface OpCase {
  readonly name: string;
  /** `undefined` is an absent optional input. */
  readonly inputs: readonly (TensorSpec | undefined)[];
  readonly attributes?: AttributeMap;
  readonly domain?: string;
  readonly opset?: number;
  /** Number of outputs; 1 when left out. */
  readonly outputs?: number;
  /** Of results, relative and absolute; by dtype when left out. */
  readonly tolerance?: number;
  /** Check `vjp` against finite differences: for all float inputs, or for those listed. */
  readonly gradient?: true | readonly number[];
  /** Why onnxruntime cannot check this case; the reference is then the only oracle. */
  readonly oracle?: string;
}

export interface DescribeOptions {
  /** Whether WGSL is kept as `test/__wgsl__/<type>.wgsl`, the first kernel of each family that the cases use. Off for rows of a table that differ in one line of it. */
  readonly golden?: boolean;
}

/** Adapters whose kernels are kept as golden text: fixed, so that the text does not depend on the machine. */
const goldenCaps: readonly Capabilities[] = (['software', 'hardware'] as const).map((kind) => ({
  kind,
  f16: true,
  subgroups: false,
  subgroupMatrix: false,
  subgroupSize: 1,
  maxWorkgroupStorage: 16384,
  maxInvocations: 256,
  maxWorkgroupSize: [256, 256, 64],
  maxWorkgroupsPerDimension: 65535,
  maxBindingBytes: 2 ** 27,
  maxStorageBuffers: 8,
  offsetAlignment: 256,
}));

/** Types whose golden text a table of this test file keeps. */
const described = new Set<string>();

/**
 * The tests of one operator. For each case: inferred types and the reference against onnxruntime; every GPU candidate family
 * against the reference; WGSL against its golden text; and the gradient against central differences in float64.
 */
export function describeOp(type: string, cases: readonly OpCase[], { golden = true }: DescribeOptions = {}): void {
  if (golden && described.has(type)) throw new Error(`${type} has two tables, whose golden text would be one file; join them`);
  if (golden) described.add(type);
  describe(type, () => {
    let gpu: Gpu;
    beforeAll(async () => {
      const adapter = await requestAdapter();
      if (!adapter) throw new Error('the tests need a WebGPU adapter');
      gpu = await Gpu.open(adapter);
    });
    afterAll(() => gpu?.dispose());

    for (const each of cases) {
      describe(each.name, () => {
        const internal = each.domain === 'headstart';
        // Core ops and the cases that say why are beyond onnxruntime: the reference is their definition.
        if (!internal && each.oracle === undefined) {
          it('reference and inferred types agree with onnxruntime', async () => {
            const graph = graphOf(type, each);
            const expected = await runOracle(graph, feedsOf(each));
            const actual = evaluate(graph, feedsOf(each));
            for (const output of graph.outputs) {
              expect(graph.types.get(output)?.dtype).toBe(expected[output]?.dtype);
              expect(graph.types.get(output)?.shape).toEqual(expected[output]?.shape);
              expectClose(actual[output], expected[output], `reference ${output}`, each.tolerance);
            }
          });
        }

        for (const kind of ['software', 'hardware'] as const) {
          it(`every ${kind} kernel agrees with the reference`, async () => {
            const graph = graphOf(type, each);
            const expected = evaluate(graph, feedsOf(each));
            const caps: Capabilities = { ...gpu.caps, kind };
            const core = optimise(prepare(graph), caps);
            let candidates = 1;
            for (let candidate = 0; candidate < candidates; candidate++) {
              const plan = planGraph(core, caps, (legal) => {
                candidates = Math.max(candidates, legal.length);
                return legal[Math.min(candidate, legal.length - 1)];
              });
              const program = await Program.create(gpu, plan);
              const actual = await program.run(feedsOf(each));
              program.dispose();
              const names = plan.steps.map((step) => step.candidate).join(', ');
              for (const output of graph.outputs) expectClose(actual[output], expected[output], `${output} by ${names}`, each.tolerance);
            }
          });
        }

        if (each.gradient) {
          it('gradient agrees with finite differences', () => checkGradient(type, each, each.gradient as true | readonly number[]));
        }
      });
    }

    if (golden) {
      it('WGSL is the golden text', async () => {
        const sources = new Map<string, string>();
        const representatives = new Map<string, string>();
        for (const { family, name, source } of cases.flatMap((each) => kernelsOf(graphOf(type, each)))) {
          const known = sources.get(name);
          if (known !== undefined && known !== source) throw new Error(`two different kernels are named '${name}'`);
          sources.set(name, source);
          if (!representatives.has(family)) representatives.set(family, name);
        }
        // An op that folds away or aliases its input has no text to keep.
        if (sources.size === 0) return;
        const text = [...representatives].map(([family, name]) => `// ${family}: ${name}\n${sources.get(name)}`);
        await expect(text.join('\n')).toMatchFileSnapshot(resolve(import.meta.dirname, '../../core/test/__wgsl__', `${type}.wgsl`));
      });
    }
  });
}

function graphOf(type: string, { inputs, attributes = {}, domain = '', opset, outputs = 1 }: OpCase): Graph {
  const g = newBuilder({ fold: false });
  const names = inputs.map((spec, index) => {
    if (!spec) return '';
    return spec.constant ? g.constant(spec.tensor, `x${index}`) : g.input(`x${index}`, spec.dtype, spec.shape);
  });
  const results = g.addAll(type, names, attributes, {
    domain,
    ...(opset === undefined ? {} : { opset }),
    outputs: Array.from({ length: outputs }, (_, index) => `y${index}`),
  });
  return g.build(results);
}

function feedsOf({ inputs }: OpCase): Record<string, Tensor> {
  return Object.fromEntries(inputs.flatMap((spec, index) => (spec && !spec.constant ? [[`x${index}`, spec.tensor]] : [])));
}

interface KernelText {
  /** Adapter kind, candidate and place in it: kernels of one family differ in element types and epilogues alone. */
  readonly family: string;
  readonly name: string;
  readonly source: string;
}

function kernelsOf(graph: Graph): readonly KernelText[] {
  return goldenCaps.flatMap((caps) =>
    planGraph(optimise(prepare(graph), caps), caps).steps.map(({ node, candidate, dispatch: { kernel } }, index, steps) => {
      const place = steps.slice(0, index).filter((step) => step.node === node).length;
      return {
        family: `${caps.kind} ${candidate}, ${place > 0 ? `dispatch ${place + 1}, ` : ''}${kernel.bindings.length} bindings`,
        name: kernel.name,
        source: sourceOf(kernel),
      };
    }),
  );
}

/** d(Σ w ⊙ y)/dx by `vjp`, and by central differences, both on float64 references. */
function checkGradient(type: string, each: OpCase, wanted: true | readonly number[]): void {
  const inputs = each.inputs.map((spec) =>
    spec && isFloat(spec.dtype) ? { ...spec, dtype: 'float64' as const, tensor: spec.tensor.cast('float64') } : spec,
  );
  const differentiable = inputs.flatMap((spec, index) =>
    spec && isFloat(spec.dtype) && (wanted === true || wanted.includes(index)) ? [index] : [],
  );
  const g = newBuilder({ fold: false });
  const names = inputs.map((spec, index) =>
    spec
      ? differentiable.includes(index) || !spec.constant
        ? g.input(`x${index}`, spec.dtype, spec.shape)
        : g.constant(spec.tensor, `x${index}`)
      : '',
  );
  const [y = ''] = g.addAll(type, names, each.attributes ?? {}, {
    domain: each.domain ?? '',
    ...(each.opset === undefined ? {} : { opset: each.opset }),
  });
  const shape = g.typeOf(y).shape as readonly number[];
  const weighted = g.add('Mul', [y, g.constant(t('float64', shape, { seed: 3 }).tensor)]);
  const loss = g.add('ReduceSum', [weighted], { keepdims: 0 });
  const gradients = backward(
    g,
    loss,
    differentiable.map((index) => names[index] as string),
  );
  const graph = g.build([loss, ...gradients]);
  const feeds: Record<string, Tensor> = Object.fromEntries(
    inputs.flatMap((spec, index) => (spec && graph.inputs.includes(`x${index}`) ? [[`x${index}`, spec.tensor]] : [])),
  );
  const results = evaluate(graph, feeds);
  differentiable.forEach((input, position) => {
    const name = `x${input}`;
    const point = feeds[name] as Tensor;
    const step = 1e-5;
    const differences = Array.from({ length: point.size }, (_, offset) => {
      const at = (delta: number) => {
        const moved = Float64Array.from(point.toNumbers());
        moved[offset] = (moved[offset] as number) + delta;
        return (evaluate(graph, { ...feeds, [name]: Tensor.from(moved, point.shape) })[loss] as Tensor).at(0);
      };
      return (at(step) - at(-step)) / (2 * step);
    });
    expectClose(
      results[gradients[position] as string],
      Tensor.from(Float64Array.from(differences), point.shape),
      `gradient of input ${input}`,
      1e-6,
    );
  });
}
