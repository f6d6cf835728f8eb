import type { Graph } from '../ir/graph.ts';
import { foldBatchNorm } from './fold-batch-norm.ts';
import { foldConstants } from './fold-constants.ts';
import { foldPad } from './fold-pad.ts';
import { fuseNormalization } from './fuse-normalization.ts';
import { removeNoOps } from './no-ops.ts';
import { shareConstants } from './share-constants.ts';
import { shareNodes } from './share-nodes.ts';

/** What is done to a graph once, before its dimensions are bound; in this order, for these reasons. */
export const preparation: readonly { readonly pass: (graph: Graph) => Graph; readonly because: string }[] = [
  {
    pass: foldConstants,
    because: 'weights written as ConstantOfShape, Unsqueeze or Transpose must be constants before anything matches on them',
  },
  { pass: shareConstants, because: 'nodes are seen to be equal only if the constants they read are' },
  { pass: removeNoOps, because: 'an Identity or Dropout between a convolution and its normalisation would hide the pair' },
  { pass: shareNodes, because: 'patterns expect one node for one value; exporters write some twice' },
  { pass: foldPad, because: 'a padding between two nodes would hide them from each other' },
  { pass: fuseNormalization, because: 'before Mul and Add by vectors could be taken for something else' },
  { pass: foldBatchNorm, because: 'it makes new weights, which must be the same tensors in every binding' },
  { pass: shareConstants, because: 'again, for the folded weights' },
];

/**
 * Folds what depends on weights alone, once a model, so that all bindings of it share the same constants.
 * Dimensions may be symbolic.
 */
export function prepare(graph: Graph): Graph {
  return preparation.reduce((current, { pass }) => pass(current), graph);
}
