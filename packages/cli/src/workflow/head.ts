import { type Engine, EngineError, type Features, type TrainResult, trainHead } from '@headstart/core';
import type { Context } from '../commands/command.ts';

/** `--l2` as core takes it. @throws EngineError `invalid-argument` */
export function parseStrength(text: string): 'auto' | number {
  if (text === 'auto') return 'auto';
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(number) && number >= 0) return number;
  throw new EngineError('invalid-argument', 'not a strength of regularisation', {
    where: '--l2',
    expected: "'auto' or a number from 0 on",
    got: `'${text}'`,
  });
}

/** Trains a head, and says how it went. */
export async function fitHead(
  { report, signal, io }: Context,
  features: Features,
  options: { readonly engine: Engine; readonly l2?: 'auto' | number; readonly folds?: number; readonly seed: number },
): Promise<TrainResult> {
  const started = io.now();
  const watch = report.training;
  const told = watch ? { onProgress: watch.iteration, onStrength: watch.strength } : {};
  const result = await trainHead(features, { ...options, ...told, signal });
  const { l2, iterations, converged, notes } = result.training;
  const seconds = ((io.now() - started) / 1000).toFixed(1);
  report.say(
    `${report.paint.green('✓')} Head trained on ${features.ids.length} samples  ${report.paint.dim(`λ = ${l2.toPrecision(3)}, ${iterations} iterations, ${seconds} s${converged ? '' : ', not converged'}`)}`,
  );
  for (const note of notes) report.warn(note);
  return result;
}
