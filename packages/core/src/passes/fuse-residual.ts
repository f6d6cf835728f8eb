import type { Graph, Node } from '../ir/graph.ts';
import type { Expression } from '../ops/elementwise/expression.ts';
import { sameShape } from '../tensor/shape.ts';
import { GraphEdit } from './edit.ts';

/**
 * A residual sum that only a normalisation reads is computed there. The product before it then has the same epilogue as its
 * neighbours, which is a pipeline less to compile.
 */
export function fuseResidual(graph: Graph): Graph {
  const edit = new GraphEdit(graph);
  for (const node of edit.nodes()) {
    if (node.type !== 'LayerNormalization' || node.domain !== 'headstart' || node.attributes.addend === 1) continue;
    const [x = '', ...operands] = node.inputs;
    const sum = edit.soleProducer(x);
    if (!sum || !isSum(edit, sum)) continue;
    const inputs = [...sum.inputs, ...operands];
    edit.replace([sum, node], { ...node, inputs, attributes: { ...node.attributes, addend: 1, expression: shifted(node) } });
  }
  return edit.done();
}

/** a + b of two different values of one type and shape. */
function isSum(edit: GraphEdit, { type, domain, inputs, outputs, attributes }: Node): boolean {
  if (type !== 'Elementwise' || domain !== 'headstart' || inputs.length !== 2 || inputs[0] === inputs[1]) return false;
  const [only, ...others] = attributes.expression as Expression;
  if (only?.fn !== 'Add' || only.type !== 'f32' || others.length > 0) return false;
  const output = edit.type(outputs[0] as string);
  return inputs.every((input) => edit.type(input).dtype === output.dtype && sameShape(edit.shape(input), edit.shape(outputs[0] as string)));
}

/** The expression where one more input stands before its operands. */
function shifted({ attributes }: Node): Expression {
  const expression = (attributes.expression ?? []) as Expression;
  return expression.map((each) => ({ ...each, args: each.args.map((arg) => (arg === 0 ? 0 : arg + 1)) }));
}
