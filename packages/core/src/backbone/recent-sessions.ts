import type { Session } from '../session/engine.ts';

/** The sessions used last, by what they were made for. Each holds device buffers as large as its inputs, so few are kept. */
export class RecentSessions {
  readonly #most: number;
  /** Last used, last in the map. */
  readonly #sessions = new Map<string, Promise<Session>>();

  constructor(most = 12) {
    this.#most = most;
  }

  /** The session of a key, opened where it is not there; one that could not be opened is forgotten. */
  get(key: string, open: () => Promise<Session>): Promise<Session> {
    const session = this.#sessions.get(key) ?? open();
    this.#sessions.delete(key);
    this.#sessions.set(key, session);
    session.catch(() => this.#sessions.delete(key));
    for (const [oldest, old] of this.#sessions) {
      if (this.#sessions.size <= this.#most) break;
      this.#sessions.delete(oldest);
      disposeWhenOpen(old);
    }
    return session;
  }

  dispose(): void {
    for (const session of this.#sessions.values()) disposeWhenOpen(session);
    this.#sessions.clear();
  }
}

function disposeWhenOpen(session: Promise<Session>): void {
  session.then((each) => each.dispose()).catch(() => undefined);
}
