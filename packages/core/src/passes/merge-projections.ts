import type { Graph, Node } from '../ir/graph.ts';
import type { HeadView } from '../ops/attention/attend-params.ts';
import { opOf } from '../ops/registry.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { GraphEdit } from './edit.ts';
import { throughAliases } from './through-aliases.ts';
import { joinWeights } from './weights.ts';

/**
 * The projections of queries, keys and values from one input become one product with the three weights side by side; the
 * attention reads its parts where they lie. One dispatch in place of three, with enough columns to fill a GPU.
 */
export function mergeProjections(graph: Graph): Graph {
  const edit = new GraphEdit(graph);
  for (const node of edit.nodes()) {
    if (node.type !== 'Attention' || node.domain !== 'headstart') continue;
    const chains = node.inputs.slice(0, 3).map((value) => throughAliases(edit, value));
    const [q, k, v] = chains.map(({ producer }) => producer);
    if (!q || !k || !v) continue;
    const widths = [q, k, v].map((projection) => edit.shape(projection.outputs[0] as string).at(-1) as number);
    const views = viewsInside(node.attributes.views as readonly HeadView[], widths, node.attributes.heads as number);
    const inputs = views && joinedInputs(edit, [q, k, v]);
    if (!inputs) continue;
    const { dtype, shape } = edit.type(q.outputs[0] as string);
    const width = widths.reduce((sum, each) => sum + each, 0);
    const output = edit.addValue(`${q.outputs[0]}_kv`, { dtype, shape: [...shape.slice(0, -1), width] });
    edit.replace(
      [q, k, v, ...chains.flatMap(({ aliases }) => aliases), node],
      { ...q, inputs, outputs: [output] },
      {
        ...node,
        inputs: [output, output, output, ...node.inputs.slice(3)],
        attributes: { ...node.attributes, views },
      },
    );
  }
  return edit.done();
}

/** Inputs of the one product, when the three differ in constants only. */
function joinedInputs(edit: GraphEdit, projections: readonly [Node, Node, Node]): readonly string[] | undefined {
  const [first, ...others] = projections;
  const alike = others.every(
    ({ type, domain, inputs, attributes }) =>
      type === first.type &&
      domain === first.domain &&
      inputs[0] === first.inputs[0] &&
      inputs.length === first.inputs.length &&
      JSON.stringify(attributes) === JSON.stringify(first.attributes),
  );
  if (!alike || first.domain !== 'headstart' || (first.type !== 'MatMul' && first.type !== 'MatMulNBits')) return undefined;
  if (first.attributes.transA === 1) return undefined;
  const from = opOf(first).operandsFrom as number;
  const joined = first.inputs.slice(1).map((_, position) => {
    const index = position + 1;
    const tensors = projections.map(({ inputs }) => edit.constant(inputs[index]));
    if (projections.every(({ inputs }) => inputs[index] === '')) return '';
    const [q, k, v] = tensors;
    if (!q || !k || !v) return undefined;
    const axis = index === 1 && first.attributes.transB === 1 ? 0 : q.shape.length - 1;
    const fits = index < from ? q.shape.length === 2 : [q, k, v].every((each, own) => isRow(edit, each, projections[own] as Node));
    return fits ? edit.addConstant(joinWeights([q, k, v], axis), `${first.inputs[index]}_kv`) : undefined;
  });
  return joined.every((name) => name !== undefined) ? [first.inputs[0] as string, ...joined] : undefined;
}

/** Whether an operand has one element for each column of a product. */
function isRow(edit: GraphEdit, tensor: Tensor, projection: Node): boolean {
  const columns = edit.shape(projection.outputs[0] as string).at(-1);
  return tensor.shape.at(-1) === columns && tensor.size === columns;
}

/** Views of rows of `widths` elements, once those rows lie side by side; undefined when a view does not keep to its rows. */
function viewsInside(views: readonly HeadView[], widths: readonly number[], heads: number): readonly HeadView[] | undefined {
  const total = widths.reduce((sum, width) => sum + width, 0);
  let base = 0;
  const moved: HeadView[] = [];
  for (const [index, { offset, batch, head, row }] of views.entries()) {
    const width = widths[index] as number;
    if (batch % width !== 0 || row % width !== 0 || offset + (heads - 1) * head >= width) return undefined;
    moved.push({ offset: base + offset, batch: (batch / width) * total, head, row: (row / width) * total });
    base += width;
  }
  return moved;
}
