import { EngineError } from '../errors.ts';
import { type Dim, describeNode, formatType, type Graph, isBound, type Node } from '../ir/graph.ts';
import { nearestNames } from '../ir/nearest.ts';
import { sizeOf } from '../tensor/shape.ts';
import { Tensor } from '../tensor/tensor.ts';
import { alignAxes } from './align-axes.ts';
import { type ReplayContext, replay } from './replay.ts';

/**
 * Binds dimensions to sizes and infers every value again; shape arithmetic folds away with it.
 * @param dimensions sizes by name. A name is a symbolic dimension of the graph's inputs, or
 *   - `batch`: the leading symbolic dimension of each input whatever its name. A leading dimension that the file fixes (to 1, say)
 *     is rebound too when no input has a symbolic one; Reshape targets that carry it are adapted;
 *   - `sequence`: the second symbolic dimension of rank-2 inputs, whatever its name;
 *   - `height`, `width`: axes 2 and 3 of rank-4 inputs [N, C, H, W], also where the file fixes them.
 *   Dimensions not named stay as they are.
 * @throws EngineError `invalid-argument` for a name no input has or a size that is no positive integer, and for a rebound dimension
 *   that a node cannot follow (the message names the node)
 */
export function specialise(graph: Graph, dimensions: Readonly<Record<string, number>>): Graph {
  const shapes = bindInputs(graph, dimensions);
  const rebound = [...shapes].some(([name, shape]) => {
    const old = graph.types.get(name)?.shape ?? [];
    return old.some((dim, axis) => typeof dim === 'number' && dim !== shape[axis]);
  });
  const specialised = replay(graph, {
    shapeOf: (input) => shapes.get(input),
    ...(rebound ? { emit: (node, context) => adaptReshape(graph, node, context) } : {}),
  });
  if (rebound) checkOutputs(graph, specialised);
  return specialised;
}

function bindInputs(graph: Graph, dimensions: Readonly<Record<string, number>>): ReadonlyMap<string, readonly Dim[]> {
  const inputs = graph.inputs.map((name) => ({ name, shape: graph.types.get(name)?.shape ?? [] }));
  const symbols = new Set(inputs.flatMap(({ shape }) => shape.filter((dim) => typeof dim === 'string')));
  const fixedBatch = inputs.some(({ shape }) => typeof shape[0] === 'string')
    ? undefined
    : inputs.find(({ shape }) => shape.length > 1)?.shape[0];
  const roles: Readonly<Record<string, (shape: readonly Dim[], axis: number) => boolean>> = {
    batch: (shape, axis) => axis === 0 && (typeof shape[0] === 'string' || (shape.length > 1 && shape[0] === fixedBatch)),
    sequence: (shape, axis) => axis === 1 && shape.length === 2 && typeof shape[1] === 'string',
    height: (shape, axis) => axis === 2 && shape.length === 4,
    width: (shape, axis) => axis === 3 && shape.length === 4,
  };

  // What a role binds, it binds by name too: a symbol means one size wherever it stands.
  const sizes = new Map<string, number>();
  for (const [name, size] of Object.entries(dimensions)) {
    if (!Number.isInteger(size) || size < 1) {
      throw new EngineError('invalid-argument', `dimension '${name}' has no such size`, { expected: 'a positive integer', got: `${size}` });
    }
    const role = roles[name];
    const bound = role ? inputs.flatMap(({ shape }) => shape.filter((_, axis) => role(shape, axis))) : [];
    if (!symbols.has(name) && bound.length === 0) {
      const offered = nearestNames(name, [
        ...symbols,
        'batch',
        ...(inputs.some(({ shape }) => shape.length === 4) ? ['height', 'width'] : []),
      ]);
      throw new EngineError('invalid-argument', `no input has a dimension '${name}'`, {
        where: graph.name,
        expected: `one of ${offered.map((each) => `'${each}'`).join(', ')}`,
        hint: `The inputs are ${inputs.map((input) => `${input.name}: ${formatType(graph.types.get(input.name))}`).join(', ')}.`,
      });
    }
    for (const dim of bound) if (typeof dim === 'string' && !(dim in dimensions)) sizes.set(dim, size);
  }
  for (const [name, size] of Object.entries(dimensions)) if (symbols.has(name)) sizes.set(name, size);
  return new Map(
    inputs.map(({ name, shape }) => [
      name,
      shape.map((dim, axis) => {
        if (typeof dim === 'string') return sizes.get(dim) ?? dim;
        const role = Object.keys(roles).find((each) => dimensions[each] !== undefined && roles[each]?.(shape, axis));
        return role === undefined ? dim : (dimensions[role] as number);
      }),
    ]),
  );
}

/** A Reshape whose target was written for the old sizes gets the target that means the same for the new ones. */
function adaptReshape(graph: Graph, node: Node, { g, inputs, index, constant }: ReplayContext): readonly string[] | undefined {
  if (node.type !== 'Reshape' || node.domain !== '') return undefined;
  const [data = ''] = inputs;
  const before = graph.types.get(node.inputs[0] ?? '')?.shape;
  const after = graph.types.get(node.outputs[0] ?? '')?.shape;
  const now = g.typeOf(data).shape;
  if (!before || !after || !isBound(before) || !isBound(after) || !isBound(now)) return undefined;
  if (before.every((dim, axis) => dim === now[axis]) || !constant(1)) return undefined;
  const target = followReshape(before, after, now);
  if (!target) {
    throw new EngineError('invalid-argument', 'the file fixes a size here that cannot be rebound', {
      where: describeNode(node, index),
      node: node.name,
      expected: `input [${before.join(', ')}] for target [${after.join(', ')}]`,
      got: `[${now.join(', ')}]`,
      hint: 'Run this model at the sizes its file gives.',
    });
  }
  const shape = g.constant(Tensor.from(target, [target.length], 'int64'));
  return [g.add('Reshape', [data, shape], {}, { name: node.name, outputs: node.outputs, opset: node.opset })];
}

/**
 * The target that does to `now` what the reshape `before` → `after` did: axes are matched in groups of equal element count, and
 * a group grows where its leading axis does, so that each sample stays one contiguous block. Undefined when an inner axis of
 * a group that is split anew has changed.
 */
export function followReshape(before: readonly number[], after: readonly number[], now: readonly number[]): readonly number[] | undefined {
  const groups = before.length === now.length ? alignAxes(before, after) : undefined;
  if (!groups) return undefined;
  const target: number[] = [];
  for (const group of groups) {
    const old = before.slice(...group.before);
    const own = now.slice(...group.before);
    const split = after.slice(...group.after);
    const ratio = sizeOf(own) / sizeOf(old);
    if (old.every((dim, axis) => dim === own[axis])) target.push(...split);
    else if (split.length <= 1) {
      if (split.length === 0) return undefined;
      target.push(sizeOf(own));
    } else if (split.length === old.length && split.every((dim, axis) => dim === old[axis])) target.push(...own);
    else {
      const lead = (split[0] as number) * ratio;
      if (!Number.isInteger(lead) || old.some((dim, axis) => axis > 0 && dim !== own[axis])) return undefined;
      target.push(lead, ...split.slice(1));
    }
  }
  return target;
}

/** An output that carried the old batch must carry the new one; otherwise some node has mixed or dropped samples. */
function checkOutputs(graph: Graph, specialised: Graph): void {
  const [first = ''] = graph.inputs;
  const before = graph.types.get(first)?.shape[0];
  const now = specialised.types.get(first)?.shape[0];
  if (before === now) return;
  for (const output of graph.outputs) {
    const old = graph.types.get(output)?.shape;
    const own = specialised.types.get(output)?.shape;
    if (!old || !own || old[0] !== before || own[0] === now || specialised.constants.has(output)) continue;
    throw new EngineError('invalid-argument', `output '${output}' does not follow the batch`, {
      where: graph.name,
      expected: `leading dimension ${now}`,
      got: `[${own.join(', ')}]`,
      hint: `The file fixes the batch to ${before}; run it at that size.`,
    });
  }
}
