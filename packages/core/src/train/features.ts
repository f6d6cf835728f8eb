import type { BackboneReference } from '../backbone/backbone.ts';
import { EngineError } from '../errors.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** Features with labels, one row a sample; what `backbone.extract` gives. */
export interface LabelledFeatures {
  /** Names of the samples, [N]. */
  readonly ids: readonly string[];
  /** [N, D] float32 */
  readonly values: Tensor;
  /** Class name of each sample, [N]. */
  readonly labels: readonly string[];
  /** What samples have in common, [N]: cross-validation keeps equal ones in one fold. */
  readonly groups?: readonly string[];
  /** What made them; a head keeps it, so that it can be saved, exported and used on samples. */
  readonly backbone?: BackboneReference;
}

/** Class names in code point order and the index of each sample's class. */
export interface Classes {
  readonly names: readonly string[];
  readonly indexes: Int32Array;
}

/**
 * The classes of a train split.
 * @throws EngineError `invalid-data` without samples, with a single class, or when ids, features and labels do not belong together
 */
export function classesOf({ ids, values, labels, groups }: LabelledFeatures): Classes {
  const where = 'training';
  const [rows, dimension] = values.shape;
  if (values.shape.length !== 2 || rows !== labels.length || rows !== ids.length || dimension === 0 || (groups && groups.length !== rows)) {
    throw new EngineError('invalid-data', 'features, ids and labels do not belong together', {
      where,
      expected: `features [N, D], N ids and N labels${groups ? ' and N groups' : ''}`,
      got: `[${values.shape.join(', ')}], ${ids.length} ids and ${labels.length} labels${groups ? ` and ${groups.length} groups` : ''}`,
    });
  }
  const names = [...new Set(labels)].filter(Boolean).sort((a, b) => (a < b ? -1 : 1));
  if (names.length < 2) {
    throw new EngineError('invalid-data', names.length === 0 ? 'there is no labelled sample' : `there is only one class, '${names[0]}'`, {
      where,
      expected: 'samples of at least two classes',
      hint: 'Add samples of another class: a folder of its own, or another value in the label column.',
    });
  }
  return { names, indexes: indexLabels(labels, names, ids) };
}

/**
 * Index of each label among the known classes, [N].
 * @throws EngineError `invalid-data` naming the first sample with an unknown label
 */
export function indexLabels(labels: readonly string[], names: readonly string[], ids: readonly string[]): Int32Array {
  const index = new Map(names.map((name, position) => [name, position]));
  return Int32Array.from(labels, (label, row) => {
    const position = label === '' ? undefined : index.get(label);
    if (position !== undefined) return position;
    if (label === '') {
      throw new EngineError('invalid-data', 'the sample has no label', {
        where: `sample '${ids[row] ?? row}'`,
        hint: 'Leave samples without a label out, or label them.',
      });
    }
    throw new EngineError('invalid-data', `the head does not know the class '${label}'`, {
      where: `sample '${ids[row] ?? row}'`,
      expected: names.slice(0, 10).join(', ') + (names.length > 10 ? ', …' : ''),
      hint: 'Evaluate on samples of the classes that it was trained on.',
    });
  });
}
