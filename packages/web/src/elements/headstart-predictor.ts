import { HeadstartElement, type Mounted } from './headstart-element.ts';

/**
 * `<headstart-predictor src="model.headstart">`: a trained model to try. Attributes: `src`, `locale`, `engine`, `base`, `hub`,
 * `theme`. Event: `predicted`.
 */
export class HeadstartPredictor extends HeadstartElement {
  static readonly observedAttributes = ['src', 'locale', 'engine', 'base', 'hub', 'theme'];

  protected async mount(shadow: ShadowRoot): Promise<Mounted> {
    const { mountPredictor } = await import('./mount.tsx');
    const src = this.getAttribute('src') ?? '';
    return mountPredictor(shadow, {
      src: new URL(src, document.baseURI).href,
      backend: this.backend,
      base: this.base,
      ...this.hub,
      locale: this.wantedLocale,
      announce: this.announce,
    });
  }
}

if (!customElements.get('headstart-predictor')) customElements.define('headstart-predictor', HeadstartPredictor);
