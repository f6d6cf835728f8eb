import { EngineError } from '../errors.ts';
import type { GraphBuilder } from '../ir/builder.ts';
import { isBound, type Node, type ValueType } from '../ir/graph.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { AttributeSpec } from './attribute.ts';
import type { LowerContext, Op } from './op.ts';

/** What a composite needs of the registry, which lists it: a builder that folds nothing, and the reference of a node. */
interface Evaluation {
  builder(): GraphBuilder;
  reference(node: Node, inputs: readonly (Tensor | undefined)[]): readonly Tensor[];
}

let evaluation: Evaluation | undefined;

export function provideEvaluation(given: Evaluation): void {
  evaluation = given;
}

interface CompositeSpec<A> extends Pick<Op<A>, 'type' | 'since'> {
  readonly domain?: string;
  readonly attributes: AttributeSpec<A>;
  /** Output types where inputs are symbolic; the node waits for bound inputs when left out. */
  readonly infer?: Op<A>['infer'];
  /** Inputs that must be constants. */
  readonly content?: readonly number[];
  /** Names the outputs; '' for one that is not asked for. */
  lower(context: LowerContext<A>): readonly string[];
}

/**
 * An operator that is defined by what it is written with: its reference is theirs, in order. For operators whose definition in a standard
 * is such a composition; they are checked against onnxruntime like all others.
 */
export function composite<A>(spec: CompositeSpec<A>): Op<A> {
  const written = (
    types: readonly (ValueType | undefined)[],
    attributes: A,
    constant: (index: number) => Tensor | undefined,
    outputs: number,
  ) => {
    if (!evaluation) throw new EngineError('internal', 'the operator registry is not loaded');
    const g = evaluation.builder();
    const inputs = types.map((type, index) => {
      if (!type) return '';
      const value = constant(index);
      return value ? g.constant(value, `input${index}`) : g.input(`input${index}`, type.dtype, type.shape);
    });
    const used = Array.from({ length: Math.max(outputs, 1) }, () => true);
    return { g, results: spec.lower({ g, inputs, types, attributes, used, constant }) };
  };
  return {
    type: spec.type,
    ...(spec.domain === undefined ? {} : { domain: spec.domain }),
    since: spec.since,
    attributes: spec.attributes,
    infer(inputs, attributes, context) {
      if (spec.infer) return spec.infer(inputs, attributes, context);
      for (const index of spec.content ?? []) context.constant(index);
      if (inputs.some((input) => input && !isBound(input.shape))) {
        throw new EngineError('unsupported', `what ${spec.type} gives is known when its inputs are bound`);
      }
      const { g, results } = written(inputs, attributes, context.constant, context.outputs);
      return results.filter((name) => name !== '').map((name) => g.typeOf(name));
    },
    reference(inputs, attributes, outputs) {
      const content = new Set(spec.content ?? []);
      const { g, results } = written(inputs, attributes, (index) => (content.has(index) ? inputs[index] : undefined), outputs);
      const graph = g.build(results.filter((name) => name !== ''));
      const values = new Map<string, Tensor>(graph.constants);
      inputs.forEach((tensor, index) => {
        if (tensor) values.set(`input${index}`, tensor);
      });
      for (const node of graph.nodes) {
        const given = node.inputs.map((name) => (name === '' ? undefined : values.get(name)));
        const found = (evaluation as Evaluation).reference(node, given);
        node.outputs.forEach((name, index) => {
          if (name !== '' && found[index]) values.set(name, found[index]);
        });
      }
      return results.map((name) => values.get(name) as Tensor);
    },
    lower: spec.lower,
  };
}
