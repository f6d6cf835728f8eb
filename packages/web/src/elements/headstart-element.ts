import type { Announce, StudioController } from '../features/controller.ts';
import icon from '../icon.svg?no-inline';

/** The folder that the studio's files lie in: this build's assets are one level below. */
export const siteFolder = new URL('../', new URL(icon, document.baseURI)).href;

/** What a mounted view gives back to its element. */
export interface Mounted {
  readonly controller: StudioController;
  unmount(): void;
}

/**
 * An element whose view is drawn by React into a shadow root. The view, and React with it, is loaded when the element is put into a page.
 * Changing an attribute starts the view anew; `theme` only changes its colours.
 */
export abstract class HeadstartElement extends HTMLElement {
  #mounted: Promise<Mounted> | undefined;
  #closed: Promise<void> = Promise.resolve();
  #generation = 0;

  /** Loads the view and draws it. */
  protected abstract mount(shadow: ShadowRoot): Promise<Mounted>;

  connectedCallback(): void {
    if (!this.shadowRoot) this.attachShadow({ mode: 'open' });
    this.#start();
  }

  disconnectedCallback(): void {
    this.#stop();
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (name === 'theme' || before === after || !this.#mounted) return;
    this.#stop();
    this.#start();
  }

  /** The language asked for: of the element, of what it stands in, of the browser. */
  protected get wantedLocale(): string {
    return this.getAttribute('locale') ?? this.closest('[lang]')?.getAttribute('lang') ?? navigator.language;
  }

  /** Where backbones are looked for, absolute, with a slash at the end. */
  protected get base(): string {
    const given = this.getAttribute('base');
    return given === null ? siteFolder : new URL(given.endsWith('/') ? given : `${given}/`, document.baseURI).href;
  }

  /** Where `hf:` backbones come from, where it is not the Hub itself. */
  protected get hub(): { readonly hub?: string } {
    const given = this.getAttribute('hub');
    return given ? { hub: new URL(given, document.baseURI).href } : {};
  }

  protected get backend(): 'auto' | 'webgpu' | 'wasm' {
    const engine = this.getAttribute('engine');
    return engine === 'webgpu' || engine === 'wasm' ? engine : 'auto';
  }

  protected readonly announce: Announce = (name, detail) => {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  };

  #start(): void {
    const generation = ++this.#generation;
    // Attributes that a script sets one after another start one view, and never before the last one is gone.
    const changed = new Error('the element changed before it was drawn');
    this.#mounted = this.#closed.then(() => {
      if (generation !== this.#generation) throw changed;
      return this.mount(this.shadowRoot as ShadowRoot);
    });
    this.#mounted.catch((error: unknown) => {
      if (error === changed) return;
      console.error(error);
      this.shadowRoot?.replaceChildren(error instanceof Error ? error.message : String(error));
    });
  }

  #stop(): void {
    this.#generation++;
    const last = this.#mounted;
    this.#mounted = undefined;
    if (last) {
      this.#closed = last.then(
        (view) => view.unmount(),
        () => undefined,
      );
    }
  }
}
