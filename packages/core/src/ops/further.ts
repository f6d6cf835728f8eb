import { standardAttention } from './attention/general.ts';
import { groupQueryAttention } from './attention/group-query.ts';
import { branch, loop, scan8, scan9 } from './control/control.ts';
import { convTranspose } from './conv/conv-transpose.ts';
import { einsum } from './einsum/einsum.ts';
import { bitCast } from './elementwise/bit-cast.ts';
import { shrink } from './elementwise/shrink.ts';
import { gridSample } from './grid/grid-sample.ts';
import { roiAlignOps } from './grid/roi-align.ts';
import { negativeLogLikelihoodLoss, softmaxCrossEntropyLoss } from './loss/negative-log-likelihood.ts';
import { eyeLike } from './movement/eye-like.ts';
import { furtherMovement } from './movement/further.ts';
import { gatherElements, gatherND } from './movement/gather-elements.ts';
import { oneHot, trilu } from './movement/one-hot.ts';
import { reverseSequence } from './movement/reverse-sequence.ts';
import { coreScatter, scatter9, scatterElements, scatterND } from './movement/scatter.ts';
import type { AnyOp } from './op.ts';
import { lpPools } from './pool/lp-pool.ts';
import { maxUnpool } from './pool/max-unpool.ts';
import { quantizedOps } from './quantized/records.ts';
import { randomOperators } from './random/random.ts';
import { recurrentOps } from './recurrent/recurrent.ts';
import { cumProd } from './reduce/cumprod.ts';
import { coreCumSum, cumSum } from './reduce/cumsum.ts';
import { compress, det, nonMaxSuppression, nonZero, unique } from './selection/data-dependent.ts';
import { hardmaxOps } from './selection/hardmax.ts';
import { coreTopK, topKOps } from './selection/top-k.ts';
import { sequenceOps } from './sequence/sequence.ts';
import { dftOps, stft } from './signal/dft.ts';
import { melWeightMatrix, windowOps } from './signal/windows.ts';
import { stringNormalizer, tfIdfVectorizer } from './text/string-normalizer.ts';
import { regexFullMatch, stringConcat, stringSplit } from './text/string-ops.ts';
import { optimizerOps } from './training/optimizers.ts';

/**
 * The records that few models need: control flow, sequences, strings, recurrent layers, 8-bit products, attention of decoders, signals, losses, what selects by value, cumulative sums, scattering, random numbers. A page
 * that trains a head loads none of them; `readModel` loads them all when a model names an operator that `table.ts` does not have.
 */
export const furtherOps: readonly AnyOp[] = [
  bitCast,
  branch,
  compress,
  convTranspose,
  coreCumSum,
  coreScatter,
  coreTopK,
  cumProd,
  cumSum,
  det,
  ...dftOps,
  einsum,
  eyeLike,
  ...furtherMovement,
  gatherElements,
  gatherND,
  gridSample,
  groupQueryAttention,
  ...hardmaxOps,
  loop,
  ...lpPools,
  maxUnpool,
  melWeightMatrix,
  negativeLogLikelihoodLoss,
  nonMaxSuppression,
  nonZero,
  oneHot,
  ...optimizerOps,
  ...quantizedOps,
  ...randomOperators,
  ...recurrentOps,
  regexFullMatch,
  reverseSequence,
  ...roiAlignOps,
  scan8,
  scan9,
  scatter9,
  scatterElements,
  scatterND,
  ...sequenceOps,
  shrink,
  softmaxCrossEntropyLoss,
  standardAttention,
  stft,
  stringConcat,
  stringNormalizer,
  stringSplit,
  tfIdfVectorizer,
  ...topKOps,
  trilu,
  { ...trilu, domain: 'com.microsoft', since: 1 } as AnyOp,
  unique,
  { ...unique, domain: 'com.microsoft', since: 1 } as AnyOp,
  ...windowOps,
];
