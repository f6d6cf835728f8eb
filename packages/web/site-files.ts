import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const folder = join(import.meta.dirname, 'src/site');

/**
 * Files of the site that follow from the build: the service worker with the names it keeps, the list of what a predictor needs
 * (exports put it into their zip), and the manifest that lets browsers install the page.
 */
export function siteFiles(): Plugin {
  return {
    name: 'headstart-site-files',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_, bundle) {
        const names = Object.keys(bundle);
        const icon = names.find((name) => /\/icon-[^/]*\.svg$/.test(name));
        if (!names.includes('index.html') || !icon) return;
        const contents = new Map(Object.values(bundle).map((each) => [each.fileName, each.type === 'chunk' ? each.code : each.source]));
        const predictor = reachedFrom('headstart-predictor.js', contents);
        const engine = (name: string) => name.endsWith('.wasm') || /\/runtime-browser-/.test(name);
        const manifest = JSON.stringify(manifestOf(icon), undefined, 2);
        const emitted = { 'manifest.webmanifest': manifest, 'predictor-files.json': JSON.stringify(predictor, undefined, 2) };
        for (const [fileName, source] of Object.entries(emitted)) this.emitFile({ type: 'asset', fileName, source });
        const kept = [...names.filter((name) => !name.endsWith('.map') && name !== 'index.html'), ...Object.keys(emitted)];
        const hash = createHash('sha256');
        for (const [name, content] of contents) hash.update(name).update(content);
        const files = [hash.digest('hex').slice(0, 16), kept.filter((name) => !engine(name)), kept.filter(engine)];
        const worker = (await readFile(join(folder, 'service-worker.js'), 'utf8')).replace('__FILES__', () => JSON.stringify(files));
        this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: worker });
      },
    },
  };
}

/** A file and all those that it, or a file it names, names. */
function reachedFrom(start: string, contents: ReadonlyMap<string, string | Uint8Array>): readonly string[] {
  const byLastName = new Map([...contents.keys()].map((name) => [name.replace(/^.*\//, ''), name]));
  const reached = new Set([start]);
  for (const name of reached) {
    const text = contents.get(name);
    if (typeof text !== 'string') continue;
    for (const [last, other] of byLastName) if (other !== 'index.html' && text.includes(last)) reached.add(other);
  }
  return [...reached].sort();
}

function manifestOf(icon: string): object {
  return {
    name: 'Headstart',
    short_name: 'Headstart',
    description: 'Train a classifier of your own pictures or texts in this browser tab.',
    id: './',
    start_url: './',
    scope: './',
    display: 'standalone',
    background_color: '#f4f5f8',
    theme_color: '#1f5fd0',
    icons: [{ src: icon, sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
  };
}
