import type { GraphBuilder } from '../../ir/builder.ts';
import { type Activation, activateOnHost, emitActivation } from './activation.ts';

/** What one step of a recurrent operator is given on the host, for one sample: gate sums, laid out [gate · hidden + unit]. */
export interface HostStep {
  /** W·x + Wb */
  readonly input: (gate: number, unit: number) => number;
  /** R·h + Rb */
  readonly recurrent: (gate: number, unit: number) => number;
  /** R·v for a gate and any vector v, with Rb: what GRU needs of the reset state. */
  readonly product: (gate: number, vector: readonly number[]) => readonly number[];
  readonly h: readonly number[];
  readonly c: readonly number[];
  readonly peephole: ((index: number, unit: number) => number) | undefined;
}

/** The same in a graph: values [batch, hidden]. */
export interface GraphStep {
  input(gate: number): string;
  recurrent(gate: number): string;
  product(gate: number, vector: string): string;
  readonly h: string;
  readonly c: string;
  readonly peephole: ((index: number) => string) | undefined;
}

export interface CellOptions {
  readonly activations: readonly Activation[];
  readonly clip: number | undefined;
  readonly linearBeforeReset: boolean;
  readonly inputForget: boolean;
}

/** One kind of recurrent operator: gates in ONNX order, and one step as formulas, on the host and in a graph. */
export interface Cell {
  readonly type: 'RNN' | 'GRU' | 'LSTM';
  readonly gates: number;
  readonly activations: readonly string[];
  onHost(step: HostStep, options: CellOptions): { readonly h: readonly number[]; readonly c: readonly number[] };
  inGraph(g: GraphBuilder, step: GraphStep, options: CellOptions): { readonly h: string; readonly c: string };
}

const clamp = (value: number, clip: number | undefined) => (clip === undefined ? value : Math.min(Math.max(value, -clip), clip));

function clipped(g: GraphBuilder, x: string, clip: number | undefined): string {
  if (clip === undefined) return x;
  const bound = (value: number) => g.constant(value, g.fresh('clip'), g.typeOf(x).dtype);
  return g.add('Clip', [x, bound(-clip), bound(clip)]);
}

/** h = f(W·x + R·h + b) */
export const rnnCell: Cell = {
  type: 'RNN',
  gates: 1,
  activations: ['Tanh'],
  onHost({ input, recurrent, h, c }, { activations: [f], clip }) {
    return { h: h.map((_, unit) => activateOnHost(f as Activation, clamp(input(0, unit) + recurrent(0, unit), clip))), c };
  },
  inGraph(g, { input, recurrent, c }, { activations: [f], clip }) {
    return { h: emitActivation(g, f as Activation, clipped(g, g.add('Add', [input(0), recurrent(0)]), clip)), c };
  },
};

/** z = f(…), r = f(…), n = g(W·x + R·(r ⊙ h)) or g(W·x + r ⊙ (R·h)), h = (1 − z) ⊙ n + z ⊙ h */
export const gruCell: Cell = {
  type: 'GRU',
  gates: 3,
  activations: ['Sigmoid', 'Tanh'],
  onHost({ input, recurrent, product, h, c }, { activations: [f, g], clip, linearBeforeReset }) {
    const gate = (index: number) =>
      h.map((_, unit) => activateOnHost(f as Activation, clamp(input(index, unit) + recurrent(index, unit), clip)));
    const [z, r] = [gate(0), gate(1)];
    const reset = linearBeforeReset
      ? h.map((_, unit) => (r[unit] as number) * recurrent(2, unit))
      : product(
          2,
          h.map((value, unit) => (r[unit] as number) * value),
        );
    const n = h.map((_, unit) => activateOnHost(g as Activation, clamp(input(2, unit) + (reset[unit] as number), clip)));
    return { h: h.map((value, unit) => (1 - (z[unit] as number)) * (n[unit] as number) + (z[unit] as number) * value), c };
  },
  inGraph(b, { input, recurrent, product, h, c }, { activations: [f, g], clip, linearBeforeReset }) {
    const gate = (index: number) => emitActivation(b, f as Activation, clipped(b, b.add('Add', [input(index), recurrent(index)]), clip));
    const [z, r] = [gate(0), gate(1)];
    const reset = linearBeforeReset ? b.add('Mul', [r, recurrent(2)]) : product(2, b.add('Mul', [r, h]));
    const n = emitActivation(b, g as Activation, clipped(b, b.add('Add', [input(2), reset]), clip));
    // (1 − z) ⊙ n + z ⊙ h = n + z ⊙ (h − n)
    return { h: b.add('Add', [n, b.add('Mul', [z, b.add('Sub', [h, n])])]), c };
  },
};

/** i, o, f = f(…), c̃ = g(…), c = f ⊙ c + i ⊙ c̃, h = o ⊙ h(c); peepholes P = [i, o, f] see the cell. */
export const lstmCell: Cell = {
  type: 'LSTM',
  gates: 4,
  activations: ['Sigmoid', 'Tanh', 'Tanh'],
  onHost({ input, recurrent, h, c, peephole }, { activations: [f, g, k], clip, inputForget }) {
    const sum = (index: number, unit: number, extra: number) => clamp(input(index, unit) + recurrent(index, unit) + extra, clip);
    const see = (index: number, unit: number, cell: number) => (peephole ? peephole(index, unit) * cell : 0);
    const next = h.map((_, unit) => {
      const before = c[unit] as number;
      const i = activateOnHost(f as Activation, sum(0, unit, see(0, unit, before)));
      const forget = inputForget ? 1 - i : activateOnHost(f as Activation, sum(2, unit, see(2, unit, before)));
      const cell = forget * before + i * activateOnHost(g as Activation, sum(3, unit, 0));
      const o = activateOnHost(f as Activation, sum(1, unit, see(1, unit, cell)));
      return [o * activateOnHost(k as Activation, cell), cell] as const;
    });
    return { h: next.map(([value]) => value), c: next.map(([, cell]) => cell) };
  },
  inGraph(b, { input, recurrent, c, peephole }, { activations: [f, g, k], clip, inputForget }) {
    const sum = (index: number) => b.add('Add', [input(index), recurrent(index)]);
    const see = (index: number, x: string, cell: string) => (peephole ? b.add('Add', [x, b.add('Mul', [peephole(index), cell])]) : x);
    const gate = (index: number, at: number, cell: string) =>
      emitActivation(b, f as Activation, clipped(b, see(at, sum(index), cell), clip));
    const i = gate(0, 0, c);
    const one = b.constant(1, b.fresh('one'), b.typeOf(c).dtype);
    const forget = inputForget ? b.add('Sub', [one, i]) : gate(2, 2, c);
    const added = b.add('Mul', [i, emitActivation(b, g as Activation, clipped(b, sum(3), clip))]);
    const cell = b.add('Add', [b.add('Mul', [forget, c]), added]);
    return { h: b.add('Mul', [gate(1, 1, cell), emitActivation(b, k as Activation, cell)]), c: cell };
  },
};
