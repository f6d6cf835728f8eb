import type { AnyOp } from '../op.ts';
import { batchNormalization } from './batch-normalization.ts';
import { embedLayerNormalization } from './embed-layer-normalization.ts';
import { groupNormalization, groupNormalization18, instanceNormalization } from './group-normalization.ts';
import { layerNormalization, rmsNormalization, simplifiedLayerNormalization } from './layer-normalization.ts';
import { lpNormalization } from './lp-normalization.ts';
import { lrn } from './lrn.ts';
import { meanVarianceNormalization } from './mean-variance-normalization.ts';
import { normalize } from './normalize.ts';
import { skipLayerNormalization, skipSimplifiedLayerNormalization } from './skip-layer-normalization.ts';

/** Every normalisation, alphabetical by type. */
export const normalizationOps: readonly AnyOp[] = [
  batchNormalization,
  embedLayerNormalization,
  groupNormalization18,
  groupNormalization,
  instanceNormalization,
  normalize,
  layerNormalization,
  lpNormalization,
  lrn,
  meanVarianceNormalization,
  rmsNormalization,
  simplifiedLayerNormalization,
  skipLayerNormalization,
  skipSimplifiedLayerNormalization,
];
