import type { Graph, Node } from '../ir/graph.ts';
import type { Expression } from '../ops/elementwise/expression.ts';
import { opOf } from '../ops/registry.ts';
import { sameShape, sizeOf } from '../tensor/shape.ts';
import type { Capabilities } from '../wgsl/kernel.ts';
import { compose, type Reading, withoutRepeats } from './compose.ts';
import { GraphEdit } from './edit.ts';

/** Longest expression a kernel is given; longer ones compile slowly and hold many registers. */
const maxInstructions = 48;
/** Longest expression computed again for each element it is broadcast to. */
const maxRepeated = 4;

/**
 * Merges pointwise work into as few dispatches as there can be: an Elementwise node joins the node that computes one of its
 * operands, when nothing else reads that operand. The other node is an Elementwise too, or any op whose record takes
 * an `expression` (its epilogue): bias, activation and residual sum become part of the product before them.
 */
export function fuseElementwise(graph: Graph, caps: Capabilities): Graph {
  const edit = new GraphEdit(graph);
  for (const node of edit.nodes()) {
    if (!isElementwise(node) || new Set(node.inputs).size === node.inputs.length) continue;
    const { expression, slots } = withoutRepeats({ expression: expressionOf(node), slots: node.inputs });
    edit.replace([node], { ...node, inputs: slots, attributes: { ...node.attributes, expression } });
  }
  for (const node of edit.nodes()) {
    if (!isElementwise(node)) continue;
    // The operand computed last first: what the others need is then defined before it.
    const order = new Map([...new Set(node.inputs)].map((input) => [input, edit.placeOf(input)] as const));
    const operands = [...order.keys()].sort((a, b) => (order.get(b) as number) - (order.get(a) as number));
    for (const operand of operands) {
      const producer = edit.soleProducer(operand);
      const fused = producer && fuse(edit, producer, node, operand, caps);
      if (!fused) continue;
      edit.replace([producer, node], fused);
      break;
    }
  }
  return edit.done();
}

function isElementwise(node: Node): boolean {
  return node.type === 'Elementwise' && node.domain === 'headstart';
}

function fuse(edit: GraphEdit, producer: Node, node: Node, operand: string, caps: Capabilities): Node | undefined {
  const from = opOf(producer).operandsFrom;
  const [output = ''] = node.outputs;
  if (from === undefined || producer.outputs.filter(Boolean).length !== 1) return undefined;
  const inner = edit.type(operand);
  const outer = edit.type(output);
  if (isElementwise(producer)) {
    const repeats = sizeOf(edit.shape(output)) > sizeOf(edit.shape(operand));
    if (repeats && expressionOf(producer).length > maxRepeated) return undefined;
  } else if (!sameShape(inner.shape, outer.shape) || inner.dtype !== outer.dtype) return undefined;

  const own = producer.inputs.slice(0, from);
  const accumulator = from === 0 ? [] : ['accumulator of the producer'];
  const reading: Reading = { expression: expressionOf(producer), slots: [...accumulator, ...producer.inputs.slice(from)] };
  const { expression, slots } = compose(reading, { expression: expressionOf(node), slots: node.inputs }, operand);
  const inputs = [...own, ...slots.slice(accumulator.length)];
  if (inputs.filter(Boolean).length > caps.maxStorageBuffers - 2 || expression.length > maxInstructions) return undefined;
  const attributes = isElementwise(producer) ? { ...node.attributes, expression } : { ...producer.attributes, expression };
  return { ...producer, name: producer.name || node.name, inputs, outputs: [output], attributes };
}

function expressionOf(node: Node): Expression {
  return (node.attributes.expression as Expression | undefined) ?? [];
}
