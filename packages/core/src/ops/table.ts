import { attentionOps } from './attention/records.ts';
import { conv, fusedConv } from './conv/conv.ts';
import { coreConv } from './conv/conv-core.ts';
import { binaryOps, bitShift, bitwiseNot, mod, pow, pRelu, where } from './elementwise/binary.ts';
import { cast, castLike } from './elementwise/cast.ts';
import { isInfinite, isNotANumber, not } from './elementwise/classify.ts';
import { clip, clip6 } from './elementwise/clip.ts';
import { dropoutOps } from './elementwise/dropout.ts';
import { elementwise } from './elementwise/elementwise.ts';
import { biasGelu, contribGelu, fastGelu, gelu, quickGelu } from './elementwise/gelu.ts';
import { asOf, legacyOps, legacyPRelu } from './elementwise/legacy.ts';
import { equalOfStrings, whereOfStrings } from './elementwise/strings.ts';
import { unaryOps } from './elementwise/unary.ts';
import { variadicOps } from './elementwise/variadic.ts';
import { gemm } from './gemm/gemm.ts';
import { logMel } from './log-mel/log-mel.ts';
import { fusedMatMul, matmul } from './matmul/matmul.ts';
import { coreMatMul } from './matmul/matmul-core.ts';
import { matmulNBits } from './matmul-nbits/matmul-nbits.ts';
import { coreMatMulNBits } from './matmul-nbits/matmul-nbits-core.ts';
import { concat, coreConcat } from './movement/concat.ts';
import { copy } from './movement/copy.ts';
import { depthToSpace, spaceToDepth } from './movement/depth-to-space.ts';
import { expand, tile } from './movement/expand.ts';
import { gather, gatherGradient } from './movement/gather.ts';
import { pad, pad2 } from './movement/pad.ts';
import { reshapeOps } from './movement/reshape.ts';
import { constantOfShape, range, shape, size } from './movement/shape.ts';
import { slice, slice1 } from './movement/slice.ts';
import { splitOps } from './movement/split.ts';
import { transpose } from './movement/transpose.ts';
import { batchNormalization, batchNormalization14 } from './normalization/batch-normalization.ts';
import { normalizationOps } from './normalization/records.ts';
import type { AnyOp } from './op.ts';
import { averagePool, globalAveragePool, globalMaxPool, maxPool } from './pool/pool.ts';
import { corePool } from './pool/pool-core.ts';
import { corePoolIndices } from './pool/pool-indices.ts';
import { argMax, argMin } from './reduce/arg-reduce.ts';
import { reduce } from './reduce/reduce.ts';
import { reduceOps } from './reduce/reduce-ops.ts';
import { resampleAudio } from './resample-audio/resample-audio.ts';
import { resample } from './resize/resample.ts';
import { resizeOps, upsample7 } from './resize/resize.ts';
import { resizeImage } from './resize-image/resize-image.ts';
import { coreSoftmax, softmaxOps } from './softmax/softmax.ts';

const older: readonly AnyOp[] = [
  ...legacyOps,
  legacyPRelu,
  asOf(1, gemm),
  asOf(1, batchNormalization),
  ...variadicOps.map((op) => asOf(1, op)),
  ...[pad, range].map((op): AnyOp => ({ ...op, domain: 'com.microsoft', since: 1 })),
  ...unaryOps.filter(({ since }) => since === 6).map((op) => asOf(1, op)),
];

/** The records that are always there: what backbones and heads are made of. The others are in `further.ts`. */
export const opTable: readonly AnyOp[] = [
  ...older,
  batchNormalization14,
  corePoolIndices,
  argMax,
  argMin,
  averagePool,
  ...attentionOps,
  biasGelu,
  ...binaryOps.map((op) => (op.type === 'Equal' ? equalOfStrings(op) : op)),
  bitShift,
  bitwiseNot,
  cast,
  castLike,
  clip,
  clip6,
  concat,
  constantOfShape,
  conv,
  coreConv,
  copy,
  depthToSpace,
  coreConcat,
  ...dropoutOps,
  elementwise,
  expand,
  fastGelu,
  fusedConv,
  fusedMatMul,
  gather,
  gatherGradient,
  gelu,
  contribGelu,
  gemm,
  globalAveragePool,
  globalMaxPool,
  isInfinite,
  isNotANumber,
  logMel,
  coreMatMul,
  matmul,
  coreMatMulNBits,
  matmulNBits,
  maxPool,
  mod,
  ...normalizationOps,
  not,
  pad,
  pad2,
  corePool,
  pow,
  pRelu,
  quickGelu,
  range,
  reduce,
  ...reduceOps,
  resample,
  resampleAudio,
  ...reshapeOps,
  ...resizeOps,
  resizeImage,
  shape,
  size,
  slice,
  slice1,
  coreSoftmax,
  ...softmaxOps,
  spaceToDepth,
  ...splitOps,
  tile,
  transpose,
  ...unaryOps,
  upsample7,
  ...variadicOps,
  whereOfStrings(where),
];
