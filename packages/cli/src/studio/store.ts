import type { Effect, Message, State } from './model/state.ts';
import { update } from './model/update.ts';

/** Milliseconds that what workers tell may wait for more of it. */
const pace = 30;

/** The one place that the state is kept. Messages change it, views are told. */
export class Store {
  #state: State;
  readonly #perform: (effect: Effect, store: Store) => void;
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;

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

  /** Keys are seen at once. What workers tell comes in bursts, and is drawn together. */
  #announce(atOnce: boolean): void {
    if (atOnce) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      for (const listener of this.#listeners) listener();
    } else this.#timer ??= setTimeout(() => this.#announce(true), pace);
  }

  send(message: Message): void {
    const { state, effects } = update(this.#state, message);
    const changed = state !== this.#state;
    this.#state = state;
    if (changed) this.#announce(message.type === 'key' || message.type === 'resize');
    for (const effect of effects) this.#perform(effect, this);
  }
}
