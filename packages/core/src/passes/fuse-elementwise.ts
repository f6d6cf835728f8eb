import type { Graph, Node } from '../ir/graph.ts';
import type { Expression } from '../ops/elementwise/expression.ts';
import { opOf } from '../ops/registry.ts';
import { derived } from '../tensor/derived.ts';
import { sameShape, sizeOf } from '../tensor/shape.ts';
import type { Capabilities } from '../wgsl/kernel.ts';
import { carryBroadcast } from './align-axes.ts';
import { compose, type Reading, withoutRepeats } from './compose.ts';
import { GraphEdit } from './edit.ts';
import { throughAliases } from './through-aliases.ts';

/** Longest expression a kernel is given; longer ones compile slowly and hold many registers. */
const maxInstructions = 48;
/** Longest expression computed again for each element it is broadcast to. */
const maxRepeated = 4;

/**
 * Merges pointwise work into as few dispatches as there can be: an Elementwise node joins the node that computes one of its
 * operands, when nothing else reads that operand. The other node is an Elementwise too, or any op whose record takes
 * an `expression` (its epilogue): bias, activation and residual sum become part of the product before them. Reshapes between the two
 * move behind the pair.
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
    const operands = [...node.inputs].sort((a, b) => edit.placeOf(b) - edit.placeOf(a));
    for (const operand of operands) if (fuse(edit, node, operand, caps)) break;
  }
  return edit.done();
}

function isElementwise(node: Node): boolean {
  return node.type === 'Elementwise' && node.domain === 'headstart';
}

function expressionOf(node: Node): Expression {
  return (node.attributes.expression as Expression | undefined) ?? [];
}

/** Joins `node` to what computes `operand`, if that can be. */
function fuse(edit: GraphEdit, node: Node, operand: string, caps: Capabilities): boolean {
  const { producer, aliases } = throughAliases(edit, operand);
  if (!producer || opOf(producer).operandsFrom === undefined || producer.outputs.filter(Boolean).length !== 1) return false;
  const [inner = ''] = producer.outputs;
  const [output = ''] = node.outputs;
  if (!mayJoin(edit, producer, node, operand)) return false;
  if (aliases.length === 0) {
    const merged = merge(producer, node, operand, output, caps);
    if (merged) edit.replace([producer, node], merged);
    return merged !== undefined;
  }

  // Everything is done under the producer's shape; a reshape behind it gives the node's.
  const shape = edit.shape(inner);
  const carried = node.inputs.map((input) => (input === operand ? shape : carryBroadcast(edit.shape(input), edit.shape(output), shape)));
  if (carried.some((each) => each === undefined)) return false;
  const reshapes: Node[] = [];
  const inputs = node.inputs.map((input, index) => {
    if (input === operand) return inner;
    const own = carried[index] as readonly number[];
    return sameShape(withoutLead(own), withoutLead(edit.shape(input))) ? input : reshaped(edit, input, own, reshapes);
  });
  const result = edit.addValue(`${output}_flat`, { dtype: edit.type(output).dtype, shape });
  const merged = merge(producer, { ...node, inputs }, inner, result, caps);
  if (!merged) return false;
  edit.replace([producer, ...aliases, node], ...reshapes, merged, edit.reshape(result, edit.shape(output), output));
  return true;
}

function mayJoin(edit: GraphEdit, producer: Node, node: Node, operand: string): boolean {
  const inner = edit.type(operand);
  const outer = edit.type(node.outputs[0] as string);
  if (sameShape(inner.shape, outer.shape)) return isElementwise(producer) || inner.dtype === outer.dtype;
  const direct = producer.outputs[0] === operand;
  const repeats = sizeOf(outer.shape as readonly number[]) > sizeOf(inner.shape as readonly number[]);
  return isElementwise(producer) && direct && (!repeats || expressionOf(producer).length <= maxRepeated);
}

/** The producer with the node's expression behind its own; undefined when that is too long or reads too many buffers. */
function merge(producer: Node, node: Node, operand: string, output: string, caps: Capabilities): Node | undefined {
  const from = opOf(producer).operandsFrom as number;
  const accumulator = from === 0 ? [] : ['accumulator of the producer'];
  const reading: Reading = { expression: expressionOf(producer), slots: [...accumulator, ...producer.inputs.slice(from)] };
  const { expression, slots } = compose(reading, { expression: expressionOf(node), slots: node.inputs }, operand);
  const inputs = [...producer.inputs.slice(0, from), ...slots.slice(accumulator.length)];
  if (inputs.filter(Boolean).length > caps.maxStorageBuffers - 2 || expression.length > maxInstructions) return undefined;
  const attributes = isElementwise(producer) ? node.attributes : producer.attributes;
  return { ...producer, name: producer.name || node.name, inputs, outputs: [output], attributes: { ...attributes, expression } };
}

/** A shape without its leading axes of size 1, which broadcasting adds by itself. */
function withoutLead(shape: readonly number[]): readonly number[] {
  return shape.slice(shape.findIndex((dim) => dim !== 1));
}

/** The value under another shape; a constant is reshaped here, once for all bindings of the model. */
function reshaped(edit: GraphEdit, value: string, shape: readonly number[], nodes: Node[]): string {
  const constant = edit.constant(value);
  if (constant) {
    return edit.addConstant(
      derived(constant, `reshape/${shape.join()}`, () => constant.reshape(shape)),
      value,
    );
  }
  const output = edit.addValue(`${value}_flat`, { dtype: edit.type(value).dtype, shape });
  nodes.push(edit.reshape(value, shape, output));
  return output;
}
