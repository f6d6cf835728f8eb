import type { Candidate } from '../../wgsl/kernel.ts';
import type { BoundType, KernelContext } from '../op.ts';
import { skinnyPacked, skinnyPackedRows, tiledPacked } from './hardware.wgsl.ts';
import type { CoreNBitsAttributes } from './matmul-nbits-core.ts';
import { packedProductOf } from './packed-product.ts';
import { softwarePacked } from './software.wgsl.ts';

/** Kernels for a product with packed weights, best first. */
export function nbitsCandidates(
  inputs: readonly (BoundType | undefined)[],
  attributes: CoreNBitsAttributes,
  context: KernelContext,
): readonly Candidate[] {
  const product = packedProductOf(inputs, attributes, context);
  if (context.caps.kind === 'software') return [softwarePacked(product)];
  return [...(product.m <= skinnyPackedRows ? [skinnyPacked(product)] : []), tiledPacked(product)];
}
