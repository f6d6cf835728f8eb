import { html } from 'hono/html';

/** The page at `/`: what this server can do today. */
export function page(version: string) {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Headstart server</title>
    <style>
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 38rem; margin: 3rem auto; padding: 0 1rem; color-scheme: light dark; }
      code { font-family: ui-monospace, monospace; }
    </style>
  </head>
  <body>
    <h1>Headstart ${version}</h1>
    <p>This server answers two requests today:</p>
    <ul>
      <li><a href="/v1/health"><code>GET /v1/health</code></a>: whether it runs, its version, and since when.</li>
      <li><a href="/v1/openapi.json"><code>GET /v1/openapi.json</code></a>: its description for programs.</li>
    </ul>
    <p>Training, prediction and datasets over HTTP are not here yet. On the command line they are: <code>headstart train ./photos</code>.</p>
  </body>
</html>`;
}
