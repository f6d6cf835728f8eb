import { EngineError } from '../errors.ts';
import type { GraphBuilder } from '../ir/builder.ts';
import { formatType, type Graph } from '../ir/graph.ts';
import { emitLogMel } from '../ops/log-mel/emit.ts';
import type { LogMelSpec } from '../ops/log-mel/mel.ts';
import { newBuilder } from '../ops/registry.ts';
import { cut } from '../passes/cut.ts';
import { Tensor } from '../tensor/tensor.ts';
import { opsetOf } from './pooling.ts';

/** What stands between a waveform and a model's own input. */
export type AudioFrontend =
  /** The model takes the waveform; `normalise` gives each clip mean 0 and variance 1 first, as wav2vec2 wants it. */
  | { readonly kind: 'waveform'; readonly normalise: boolean }
  /**
   * Whisper's log-mel: each clip's bands are raised to 8 below its loudest (log10), then (x + 4) / 4. The last frame is dropped.
   * `positions` names the constant [1500, D] of positions, 20 ms each: shorter clips take its first rows instead of 30 s of silence.
   */
  | { readonly kind: 'whisper'; readonly mel: LogMelSpec; readonly positions?: string }
  /** Another model: `value` of it, computed from gain · waveform, raised to `floor`, then x · scale + offset, stands for `entry` of the backbone. */
  | {
      readonly kind: 'model';
      /** ONNX file of the card's source. */
      readonly model: string;
      readonly gain: number;
      readonly value: string;
      readonly floor: number;
      readonly scale: number;
      readonly offset: number;
      readonly entry: string;
    };

export interface FrontendOptions {
  /** The front end's own model, where it has one. */
  readonly chained?: Graph | undefined;
  /** Length of all clips, where they have one. */
  readonly seconds?: number | undefined;
}

/** Seconds of sound that a row of Whisper's positions stands for. */
const positionSeconds = 0.02;

/** The first rows of the positions: as many as clips of this length need. */
function withPositions(graph: Graph, name: string | undefined, seconds: number): Graph {
  const table = graph.constants.get(name ?? '');
  if (name === undefined || !table) return graph;
  const [rows = 0, width = 0] = table.shape;
  const needed = Math.round(seconds / positionSeconds);
  if (needed >= rows) return graph;
  const first = Tensor.from((table.cast('float32').data as Float32Array).slice(0, needed * width), [needed, width]);
  return {
    ...graph,
    constants: new Map([...graph.constants, [name, first]]),
    types: new Map([...graph.types, [name, { dtype: first.dtype, shape: first.shape }]]),
  };
}

/** Name of the one input of a graph with its front end: float32[batch, samples], full scale at ±1. */
export const waveformInput = 'waveform';

/** What sets the constants of a front end apart from what the model learned. */
const prefix = 'frontend.';

/**
 * A model behind its front end, as one graph of standard ONNX nodes from waveforms on: it is planned, checked and exported as a whole.
 */
export function attachFrontend(model: Graph, frontend: AudioFrontend, { chained, seconds }: FrontendOptions = {}): Graph {
  const graph = frontend.kind === 'whisper' && seconds !== undefined ? withPositions(model, frontend.positions, seconds) : model;
  const g = newBuilder({ fold: true });
  const waveform = g.input(waveformInput, 'float32', ['batch', 'samples']);
  const { entry, value } = frontEnd(g, waveform, graph, frontend, chained);
  const entryType = graph.types.get(entry);
  const given = g.typeOf(value);
  if (!entryType || entryType.shape.length !== given.shape.length) {
    throw new EngineError('invalid-argument', 'the front end does not fit the model', {
      where: `value '${entry}'`,
      expected: formatType(entryType),
      got: formatType(given),
      hint: 'Give the model a card with the front end it was trained with.',
    });
  }
  const stem = cut(graph, graph.outputs);
  append(g, withInput(stem, entry), '', new Map([[entry, value]]));
  return g.build(graph.outputs, graph.name, graph.metadata);
}

function frontEnd(
  g: GraphBuilder,
  waveform: string,
  graph: Graph,
  frontend: AudioFrontend,
  chained: Graph | undefined,
): { readonly entry: string; readonly value: string } {
  const scalar = (value: number) => g.constant(Tensor.scalar(value), g.fresh(`${prefix}scalar`));
  const opset = opsetOf(graph);
  if (opset < 11) {
    throw new EngineError('unsupported', 'the model is of an operator set too old for a front end', {
      where: graph.name,
      expected: '11 or newer',
      got: `${opset}`,
    });
  }
  const add = (type: string, inputs: readonly string[], attributes = {}) =>
    g.add(type, inputs, attributes, { opset, outputs: [g.fresh(`${prefix}${type.toLowerCase()}`)] });
  const int64 = (values: readonly number[]) => g.constant(Tensor.from(BigInt64Array.from(values, BigInt)), g.fresh(`${prefix}axes`));
  // Axes became an input in version 18.
  const reduce = (type: string, value: string, axes: readonly number[]) =>
    opset >= 18 ? add(type, [value, int64(axes)], { keepdims: 1 }) : add(type, [value], { axes, keepdims: 1 });
  const [input = ''] = graph.inputs;
  switch (frontend.kind) {
    case 'waveform': {
      if (!frontend.normalise) return { entry: input, value: waveform };
      const centred = add('Sub', [waveform, reduce('ReduceMean', waveform, [1])]);
      const variance = reduce('ReduceMean', add('Mul', [centred, centred]), [1]);
      return { entry: input, value: add('Div', [centred, add('Sqrt', [add('Add', [variance, scalar(1e-7)])])]) };
    }
    case 'whisper': {
      const mel = emitLogMel(g, waveform, frontend.mel, opset);
      const frames = add('Slice', [mel, int64([0]), int64([-1]), int64([2])]);
      const least = add('Sub', [reduce('ReduceMax', frames, [1, 2]), scalar(8)]);
      return { entry: input, value: add('Mul', [add('Add', [add('Max', [frames, least]), scalar(4)]), scalar(0.25)]) };
    }
    case 'model': {
      if (!chained) throw new EngineError('internal', "the front end's model is missing");
      const [first = ''] = chained.inputs;
      const loud = frontend.gain === 1 ? waveform : add('Mul', [waveform, scalar(frontend.gain)]);
      const names = append(g, cut(chained, [frontend.value]), prefix, new Map([[first, loud]]));
      const raised = add('Max', [names(frontend.value), scalar(frontend.floor)]);
      return { entry: frontend.entry, value: add('Add', [add('Mul', [raised, scalar(frontend.scale)]), scalar(frontend.offset)]) };
    }
  }
}

/** The graph with `value` as an input: what computes it falls away. */
function withInput(graph: Graph, value: string): Graph {
  if (graph.inputs.includes(value)) return graph;
  const nodes = graph.nodes.filter(({ outputs }) => !outputs.includes(value));
  return cut({ ...graph, inputs: [...graph.inputs, value], nodes }, graph.outputs);
}

/**
 * Adds a graph's nodes behind values that are there; types are inferred anew, since sizes may differ.
 * @param given values of `g` that stand for the graph's inputs
 * @returns the name in `g` of a value of the graph
 */
function append(g: GraphBuilder, graph: Graph, before: string, given: ReadonlyMap<string, string>): (value: string) => string {
  const names = (value: string) => (value === '' ? '' : (given.get(value) ?? before + value));
  for (const input of graph.inputs) {
    if (given.has(input)) continue;
    throw new EngineError('unsupported', 'the model needs an input that a waveform does not give', { where: `input '${input}'` });
  }
  for (const [name, tensor] of graph.constants) g.constant(tensor, names(name));
  for (const node of graph.nodes) {
    g.addOrKeep(
      { ...node, name: node.name && before + node.name, inputs: node.inputs.map(names), outputs: node.outputs.map(names) },
      node.outputs.map((output) => graph.types.get(output)),
    );
  }
  return names;
}
