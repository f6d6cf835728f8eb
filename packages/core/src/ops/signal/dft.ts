import { EngineError } from '../../errors.ts';
import type { GraphBuilder } from '../../ir/builder.ts';
import type { Dim, ValueType } from '../../ir/graph.ts';
import { type DType, isFloat } from '../../tensor/dtype.ts';
import { normalizeAxis, sizeOf } from '../../tensor/shape.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { attribute } from '../attribute.ts';
import { boundShape, required, unknownDim } from '../dims.ts';
import { int64s } from '../movement/host.ts';
import { reshapeTo } from '../movement/reshape-to.ts';
import type { Op } from '../op.ts';

interface Transform {
  readonly axis: number;
  /** Points of the transform: the signal is cut or padded with zeros to it. */
  readonly length: number;
  readonly inverse: boolean;
  readonly onesided: boolean;
}

const binsOf = ({ length, onesided }: Transform) => (onesided ? Math.floor(length / 2) + 1 : length);

/** Matrix [length · parts, bins · 2] that maps (real, imaginary) samples to (real, imaginary) bins: cosines and sines, float64. */
function fourierMatrix(transform: Transform, samples: number, parts: number, window?: Tensor): Float64Array {
  const bins = binsOf(transform);
  const values = new Float64Array(samples * parts * bins * 2);
  const factor = transform.inverse ? 1 / transform.length : 1;
  for (let n = 0; n < samples; n++) {
    const weight = factor * (window?.at(n) ?? 1);
    for (let k = 0; k < bins; k++) {
      // Reduced first, so that large products keep their precision.
      const angle = (2 * Math.PI * ((n * k) % transform.length)) / transform.length;
      const [c, s] = [weight * Math.cos(angle), weight * (transform.inverse ? 1 : -1) * Math.sin(angle)];
      const row = n * parts * bins * 2 + k * 2;
      values[row] = c;
      values[row + 1] = s;
      if (parts === 2) {
        values[row + bins * 2] = -s;
        values[row + bins * 2 + 1] = c;
      }
    }
  }
  return values;
}

function dftType(x: ValueType, { axis, ...rest }: Omit<Transform, 'length'> & { length: number | undefined }): ValueType {
  const dim = rest.length ?? x.shape[axis];
  const bins: Dim = typeof dim === 'number' ? binsOf({ axis, ...rest, length: dim }) : rest.onesided ? unknownDim() : (dim ?? unknownDim());
  return { dtype: x.dtype, shape: x.shape.with(axis, bins).with(-1, 2) };
}

/** Transform of x [before, n, after, parts] along its axis. */
function dftOnHost(x: Tensor, transform: Transform): Tensor {
  const shape = dftType(x, transform).shape as readonly number[];
  const { axis } = transform;
  const [samples, parts] = [x.shape[axis] as number, x.shape.at(-1) as number];
  const [outer, inner] = [sizeOf(x.shape.slice(0, axis)), sizeOf(x.shape.slice(axis + 1, -1))];
  const used = Math.min(samples, transform.length);
  const matrix = fourierMatrix(transform, used, parts);
  const width = binsOf(transform) * 2;
  const out = new Float64Array(sizeOf(shape));
  for (let row = 0; row < outer * inner; row++) {
    const [before, after] = [Math.floor(row / inner), row % inner];
    for (let column = 0; column < width; column++) {
      let sum = 0;
      for (let n = 0; n < used; n++) {
        for (let part = 0; part < parts; part++) {
          sum += x.at(((before * samples + n) * inner + after) * parts + part) * (matrix[(n * parts + part) * width + column] as number);
        }
      }
      out[((before * (width / 2) + (column >> 1)) * inner + after) * 2 + (column & 1)] = sum;
    }
  }
  return Tensor.from(out, shape, 'float64').cast(x.dtype);
}

/** The transform as a matrix product with a constant. */
function emitDft(g: GraphBuilder, x: string, transform: Transform): string {
  const { dtype } = g.typeOf(x);
  const shape = boundShape(g.typeOf(x));
  const { axis } = transform;
  const [samples, parts] = [shape[axis] as number, shape.at(-1) as number];
  const used = Math.min(samples, transform.length);
  const rest = shape.flatMap((_, index) => (index === axis || index === shape.length - 1 ? [] : [index]));
  const perm = [...rest, axis, shape.length - 1];
  const last = g.add('Transpose', [x], { perm });
  const axes = g.constant(int64s([shape.length - 2]), g.fresh('axes'));
  const cut =
    used === samples
      ? last
      : g.add('Slice', [last, g.constant(int64s([0]), g.fresh('start')), g.constant(int64s([used]), g.fresh('end')), axes]);
  const outer = sizeOf(rest.map((index) => shape[index] as number));
  const width = binsOf(transform) * 2;
  const matrix = g.constant(
    Tensor.from(fourierMatrix(transform, used, parts), [used * parts, width], 'float64').cast(dtype),
    g.fresh('fourier'),
  );
  const product = g.add('MatMul', [reshapeTo(g, cut, [outer, used * parts]), matrix]);
  const split = reshapeTo(g, product, [...rest.map((index) => shape[index] as number), width / 2, 2]);
  return g.add('Transpose', [split], { perm: shape.map((_, index) => perm.indexOf(index)) });
}

interface DftAttributes {
  readonly axis: number;
  readonly inverse: number;
  readonly onesided: number;
}

/** @param axisInput whether the axis is the third input (opset 20) */
function dftOp(since: number, axisInput: boolean): Op<DftAttributes> {
  const transformOf = (x: ValueType, given: DftAttributes, lengthInput: Tensor | undefined, axisTensor: Tensor | undefined) => ({
    axis: normalizeAxis(axisInput ? (axisTensor?.at(0) ?? -2) : given.axis, x.shape.length),
    length: lengthInput?.at(0),
    inverse: given.inverse === 1,
    onesided: given.onesided === 1,
  });
  const bound = (x: ValueType, partial: ReturnType<typeof transformOf>): Transform => ({
    ...partial,
    length: partial.length ?? (x.shape[partial.axis] as number),
  });
  return {
    type: 'DFT',
    since,
    attributes: { axis: attribute.int(axisInput ? -2 : 1), inverse: attribute.int(0), onesided: attribute.int(0) },
    infer([input, length, axis], given, { constant }) {
      const x = required(input, 'input');
      if ((length && !constant(1)) || (axis && !constant(2))) return [{ dtype: x.dtype, shape: x.shape.map(unknownDim).with(-1, 2) }];
      return [dftType(x, transformOf(x, given, constant(1), constant(2)))];
    },
    reference([input, length, axis], given) {
      const x = input as Tensor;
      return [dftOnHost(x, bound(x, transformOf(x, given, length, axis)))];
    },
    lower({ g, inputs: [x = ''], types, attributes: given, constant }) {
      const type = required(types[0], 'input');
      return [emitDft(g, x, bound(type, transformOf(type, given, constant(1), constant(2))))];
    },
  };
}

export const dftOps = [dftOp(17, false), dftOp(20, true)] as const;

interface Frames {
  readonly step: number;
  readonly length: number;
}

function framesOf(x: ValueType, constant: (index: number) => Tensor | undefined, window: ValueType | undefined): Frames {
  const step = constant(1)?.at(0);
  const length = constant(3)?.at(0) ?? (window?.shape[0] as number | undefined);
  if (step === undefined || typeof length !== 'number') {
    throw new EngineError('unsupported', 'the frames are computed by the graph', {
      expected: 'constant frame_step and frame_length',
      got: `${x.dtype}`,
    });
  }
  return { step, length };
}

function stftType(x: ValueType, { step, length }: Frames, onesided: number): ValueType {
  const samples = x.shape[1];
  const frames = typeof samples === 'number' ? Math.floor((samples - length) / step) + 1 : unknownDim();
  return { dtype: x.dtype, shape: [x.shape[0] as Dim, frames, onesided ? Math.floor(length / 2) + 1 : length, 2] };
}

/** Short-time Fourier transform: signal [B, L, 1 or 2] → [B, frames, bins, 2]. */
export const stft: Op<{ onesided: number }> = {
  type: 'STFT',
  since: 17,
  attributes: { onesided: attribute.int(1) },
  infer([signal, , window], { onesided }, { constant }) {
    const x = required(signal, 'signal');
    return [stftType(x, framesOf(x, constant, window), onesided)];
  },
  reference(inputs, { onesided }) {
    const x = inputs[0] as Tensor;
    const { step, length } = framesOf(x, (index) => inputs[index], inputs[2]);
    const shape = stftType(x, { step, length }, onesided).shape as readonly number[];
    const [batch = 0, frames = 0, bins = 0] = shape;
    const parts = x.shape[2] ?? 1;
    const matrix = fourierMatrix({ axis: 0, length, inverse: false, onesided: onesided === 1 }, length, parts, inputs[2]);
    const out = new Float64Array(sizeOf(shape));
    for (let row = 0; row < batch * frames; row++) {
      const start = (Math.floor(row / frames) * (x.shape[1] as number) + (row % frames) * step) * parts;
      for (let column = 0; column < bins * 2; column++) {
        let sum = 0;
        for (let n = 0; n < length * parts; n++) sum += x.at(start + n) * (matrix[n * bins * 2 + column] as number);
        out[row * bins * 2 + column] = sum;
      }
    }
    return [Tensor.from(out, shape, 'float64').cast(x.dtype)];
  },
  lower({ g, inputs: [signal = '', , window = ''], types, attributes: { onesided }, constant }) {
    const x = required(types[0], 'signal');
    const { step, length } = framesOf(x, constant, types[2]);
    const [batch = 0, samples = 0, parts = 1] = boundShape(x);
    const [, frames = 0, bins = 0] = boundShape(stftType(x, { step, length }, onesided));
    const positions = Int32Array.from({ length: frames * length }, (_, index) => Math.floor(index / length) * step + (index % length));
    const taken = g.add(
      'Gather',
      [reshapeTo(g, signal, [batch, samples, parts]), g.constant(Tensor.from(positions, [frames, length]), g.fresh('positions'))],
      { axis: 1 },
    );
    const dtype: DType = isFloat(x.dtype) ? x.dtype : 'float32';
    const weighted = window === '' ? taken : g.add('Mul', [taken, reshapeTo(g, window, [length, 1])]);
    const matrix = Tensor.from(
      fourierMatrix({ axis: 0, length, inverse: false, onesided: onesided === 1 }, length, parts),
      [length * parts, bins * 2],
      'float64',
    );
    const product = g.add('MatMul', [
      reshapeTo(g, weighted, [batch * frames, length * parts]),
      g.constant(matrix.cast(dtype), g.fresh('fourier')),
    ]);
    return [reshapeTo(g, product, [batch, frames, bins, 2])];
  },
};
