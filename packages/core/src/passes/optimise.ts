import { EngineError } from '../errors.ts';
import { describeNode, formatType, type Graph, isBound } from '../ir/graph.ts';
import type { Capabilities } from '../wgsl/kernel.ts';
import { dropBroadcasts } from './drop-broadcasts.ts';
import { fuseAttention } from './fuse-attention.ts';
import { fuseElementwise } from './fuse-elementwise.ts';
import { fuseResidual } from './fuse-residual.ts';
import { lower } from './lower.ts';
import { mergeCopies } from './merge-copies.ts';
import { mergeProjections } from './merge-projections.ts';
import { removeNoOps } from './no-ops.ts';
import { sharePrefixes } from './share-prefixes.ts';
import { splitWeights } from './split-weights.ts';

type Pass = (graph: Graph, caps: Capabilities) => Graph;

/** What is done to a bound graph, in this order, for these reasons. */
export const optimisation: readonly { readonly pass: Pass; readonly because: string }[] = [
  { pass: removeNoOps, because: 'binding has shown which Expand, Slice and Pad do nothing; patterns are then whole' },
  { pass: lower, because: 'fusion knows the core ops only' },
  { pass: mergeCopies, because: 'Slice, Transpose and Pad have become copies' },
  { pass: dropBroadcasts, because: 'a reader that repeats its operand can then be fused with what computes it' },
  { pass: sharePrefixes, because: 'a longer Concat is one dispatch where its prefix is there already' },
  { pass: fuseResidual, because: 'before the sum becomes part of the product it follows' },
  { pass: fuseElementwise, because: 'after lowering, so that it also takes in what that wrote' },
  { pass: fuseAttention, because: 'scale and mask are then part of the product before the softmax' },
  { pass: mergeProjections, because: 'attention shows which products are projections of one input' },
  { pass: splitWeights, because: 'last: patterns would not know the parts' },
];

/**
 * Rewrites a graph with bound dimensions into few core ops that have kernels.
 * Values that other nodes still read, inputs and outputs keep their names.
 */
export function optimise(graph: Graph, caps: Capabilities): Graph {
  requireBound(graph);
  return optimisation.reduce((current, { pass }) => pass(current, caps), graph);
}

/** Kernels are chosen by sizes: every value must have them before anything is decided. */
function requireBound(graph: Graph): void {
  graph.nodes.forEach((node, index) => {
    for (const output of node.outputs) {
      const type = graph.types.get(output);
      if (output === '' || (type && isBound(type.shape))) continue;
      const symbols = type?.shape.filter((dim) => typeof dim === 'string').map((dim) => `'${dim}'`) ?? [];
      throw new EngineError('unsupported', `the shape of '${output}' is not known before it is computed`, {
        where: describeNode(node, index),
        node: node.name,
        expected: 'a number on every axis',
        got: formatType(type),
        hint:
          symbols.length > 0
            ? `Give sizes for ${symbols.join(', ')} in \`dimensions\`, or use the 'wasm' engine.`
            : "Use the 'wasm' engine.",
      });
    }
  });
}
