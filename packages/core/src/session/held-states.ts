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
  /** States of the latest run that were fed. */
  #fed: ReadonlyMap<string, RuntimeValue> = new Map();
  /** States whose kept value was fed, and is not this object's to dispose. */
  readonly #borrowed = new Set<string>();

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
    this.#fed = new Map(this.names.filter((name) => name in feeds).map((name) => [name, feeds[name] as RuntimeValue]));
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
      const current = this.#fed.get(input) ?? known;
      rest.delete(output);
      // Merged decoders give caches of the encoder as empty once they are there: what was kept, or fed, goes on.
      const goesOn = isTensorValue(next) && sizeOf(next.shape) === 0 && isTensorValue(current) && sizeOf(current.shape) > 0;
      if (goesOn) release(next);
      const value = goesOn ? current : next;
      if (known && known !== value && !this.#borrowed.has(input)) release(known);
      if (goesOn && this.#fed.has(input)) this.#borrowed.add(input);
      else if (!goesOn) this.#borrowed.delete(input);
      this.#values.set(input, value);
    }
    return rest;
  }

  reset(): void {
    for (const [input, value] of this.#values) if (!this.#borrowed.has(input)) release(value);
    this.#values.clear();
    this.#borrowed.clear();
  }
}

function release(value: RuntimeValue): void {
  if (value && 'dispose' in value && typeof value.dispose === 'function') value.dispose();
}
