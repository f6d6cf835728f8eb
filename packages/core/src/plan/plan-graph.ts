import { EngineError } from '../errors.ts';
import { describeNode, type Graph, isBound, type Node } from '../ir/graph.ts';
import type { BoundType } from '../ops/op.ts';
import { attributesOf, opOf } from '../ops/registry.ts';
import { sizeOf } from '../tensor/shape.ts';
import { bufferBytes, elemOf } from '../wgsl/elem.ts';
import type { Candidate, Capabilities, Dispatch } from '../wgsl/kernel.ts';
import { markOf, overflowBinding } from '../wgsl/overflow.ts';
import { Arena } from './arena.ts';
import type { Plan, PlannedBuffer, PlannedValue, Step } from './plan.ts';

/** Takes one of the candidates that fit the adapter, best first. */
export type Preference = (legal: readonly Candidate[]) => Candidate | undefined;

/**
 * Decides everything about running a bound, lowered graph: kernels, grids, and which buffer holds which value when.
 * @throws EngineError `unsupported` naming every node without a kernel; `invalid-argument` when a dimension is still symbolic
 */
export function planGraph(graph: Graph, caps: Capabilities, prefer: Preference = ([best]) => best): Plan {
  const types = boundTypes(graph, caps);
  const roots = aliasRoots(graph);
  const rootOf = (value: string) => roots.get(value) ?? value;
  const lastUse = lastUsesOfRoots(graph, rootOf);

  const arena = new Arena();
  const fixed = new Map<string, PlannedBuffer>();
  const bytesOf = (value: string) => {
    const type = typeOf(types, value);
    return bufferBytes(sizeOf(type.shape), type.elem);
  };
  for (const value of graph.inputs) fixed.set(value, { kind: 'input', bytes: bytesOf(value), value });
  for (const [value, tensor] of graph.constants) {
    fixed.set(value, { kind: 'constant', bytes: bytesOf(value), value, tensor, elem: typeOf(types, value).elem });
  }

  // Arena slots and fixed buffers share one numbering; slots are placed after it is known how many fixed ones are used.
  const drafts: { node: string; candidate: Candidate; index: number; places: Place[]; outputs: string[] }[] = [];
  const slotOf = new Map<string, number>();
  const placeOf = (value: string): Place => {
    const root = rootOf(value);
    if (fixed.has(root)) return { fixed: root };
    const slot = slotOf.get(root);
    if (slot === undefined) throw new EngineError('internal', `value '${value}' has no place in the plan`);
    return { slot };
  };

  graph.nodes.forEach((node, position) => {
    const op = opOf(node);
    if (!op.alias) {
      const candidate = choose(node, position, types, caps, prefer);
      for (const output of node.outputs) if (output !== '') slotOf.set(output, arena.take(bytesOf(output)));
      const scratch = new Map(
        Object.entries({ ...unusedBytes(node, candidate, types, caps), ...candidate.scratch }).map(([name, bytes]) => [
          name,
          arena.take(bytes),
        ]),
      );
      candidate.dispatches.forEach((dispatch, index) => {
        const places = dispatch.bind.map((name): Place => {
          if (name === overflowBinding.name) return 'overflow';
          const slot = scratch.get(name);
          if (slot !== undefined) return { slot };
          const value = boundValue(node, name);
          return placeOf(value);
        });
        drafts.push({ node: describeNode(node), candidate, index, places, outputs: node.outputs.filter(Boolean) });
      });
      for (const slot of scratch.values()) arena.release(slot);
      for (const output of node.outputs) if (output !== '' && (lastUse.get(output) ?? -1) < 0) arena.release(slotOf.get(output) as number);
    }
    const ending = new Set([...node.inputs, ...node.outputs].filter(Boolean).map(rootOf));
    for (const root of ending) {
      const slot = slotOf.get(root);
      if (slot !== undefined && lastUse.get(root) === position) arena.release(slot);
    }
  });

  const buffers: PlannedBuffer[] = [];
  const fixedIndex = new Map<string, number>();
  const indexOfFixed = (root: string) => {
    const known = fixedIndex.get(root);
    if (known !== undefined) return known;
    fixedIndex.set(root, buffers.length);
    buffers.push(fixed.get(root) as PlannedBuffer);
    return buffers.length - 1;
  };
  const slotBase = new Map<number, number>();
  let overflowIndex: number | undefined;
  const indexOf = (place: Place) => {
    if (place === 'overflow') {
      overflowIndex ??= buffers.push({ kind: 'overflow', bytes: 4 }) - 1;
      return overflowIndex;
    }
    if ('fixed' in place) return indexOfFixed(place.fixed);
    const known = slotBase.get(place.slot);
    if (known !== undefined) return known;
    slotBase.set(place.slot, buffers.length);
    buffers.push({ kind: 'arena', bytes: arena.bytesOf(place.slot) });
    return buffers.length - 1;
  };
  const planned = (value: string): PlannedValue => ({ name: value, ...typeOf(types, value), buffer: indexOf(placeOf(value)) });
  const inputs = graph.inputs.map(planned);
  const steps = drafts.map(
    ({ node, candidate, index, places, outputs }, step): Step => ({
      node,
      candidate: candidate.name,
      dispatch: marked(candidate.dispatches[index] as Dispatch, step),
      buffers: places.map(indexOf),
      outputs,
    }),
  );
  return { inputs, outputs: graph.outputs.map(planned), buffers, steps };
}

type Place = { readonly fixed: string } | { readonly slot: number } | 'overflow';

/** The dispatch of a step; one that reports overflow is told what to report. */
function marked(dispatch: Dispatch, step: number): Dispatch {
  if (!dispatch.bind.includes(overflowBinding.name)) return dispatch;
  return { ...dispatch, params: { ...dispatch.params, overflow_mark: markOf(step) } };
}

function boundTypes(graph: Graph, caps: Capabilities): ReadonlyMap<string, BoundType> {
  const types = new Map<string, BoundType>();
  for (const [value, { dtype, shape }] of graph.types) {
    if (!isBound(shape)) {
      throw new EngineError('invalid-argument', `the shape of '${value}' is not known`, {
        expected: 'every dimension bound',
        got: `[${shape.join(', ')}]`,
        hint: 'Give sizes for the symbolic dimensions in `dimensions`.',
      });
    }
    types.set(value, { dtype, shape, elem: elemOf(dtype, caps) });
  }
  return types;
}

function typeOf(types: ReadonlyMap<string, BoundType>, value: string): BoundType {
  const type = types.get(value);
  if (!type) throw new EngineError('internal', `value '${value}' has no type`);
  return type;
}

/** The value whose bytes an aliased value is. */
function aliasRoots(graph: Graph): ReadonlyMap<string, string> {
  const roots = new Map<string, string>();
  for (const node of graph.nodes) {
    if (!opOf(node).alias) continue;
    const [input = ''] = node.inputs;
    roots.set(node.outputs[0] as string, roots.get(input) ?? input);
  }
  return roots;
}

/** Position of the last node that reads a root or one of its aliases; past the end for graph outputs. */
function lastUsesOfRoots(graph: Graph, rootOf: (value: string) => string): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  graph.nodes.forEach((node, position) => {
    for (const input of node.inputs) if (input !== '') last.set(rootOf(input), position);
  });
  for (const output of graph.outputs) last.set(rootOf(output), graph.nodes.length);
  return last;
}

function choose(node: Node, position: number, types: ReadonlyMap<string, BoundType>, caps: Capabilities, prefer: Preference): Candidate {
  const where = describeNode(node, position);
  const op = opOf(node);
  if (!op.kernels) {
    throw new EngineError('unsupported', 'no WGSL kernel computes this operator', {
      where,
      node: node.name,
      hint: "Use the 'wasm' engine for this model.",
    });
  }
  const inputs = node.inputs.map((input) => (input === '' ? undefined : typeOf(types, input)));
  const outputs = node.outputs.map((output, index) => (output === '' ? unusedOutput(node, index, inputs, caps) : typeOf(types, output)));
  const candidates = op.kernels(inputs, attributesOf(node), { outputs, caps });
  const legal = candidates.filter((candidate) =>
    candidate.dispatches.every(
      ({ kernel, bind }) =>
        bind.length <= caps.maxStorageBuffers &&
        kernel.workgroupSize[0] * kernel.workgroupSize[1] * kernel.workgroupSize[2] <= caps.maxInvocations &&
        bind.every((name) => {
          const type = /^(?:in|out)\d+$/.test(name) ? types.get(boundValue(node, name)) : undefined;
          return !type || bufferBytes(sizeOf(type.shape), type.elem) <= caps.maxBindingBytes;
        }),
    ),
  );
  const chosen = prefer(legal);
  if (!chosen) {
    throw new EngineError('unsupported', 'no kernel fits this adapter', {
      where,
      node: node.name,
      expected: `at most ${caps.maxStorageBuffers} buffers of at most ${caps.maxBindingBytes} bytes`,
      got: inputs.map((type) => (type ? `${type.dtype}[${type.shape.join(', ')}]` : 'none')).join(', '),
      hint: "Use the 'wasm' engine for this model.",
    });
  }
  return chosen;
}

/** Kernels may write outputs that nobody reads: bytes of the scratch they get, by binding name. */
function unusedBytes(node: Node, candidate: Candidate, types: ReadonlyMap<string, BoundType>, caps: Capabilities): Record<string, number> {
  const bound = new Set(candidate.dispatches.flatMap(({ bind }) => bind));
  const inputs = node.inputs.map((input) => (input === '' ? undefined : typeOf(types, input)));
  const unused = node.outputs.flatMap((output, index) => (output === '' && bound.has(`out${index}`) ? [index] : []));
  return Object.fromEntries(
    unused.map((index) => {
      const { shape, elem } = unusedOutput(node, index, inputs, caps);
      return [`out${index}`, bufferBytes(sizeOf(shape), elem)];
    }),
  );
}

/** The type of an output that nobody reads. */
function unusedOutput(node: Node, index: number, inputs: readonly (BoundType | undefined)[], caps: Capabilities): BoundType {
  const type = opOf(node).infer(inputs, attributesOf(node), { constant: () => undefined, outputs: node.outputs.length })[index];
  if (!type || !isBound(type.shape)) throw new EngineError('internal', `unused output ${index} has no type`, { where: describeNode(node) });
  return { dtype: type.dtype, shape: type.shape, elem: elemOf(type.dtype, caps) };
}

/** The value a kernel binding `in2` or `out0` stands for. */
function boundValue(node: Node, name: string): string {
  const match = /^(in|out)(\d+)$/.exec(name);
  const value = match && (match[1] === 'in' ? node.inputs : node.outputs)[Number(match[2])];
  if (!value) throw new EngineError('internal', `kernel binds '${name}', which the node does not have`, { where: describeNode(node) });
  return value;
}
