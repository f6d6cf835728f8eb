/*
 * Keeps the studio's own files for use without a network. The build puts its file names in: FIRST are kept at once, LATER (the wasm engine,
 * a large download) once the page says that it has used them. Backbones and samples are none of its business: they lie in the
 * origin's private file system.
 */
const [version, first, later] = __FILES__;
const cacheName = `headstart ${version}`;

/** Files without a hash in their name must come from the server, the others may come from the browser's cache, where the page has put them. */
const fresh = (path) => new Request(path, { cache: path.startsWith('assets/') ? 'default' : 'reload' });

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.addAll(['./', ...first].map(fresh)))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) if (name.startsWith('headstart ') && name !== cacheName) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener('message', (event) => {
  if (event.data !== 'keep runtime') return;
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(later)));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const scope = self.registration.scope;
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return;
  const path = request.url.slice(scope.length).replace(/[?#].*$/, '');
  const known = path === '' || path === 'index.html' || first.includes(path) || later.includes(path);
  if (!known) return;
  const answer = async () => {
    const cache = await caches.open(cacheName);
    const kept = await cache.match(path === '' || path === 'index.html' ? './' : request, { ignoreSearch: true });
    return kept ?? fetch(request);
  };
  event.respondWith(answer());
});
