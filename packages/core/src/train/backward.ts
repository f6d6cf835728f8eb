import { EngineError } from '../errors.ts';
import type { GraphBuilder } from '../ir/builder.ts';
import { type Dim, describeNode, formatType, isBound, type Node, type ValueType } from '../ir/graph.ts';
import { attributesOf, opOf } from '../ops/registry.ts';
import { isFloat } from '../tensor/dtype.ts';
import { sizeOf } from '../tensor/shape.ts';
import { Tensor } from '../tensor/tensor.ts';

/**
 * Reverse-mode differentiation: emits the gradient of a scalar as nodes of the graph being built, through each op's `vjp`
 * (Griewank & Walther, "Evaluating Derivatives", chapter 3). Nothing is saved by hand: what a `vjp` reads stays alive by liveness.
 * @param g builder that already holds the forward nodes
 * @param loss name of a float value with one element
 * @param wrt values to differentiate with respect to: inputs, constants or intermediate values
 * @returns for each of `wrt` the name of its gradient, of the same dtype and shape
 * @throws EngineError `unsupported` naming the op without a gradient; `invalid-argument` for a loss that is no scalar or does not depend on `wrt`
 */
export function backward(g: GraphBuilder, loss: string, wrt: readonly string[]): string[] {
  const nodes = g.build([loss]).nodes;
  const active = activeValues(nodes, wrt);
  const gradients = new Map<string, string>([[loss, seed(g, loss)]]);
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some((output) => gradients.has(output)) || !node.inputs.some((input) => active.has(input))) continue;
    const flows = vjpOf(g, node, gradients);
    node.inputs.forEach((input, index) => {
      const flow = flows[index] ?? '';
      if (input === '' || flow === '' || !active.has(input)) return;
      const own = unbroadcast(g, flow, g.typeOf(input));
      const sum = gradients.get(input);
      gradients.set(input, sum === undefined ? own : g.add('Add', [sum, own]));
    });
  }
  return wrt.map((name) => {
    const gradient = gradients.get(name);
    if (gradient === undefined) {
      throw new EngineError('invalid-argument', `'${loss}' does not depend on '${name}'`, {
        where: 'backward',
        hint: 'Differentiate with respect to a value that the loss is computed from.',
      });
    }
    return gradient;
  });
}

/** Values that depend on one of `wrt`; gradients flow through these only. */
function activeValues(nodes: readonly Node[], wrt: readonly string[]): ReadonlySet<string> {
  const active = new Set(wrt);
  for (const node of nodes) {
    if (!node.inputs.some((input) => active.has(input))) continue;
    for (const output of node.outputs) if (output !== '') active.add(output);
  }
  return active;
}

function seed(g: GraphBuilder, loss: string): string {
  const type = g.typeOf(loss);
  if (!isFloat(type.dtype) || !isBound(type.shape) || sizeOf(type.shape) !== 1) {
    throw new EngineError('invalid-argument', `loss '${loss}' is not a scalar`, {
      where: 'backward',
      expected: 'one float',
      got: formatType(type),
    });
  }
  return g.constant(Tensor.from([1], type.shape, type.dtype), g.fresh('seed'));
}

function vjpOf(g: GraphBuilder, node: Node, gradients: ReadonlyMap<string, string>): readonly string[] {
  const { vjp } = opOf(node);
  if (!vjp) {
    throw new EngineError('unsupported', 'this operator has no gradient', {
      where: describeNode(node),
      node: node.name,
      hint: 'Cut the graph after it, or keep what comes before it frozen.',
    });
  }
  return vjp({
    g,
    inputs: node.inputs,
    outputs: node.outputs,
    dy: node.outputs.map((output) => gradients.get(output) ?? ''),
    types: node.inputs.map((input) => (input === '' ? undefined : g.typeOf(input))),
    attributes: attributesOf(node),
    constant: (index) => g.constantOf(node.inputs[index] ?? ''),
  });
}

/** Sums a gradient over the axes along which its input was repeated, so that it has the input's shape. */
function unbroadcast(g: GraphBuilder, gradient: string, target: ValueType): string {
  const lead = g.typeOf(gradient).shape.length - target.shape.length;
  const leading = Array.from({ length: Math.max(lead, 0) }, (_, axis) => axis);
  const inner = target.shape.flatMap((dim: Dim, axis) => (dim === 1 && g.typeOf(gradient).shape[axis + lead] !== 1 ? [axis] : []));
  const dropped = leading.length === 0 ? gradient : reduceSum(g, gradient, leading, 0);
  return inner.length === 0 ? dropped : reduceSum(g, dropped, inner, 1);
}

function reduceSum(g: GraphBuilder, value: string, axes: readonly number[], keepdims: 0 | 1): string {
  return g.add('ReduceSum', [value, g.constant(Tensor.from(axes, [axes.length], 'int64'), g.fresh('axes'))], { keepdims });
}
