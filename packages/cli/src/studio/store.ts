import type { Effect, Message, State } from './model/state.ts';
import { update } from './model/update.ts';

/** The one place that the state is kept. Messages change it, views are told. */
export class Store {
  #state: State;
  readonly #perform: (effect: Effect, store: Store) => void;
  readonly #listeners = new Set<() => void>();

  constructor(state: State, perform: (effect: Effect, store: Store) => void) {
    this.#state = state;
    this.#perform = perform;
  }

  readonly get = (): State => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Has the views drawn again, though nothing changed. */
  touch(): void {
    this.#state = { ...this.#state };
    for (const listener of this.#listeners) listener();
  }

  send(message: Message): void {
    const { state, effects } = update(this.#state, message);
    const changed = state !== this.#state;
    this.#state = state;
    if (changed) for (const listener of this.#listeners) listener();
    for (const effect of effects) this.#perform(effect, this);
  }
}
