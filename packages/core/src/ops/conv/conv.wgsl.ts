import type { Candidate } from '../../wgsl/kernel.ts';
import type { BoundType, KernelContext } from '../op.ts';
import type { CoreConvAttributes } from './conv-core.ts';
import { geometryOf } from './geometry.ts';
import { directConv, tiledConv } from './hardware.wgsl.ts';
import { softwareConv, softwareDepthwise } from './software.wgsl.ts';

/** Rows of a group below which tiles would be mostly empty. */
const fewRows = 4;

/** Kernels for a convolution, best first. */
export function convCandidates(inputs: readonly BoundType[], attributes: CoreConvAttributes, context: KernelContext): readonly Candidate[] {
  const geometry = geometryOf(inputs, attributes, context);
  const depthwise = geometry.channels === 1 && geometry.group > 1;
  if (context.caps.kind === 'software') return [depthwise ? softwareDepthwise(geometry) : softwareConv(geometry)];
  return [depthwise || geometry.rows < fewRows ? directConv(geometry) : tiledConv(geometry)];
}
