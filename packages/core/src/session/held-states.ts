import type { Graph } from '../ir/graph.ts';
import { isTensorValue, type RuntimeValue } from '../ops/value.ts';
import { sizeOf } from '../tensor/shape.ts';
import type { FeedValue, LoadOptions } from './engine.ts';
import { checkStates, findStates, initialState, type StatePairs } from './states.ts';

/** The values a session keeps from run to run. It owns them; on the device they stay there. */
export class HeldStates {
  readonly #graph: Graph;
  readonly #pairs: StatePairs;
  readonly #values = new Map<string, RuntimeValue>();

  constructor(graph: Graph, states: LoadOptions['states']) {
    this.#graph = graph;
    this.#pairs = states === 'auto' ? findStates(graph) : (states ?? {});
    checkStates(graph, this.#pairs);
  }

  get names(): readonly string[] {
    return Object.keys(this.#pairs);
  }

  /** The feeds with the states among them; a state that is fed replaces what was kept. */
  feed(feeds: Readonly<Record<string, FeedValue>>): Readonly<Record<string, FeedValue>> {
    const names = this.names.filter((name) => !(name in feeds));
    if (names.length === 0) return feeds;
    return {
      ...feeds,
      ...Object.fromEntries(names.map((name) => [name, (this.#values.get(name) ?? initialState(this.#graph, name, feeds)) as FeedValue])),
    };
  }

  /** A run's outputs without the next values of the states. */
  visible(outputs: ReadonlyMap<string, RuntimeValue>): ReadonlyMap<string, RuntimeValue> {
    const own = new Set(Object.values(this.#pairs));
    return new Map([...outputs].filter(([name]) => !own.has(name)));
  }

  /** Takes the next values of the states out of a run's outputs, and gives the rest. */
  keep(outputs: ReadonlyMap<string, RuntimeValue>): ReadonlyMap<string, RuntimeValue> {
    const rest = new Map(outputs);
    for (const [input, output] of Object.entries(this.#pairs)) {
      const next = outputs.get(output) as RuntimeValue;
      const known = this.#values.get(input);
      rest.delete(output);
      // Merged decoders give caches of the encoder as empty once they are there: what was kept goes on.
      if (isTensorValue(next) && sizeOf(next.shape) === 0 && isTensorValue(known) && sizeOf(known.shape) > 0) {
        release(next);
        continue;
      }
      if (known && known !== next) release(known);
      this.#values.set(input, next);
    }
    return rest;
  }

  reset(): void {
    for (const value of this.#values.values()) release(value);
    this.#values.clear();
  }
}

function release(value: RuntimeValue): void {
  if (value && 'dispose' in value && typeof value.dispose === 'function') value.dispose();
}
