import { binaryOps, bitShift, bitwiseNot, mod, pow, pRelu, where } from './elementwise/binary.ts';
import { cast, castLike } from './elementwise/cast.ts';
import { isInfinite, isNotANumber, not } from './elementwise/classify.ts';
import { clip, clip6 } from './elementwise/clip.ts';
import { dropoutOps } from './elementwise/dropout.ts';
import { elementwise } from './elementwise/elementwise.ts';
import { biasGelu, contribGelu, fastGelu, gelu, quickGelu } from './elementwise/gelu.ts';
import { unaryOps } from './elementwise/unary.ts';
import { variadicOps } from './elementwise/variadic.ts';
import { concat, coreConcat } from './movement/concat.ts';
import { copy } from './movement/copy.ts';
import { expand, tile } from './movement/expand.ts';
import { gather, gatherGradient } from './movement/gather.ts';
import { pad, pad2 } from './movement/pad.ts';
import { reshapeOps } from './movement/reshape.ts';
import { constantOfShape, range, shape, size } from './movement/shape.ts';
import { slice, slice1 } from './movement/slice.ts';
import { splitOps } from './movement/split.ts';
import { transpose } from './movement/transpose.ts';
import { normalizationOps } from './normalization/records.ts';
import type { AnyOp } from './op.ts';
import { argMax, argMin } from './reduce/arg-reduce.ts';
import { reduce } from './reduce/reduce.ts';
import { reduceOps } from './reduce/reduce-ops.ts';
import { resizeImage } from './resize-image/resize-image.ts';
import { coreSoftmax, softmaxOps } from './softmax/softmax.ts';

/** Every operator record, alphabetical by type; versions of one type side by side. The one list of what the project knows. */
export const opTable: readonly AnyOp[] = [
  argMax,
  argMin,
  biasGelu,
  ...binaryOps,
  bitShift,
  bitwiseNot,
  cast,
  castLike,
  clip,
  clip6,
  concat,
  constantOfShape,
  copy,
  coreConcat,
  ...dropoutOps,
  elementwise,
  expand,
  fastGelu,
  gather,
  gatherGradient,
  gelu,
  contribGelu,
  isInfinite,
  isNotANumber,
  mod,
  ...normalizationOps,
  not,
  pad,
  pad2,
  pow,
  pRelu,
  quickGelu,
  range,
  reduce,
  ...reduceOps,
  ...reshapeOps,
  resizeImage,
  shape,
  size,
  slice,
  slice1,
  coreSoftmax,
  ...softmaxOps,
  ...splitOps,
  tile,
  transpose,
  ...unaryOps,
  ...variadicOps,
  where,
];
