/** Remembers light or dark for the next visit. */
export function keepTheme(studio: Element): void {
  const apply = (theme: string) => {
    studio.setAttribute('theme', theme);
    document.documentElement.dataset.theme = theme;
  };
  const known = studio.getAttribute('theme') ?? localStorage.getItem('headstart theme');
  if (known === 'light' || known === 'dark') apply(known);
  studio.addEventListener('themed', (event) => {
    const { detail } = event as CustomEvent<string>;
    localStorage.setItem('headstart theme', detail);
    apply(detail);
  });
}

/** Keeps the page's files, so that it opens without a network; those of the wasm engine once it has been used. */
export function startOffline(studio: Element): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator) || !isSecureContext) return;
  // What the page needs first comes first.
  const start = () => navigator.serviceWorker.register('./service-worker.js').catch(() => undefined);
  if (document.readyState === 'complete') setTimeout(start, 2000);
  else addEventListener('load', () => setTimeout(start, 2000));
  const keep = () => void navigator.serviceWorker.ready.then(({ active }) => active?.postMessage('keep runtime'));
  studio.addEventListener('trained', keep);
  studio.addEventListener('exported', keep);
}
