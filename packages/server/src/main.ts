import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { createApp } from './app.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
const port = Number(process.env.PORT ?? 4300);
const started = performance.now();
const app = createApp({ version, uptime: () => (performance.now() - started) / 1000 });

const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => console.log(`Headstart listens on http://127.0.0.1:${port}`));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close());
