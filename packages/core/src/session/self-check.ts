import { EngineError } from '../errors.ts';
import { newBuilder } from '../ops/registry.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { Engine } from './engine.ts';

export interface SelfCheck {
  /** Opening the graph and the first result, in milliseconds. */
  readonly firstMilliseconds: number;
  /** A second run, in milliseconds. */
  readonly nextMilliseconds: number;
  /** Largest difference from the product computed on the host in float64. */
  readonly error: number;
}

/**
 * Multiplies two float32[96, 96] matrices of small integers on an engine and compares with the host. The sums are exact in
 * float32, so any difference is a fault of the driver or of ours.
 * @throws EngineError `parity` when they differ
 */
export async function selfCheck(engine: Engine): Promise<SelfCheck> {
  const size = 96;
  const a = Tensor.from(
    Float32Array.from({ length: size * size }, (_, offset) => (offset * 7) % 11),
    [size, size],
  );
  const b = Tensor.from(
    Float32Array.from({ length: size * size }, (_, offset) => (offset * 5) % 13),
    [size, size],
  );
  const g = newBuilder();
  const product = g.add('MatMul', [g.input('a', 'float32', [size, size]), g.input('b', 'float32', [size, size])]);
  const start = performance.now();
  const session = await engine.load(g.build([product], 'self-check'));
  try {
    const first = (await session.run({ a, b }))[product];
    const between = performance.now();
    await session.run({ a, b });
    const end = performance.now();
    let error = 0;
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        let sum = 0;
        for (let k = 0; k < size; k++) sum += a.at(row * size + k) * b.at(k * size + column);
        error = Math.max(error, Math.abs(sum - (first?.at(row * size + column) ?? Number.NaN)));
      }
    }
    if (error !== 0) {
      throw new EngineError('parity', 'the product of two matrices is wrong on this engine', {
        where: engine.adapter?.description ?? engine.backend,
        expected: 'the exact product',
        got: `an error of ${error}`,
        hint: 'Update the graphics driver, or use the wasm engine.',
      });
    }
    return { firstMilliseconds: between - start, nextMilliseconds: end - between, error };
  } finally {
    session.dispose();
  }
}
