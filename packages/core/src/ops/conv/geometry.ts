import type { Capabilities } from '../../wgsl/kernel.ts';
import { type Epilogue, epilogueOf } from '../elementwise/epilogue.ts';
import type { Expression } from '../elementwise/expression.ts';
import type { BoundType, KernelContext } from '../op.ts';
import type { CoreConvAttributes } from './conv-core.ts';

/** A convolution with everything kernels need of it. */
export interface Geometry {
  readonly x: BoundType;
  readonly w: BoundType;
  readonly output: BoundType;
  readonly batch: number;
  readonly group: number;
  /** Output channels of one group. */
  readonly rows: number;
  /** Input channels of one group. */
  readonly channels: number;
  /** Output positions of one picture. */
  readonly positions: number;
  /** Uniforms all convolution kernels share; each kernel takes those that its text reads. */
  readonly values: Readonly<Record<string, number>>;
  readonly expression: Expression;
  readonly epilogue: Epilogue;
  readonly floats: number;
  readonly caps: Capabilities;
}

export function geometryOf(
  inputs: readonly BoundType[],
  { strides, dilations, pads, group, expression }: CoreConvAttributes,
  { outputs, caps }: KernelContext,
): Geometry {
  const [x, w] = inputs as [BoundType, BoundType];
  const output = outputs[0] as BoundType;
  const [batch = 1, allChannels = 1, height = 1, width = 1] = x.shape;
  const [allRows = 1, channels = 1, kernelHeight = 1, kernelWidth = 1] = w.shape;
  const [, , outHeight = 1, outWidth = 1] = output.shape;
  const positions = outHeight * outWidth;
  const rows = allRows / group;
  const taps = kernelHeight * kernelWidth;
  const operands = inputs.slice(2).map((type, index) => ({ name: `in${index + 2}`, type }));
  const epilogue = epilogueOf(expression, 'f32', operands, output, [{ name: 'channel', inner: positions, dim: allRows }]);
  return {
    x,
    w,
    output,
    batch,
    group,
    rows,
    channels,
    positions,
    values: {
      rows,
      channels,
      groups: group,
      batch,
      height,
      width,
      plane: height * width,
      picture: allChannels * height * width,
      out_width: outWidth,
      positions,
      columns: batch * positions,
      kernel_height: kernelHeight,
      kernel_width: kernelWidth,
      taps,
      depth: channels * taps,
      stride_y: strides[0] as number,
      stride_x: strides[1] as number,
      dilation_y: dilations[0] as number,
      dilation_x: dilations[1] as number,
      top: pads[0] as number,
      left: pads[1] as number,
      ...epilogue.values,
    },
    expression,
    epilogue,
    floats: 2 * batch * positions * allRows * channels * taps,
    caps,
  };
}

/** The uniform struct for a body: the shared numbers it names, and the epilogue's. */
export function paramsFor({ values, epilogue }: Geometry, body: string, own: Readonly<Record<string, 'u32'>>): Record<string, 'u32'> {
  const named = Object.keys(values).filter((name) => !(name in epilogue.params) && new RegExp(`\\bp\\.${name}\\b`).test(body));
  return { ...Object.fromEntries(named.map((name) => [name, 'u32' as const])), ...own, ...epilogue.params };
}
