import { EngineError } from '../../errors.ts';
import { addDims, divideDims } from '../../ir/dims.ts';
import type { Dim } from '../../ir/graph.ts';
import { attribute } from '../attribute.ts';

/** Attributes that Conv and the pools share (ONNX spec). */
export interface WindowAttributes {
  readonly auto_pad: string;
  readonly kernel_shape: readonly number[] | undefined;
  readonly strides: readonly number[] | undefined;
  readonly dilations: readonly number[] | undefined;
  readonly pads: readonly number[] | undefined;
}

export const windowAttributes = {
  auto_pad: attribute.string('NOTSET'),
  kernel_shape: attribute.optionalInts(),
  strides: attribute.optionalInts(),
  dilations: attribute.optionalInts(),
  pads: attribute.optionalInts(),
} as const;

/** A window that slides over the spatial axes: one entry an axis. */
export interface Window {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
}

/**
 * The window of a node over `rank` spatial axes, defaults filled in.
 * @throws EngineError `invalid-model` when an attribute has the wrong length
 */
export function windowOf({ strides, dilations }: WindowAttributes, kernel: readonly number[], rank: number): Window {
  const ones = new Array<number>(rank).fill(1);
  const window = { kernel, strides: strides?.length ? strides : ones, dilations: dilations?.length ? dilations : ones };
  for (const [name, list] of Object.entries(window)) {
    if (list.length !== rank || list.some((value) => value < 1)) {
      throw new EngineError('invalid-model', `attribute '${name}' does not fit the input`, {
        expected: `${rank} positive numbers`,
        got: `[${list.join(', ')}]`,
      });
    }
  }
  return window;
}

/** Positions the dilated kernel covers on an axis. */
export function extentOf({ kernel, dilations }: Window, axis: number): number {
  return (dilations[axis] as number) * ((kernel[axis] as number) - 1) + 1;
}

/**
 * Explicit pads `[begin…, end…]` of a node on bound spatial dimensions.
 * SAME_*: as many outputs as ⌈input / stride⌉; an odd one goes to the end (UPPER) or the beginning (LOWER).
 */
export function padsOf({ auto_pad, pads }: WindowAttributes, window: Window, spatial: readonly number[]): readonly number[] {
  const rank = spatial.length;
  if (auto_pad === 'NOTSET' || auto_pad === '') {
    const given = pads?.length ? pads : new Array<number>(2 * rank).fill(0);
    if (given.length !== 2 * rank) {
      throw new EngineError('invalid-model', "attribute 'pads' does not fit the input", {
        expected: `${2 * rank} numbers`,
        got: `[${given.join(', ')}]`,
      });
    }
    return given;
  }
  if (auto_pad === 'VALID') return new Array<number>(2 * rank).fill(0);
  if (auto_pad !== 'SAME_UPPER' && auto_pad !== 'SAME_LOWER') {
    throw new EngineError('invalid-model', "attribute 'auto_pad' is not known", {
      expected: 'NOTSET, VALID, SAME_UPPER or SAME_LOWER',
      got: auto_pad,
    });
  }
  const totals = spatial.map((dim, axis) => {
    const stride = window.strides[axis] as number;
    return Math.max((Math.ceil(dim / stride) - 1) * stride + extentOf(window, axis) - dim, 0);
  });
  const small = totals.map((total) => Math.floor(total / 2));
  const large = totals.map((total) => Math.ceil(total / 2));
  return auto_pad === 'SAME_UPPER' ? [...small, ...large] : [...large, ...small];
}

/** Output size on one axis: ⌊(input + pads − extent) / stride⌋ + 1. */
export function outputDim(input: Dim, padding: number, extent: number, stride: number): Dim {
  if (typeof input === 'number') {
    const dim = Math.floor((input + padding - extent) / stride) + 1;
    if (dim < 1) {
      throw new EngineError('invalid-argument', 'the window is larger than the padded input', {
        expected: `at least ${extent}`,
        got: `${input + padding}`,
      });
    }
    return dim;
  }
  const room = padding - extent;
  // With a stride that divides what is cut off, ⌊(n + room) / s⌋ + 1 = ⌊(n + room + s) / s⌋ reads shorter.
  return divideDims(addDims(input, room + stride), stride);
}

/** Output sizes on all spatial axes, symbolic ones included. */
export function outputDims(attributes: WindowAttributes, window: Window, spatial: readonly Dim[]): readonly Dim[] {
  if (attributes.auto_pad.startsWith('SAME')) {
    return spatial.map((dim, axis) => {
      const stride = window.strides[axis] as number;
      return typeof dim === 'number' ? Math.ceil(dim / stride) : divideDims(addDims(dim, stride - 1), stride);
    });
  }
  const explicit = padsOf(
    attributes,
    window,
    spatial.map(() => 1),
  );
  return spatial.map((dim, axis) =>
    outputDim(
      dim,
      (explicit[axis] as number) + (explicit[axis + spatial.length] as number),
      extentOf(window, axis),
      window.strides[axis] as number,
    ),
  );
}

/** `[top, left, bottom, right]` for pads of one or two spatial axes: one-dimensional data are pictures of height 1. */
export function planar(window: Window, pads: readonly number[]): { window: Window; pads: readonly number[] } {
  if (pads.length === 4) return { window, pads };
  const lead = ([value = 1]: readonly number[]) => [1, value];
  return {
    window: { kernel: lead(window.kernel), strides: lead(window.strides), dilations: lead(window.dilations) },
    pads: [0, pads[0] as number, 0, pads[1] as number],
  };
}
