import { HeadstartElement, type Mounted } from './headstart-element.ts';

/**
 * `<headstart-studio>`: collect, train, try, take away. Attributes: `modality` (`image`, `audio`, `text`; all to choose from when left out), `backbone`,
 * `locale`, `engine` (`auto`, `webgpu`, `wasm`), `project`, `base`, `hub`, `theme`. Events: `trained`, `predicted`, `exported`.
 */
export class HeadstartStudio extends HeadstartElement {
  static readonly observedAttributes = ['modality', 'backbone', 'locale', 'engine', 'project', 'base', 'hub', 'theme'];

  protected async mount(shadow: ShadowRoot): Promise<Mounted> {
    const { mountStudio } = await import('./mount.tsx');
    const modality = this.getAttribute('modality');
    const backbone = this.getAttribute('backbone');
    return mountStudio(shadow, {
      modality: modality === 'text' || modality === 'audio' ? modality : 'image',
      fixedModality: modality === 'image' || modality === 'audio' || modality === 'text',
      project: this.getAttribute('project') || 'default',
      backend: this.backend,
      base: this.base,
      ...this.hub,
      ...(backbone ? { backbone } : {}),
      locale: this.wantedLocale,
      announce: this.announce,
      onTheme: this.hasAttribute('theme-button') ? () => this.#toggleTheme() : undefined,
    });
  }

  #toggleTheme(): void {
    const dark =
      getComputedStyle(this).colorScheme === 'dark' || (!this.getAttribute('theme') && matchMedia('(prefers-color-scheme: dark)').matches);
    this.setAttribute('theme', dark ? 'light' : 'dark');
    this.dispatchEvent(new CustomEvent('themed', { detail: this.getAttribute('theme') }));
  }
}

if (!customElements.get('headstart-studio')) customElements.define('headstart-studio', HeadstartStudio);
