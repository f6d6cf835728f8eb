import type { Candidate } from '../../wgsl/kernel.ts';
import type { BoundType, KernelContext } from '../op.ts';
import type { CoreConvAttributes } from './conv-core.ts';
import { geometryOf } from './geometry.ts';
import { softwareConv, softwareDepthwise } from './software.wgsl.ts';

/** Kernels for a convolution, best first. */
export function convCandidates(inputs: readonly BoundType[], attributes: CoreConvAttributes, context: KernelContext): readonly Candidate[] {
  const geometry = geometryOf(inputs, attributes, context);
  return [geometry.channels === 1 && geometry.group > 1 ? softwareDepthwise(geometry) : softwareConv(geometry)];
}
