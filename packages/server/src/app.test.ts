import { expect, test } from 'vitest';
import { createApp } from './app.ts';

const app = createApp({ version: '1.2.3', uptime: () => 4.5 });

test('health tells the version and how long the server has run', async () => {
  const response = await app.request('/v1/health');
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: 'ok', version: '1.2.3', uptimeSeconds: 4.5 });
});

test('the description for programs names every route', async () => {
  const { paths } = (await (await app.request('/v1/openapi.json')).json()) as { paths: Record<string, unknown> };
  expect(Object.keys(paths)).toEqual(['/v1/health']);
});

test('the page names the routes that exist', async () => {
  const response = await app.request('/');
  expect(response.headers.get('content-type')).toContain('text/html');
  const text = await response.text();
  for (const path of ['/v1/health', '/v1/openapi.json']) {
    expect(text).toContain(path);
    expect((await app.request(path)).status).toBe(200);
  }
});

test('an unknown path is one clear error', async () => {
  const response = await app.request('/v1/train', { method: 'POST' });
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({ error: { code: 'not-found', message: 'Nothing is at POST /v1/train. / says what exists.' } });
});
