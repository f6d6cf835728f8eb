import { EngineError, throwIfCancelled } from '../errors.ts';
import type { Engine } from '../session/engine.ts';
import { openEngine } from '../session/open-engine.ts';
import { Tensor } from '../tensor/tensor.ts';
import { type CrossValidation, crossValidate, targetOf } from './cross-validate.ts';
import { type Classes, classesOf, type LabelledFeatures } from './features.ts';
import { foldStandardisation } from './linear-head.ts';
import { LogisticProblems } from './logistic.ts';
import { chunks } from './logistic-graphs.ts';
import { TrainResult } from './result.ts';
import { standardise } from './standardise.ts';

export interface TrainProgress {
  readonly phase: 'cross-validation' | 'fit';
  /** λ being fitted. */
  readonly l2: number;
  /** Heads fitted side by side: the folds, or 1. */
  readonly folds: number;
  /** Iterations of L-BFGS at this λ. */
  readonly iteration: number;
  /** Mean objective of those heads. */
  readonly objective: number;
}

export interface TrainOptions {
  readonly head?: 'logistic';
  /** λ of λ/2·‖W‖² beside the mean cross-entropy, on features of variance 1; 'auto' (the default) chooses it by cross-validation. */
  readonly l2?: 'auto' | number;
  /** Folds of the cross-validation, 5 when left out; fewer where no class has as many samples. */
  readonly folds?: number;
  /** Seed of the folds and of the intervals. */
  readonly seed?: number;
  /** 'balanced' gives every class the same total weight; 'none' (the default) every sample. */
  readonly classWeights?: 'none' | 'balanced';
  /** Where to compute; opened for the call when left out. */
  readonly engine?: Engine;
  readonly signal?: AbortSignal;
  onProgress?(progress: TrainProgress): void;
  /** Told what each strength is worth on the samples that its folds held out, as the cross-validation goes on. */
  readonly onStrength?: (point: { readonly l2: number; readonly logLoss: number; readonly accuracy: number }) => void;
}

/** λ where nothing can be held out to choose it by. */
const fallbackStrength = 1;

/**
 * Trains a head on frozen features: multinomial logistic regression, minimising Σ wₙ·cross-entropyₙ / Σ wₙ + λ/2·‖W‖² (the bias is
 * free) by full-batch L-BFGS on the engine. Features go to the device once, standardised by the mean and the population standard
 * deviation of these samples; the head that comes back is on raw features. The same seed and adapter give the same weights.
 * @throws EngineError `invalid-data` for a single class or a feature that is no number, `invalid-argument` for options out of range, `cancelled`
 */
export async function trainHead(features: LabelledFeatures, options: TrainOptions = {}): Promise<TrainResult> {
  const { l2 = 'auto', folds = 5, seed = 0, classWeights = 'none', signal } = options;
  checkOptions(l2, folds);
  throwIfCancelled(signal, 'training');
  const classes = classesOf(features);
  const { data, columns, bias, mean, scale } = standardise(features.values, features.ids, chunks);
  const engine = options.engine ?? (await openEngine());
  try {
    const x = await engine.upload(Tensor.from(data, [features.ids.length, columns]));
    try {
      const sampleWeights = weightsOf(classes, classWeights);
      const common = { engine, x, bias, classes: classes.indexes, classCount: classes.names.length, sampleWeights, signal };
      const { groups } = features;
      const report = (phase: TrainProgress['phase']) => (event: Omit<TrainProgress, 'phase'>) => options.onProgress?.({ phase, ...event });
      const told = { onIteration: report('cross-validation'), onStrength: options.onStrength };
      const search = l2 === 'auto' ? await crossValidate({ ...common, groups, folds, seed, ...told }) : undefined;
      const strength = l2 === 'auto' ? (search?.chosen ?? fallbackStrength) : l2;
      const target = targetOf(classes.indexes, classes.names.length, [sampleWeights]);
      using problem = await LogisticProblems.open(engine, x, bias, target);
      const fit = await problem.solve({
        l2: [strength],
        tolerance: 1e-6,
        signal,
        onIteration: (iteration, [objective = 0]) => report('fit')({ l2: strength, folds: 1, iteration, objective }),
      });
      return new TrainResult({
        head: foldStandardisation(fit.weights.data as Float32Array, { mean, scale }, classes.names),
        training: {
          kind: 'logistic',
          l2: strength,
          seed,
          classWeights,
          objective: fit.objectives[0] as number,
          iterations: fit.iterations,
          converged: fit.converged[0] as boolean,
          samples: features.ids.length,
          classCounts: countsOf(classes),
          sweep: search?.points ?? [],
          folds: search?.folds ?? 0,
          engine: engine.backend,
          adapter: engine.adapter?.description ?? '',
          notes: notesOf(l2, search, fit.converged[0] as boolean),
        },
        ...(features.backbone ? { backbone: features.backbone } : {}),
        ...(search ? { outOfFold: { rows: search.rows, probabilities: search.outOfFold } } : {}),
      });
    } finally {
      x.dispose();
    }
  } finally {
    if (!options.engine) engine.dispose();
  }
}

function checkOptions(l2: 'auto' | number, folds: number): void {
  const where = 'training';
  if (l2 !== 'auto' && !(Number.isFinite(l2) && l2 >= 0)) {
    throw new EngineError('invalid-argument', 'l2 cannot be meant', { where, expected: "'auto' or a number from 0 on", got: `${l2}` });
  }
  if (!Number.isInteger(folds) || folds < 2) {
    throw new EngineError('invalid-argument', 'folds cannot be meant', { where, expected: 'an integer from 2 on', got: `${folds}` });
  }
}

function weightsOf(classes: Classes, classWeights: 'none' | 'balanced'): Float64Array {
  const counts = countsOf(classes);
  const weigh = (index: number) => classes.indexes.length / (counts.length * (counts[index] as number));
  return Float64Array.from(classes.indexes, (index) => (classWeights === 'balanced' ? weigh(index) : 1));
}

function countsOf({ names, indexes }: Classes): number[] {
  const counts = names.map(() => 0);
  for (const index of indexes) counts[index] = (counts[index] as number) + 1;
  return counts;
}

function notesOf(l2: 'auto' | number, search: CrossValidation | undefined, converged: boolean): string[] {
  return [
    ...(l2 === 'auto' && !search ? [`every class has a single sample, so λ could not be chosen and is ${fallbackStrength}`] : []),
    ...(converged ? [] : ['the iteration limit ended the training before it converged']),
  ];
}
