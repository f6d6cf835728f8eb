import { html, raw } from 'hono/html';
import type { Description } from './openapi.ts';
import { pageStyle } from './style.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly description?: string;
  readonly default?: unknown;
  readonly format?: string;
}

interface Operation {
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema?: Schema;
    readonly description?: string;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
  readonly security?: readonly { readonly key?: readonly string[] }[];
  readonly responses: Readonly<
    Record<string, { readonly description?: string; readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>
  >;
}

/** The document of the API as a page for people: no script, nothing from elsewhere. */
export function referencePage(description: Description) {
  const operations = Object.entries(description.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({ path, method, operation })),
  );
  const groups = Map.groupBy(operations, ({ operation }) => operation.tags?.[0] ?? 'other');
  const schemas = Object.entries((description.components?.schemas ?? {}) as Record<string, Schema>);
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Headstart ${description.info.version}: HTTP API</title>
    <style>${raw(pageStyle)}</style>
  </head>
  <body>
    <main>
      <h1>Headstart: HTTP API</h1>
      <p class="lead">${description.info.description} Keys go into <code>Authorization: Bearer hs_…</code>. Programs read <a href="openapi.json">openapi.json</a>; TypeScript has <code>@headstart/server/client</code>.</p>
      <nav>${[...groups.keys()].map((name) => html`<a href="#${name}">${name}</a> `)}<a href="#schemas">schemas</a></nav>
      ${[...groups].map(
        ([name, members]) =>
          html`<section id="${name}"><h2>${name}</h2>${members.map(({ path, method, operation }) => operationPart(path, method, operation))}</section>`,
      )}
      <section id="schemas"><h2>schemas</h2>${schemas.map(([name, schema]) => html`<details id="schema-${name}" open><summary><b>${name}</b></summary>${schemaPart(schema)}</details>`)}</section>
    </main>
  </body>
</html>`;
}

function operationPart(path: string, method: string, operation: Operation) {
  const { summary, description, parameters = [], requestBody, responses, security } = operation;
  const scope = security?.[0]?.key?.[0];
  const inputs = parameters.filter((each) => each.in !== 'header' || each.name.toLowerCase() === 'last-event-id');
  return html`<details><summary><span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code> <span class="hint">${summary ?? ''}</span></summary>
${description && html`<p>${prose(description)}</p>`}
${scope && html`<p class="hint">Takes a key with the scope <code>${scope}</code>.</p>`}
${
  inputs.length > 0 &&
  html`<h3>Parameters</h3><dl>${inputs.map((each) => html`<dt><code>${each.name}</code> <span class="hint">${each.in}, ${typeOf(each.schema)}${each.required ? '' : ', optional'}</span></dt><dd>${prose(each.description ?? each.schema?.description)}</dd>`)}</dl>`
}
${requestBody && html`<h3>Body</h3>${Object.entries(requestBody.content).map(([type, { schema }]) => html`<p><code>${type}</code></p>${schema && schemaPart(schema)}`)}`}
<h3>Answers</h3><dl>${Object.entries(responses)
    .filter(([status]) => status !== 'default')
    .map(
      ([status, answer]) =>
        html`<dt><code>${status}</code> <span class="hint">${Object.keys(answer.content ?? {}).join(', ')}</span></dt><dd>${prose(answer.description)} ${Object.values(answer.content ?? {}).map(({ schema }) => schema && (schema.$ref ? typeOf(schema) : schema.properties ? schemaPart(schema) : ''))}</dd>`,
    )}</dl></details>`;
}

/** Text with `code` in it. */
function prose(text = ''): unknown {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}

function schemaPart(schema: Schema): unknown {
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return html`<p>One of: ${variants.map((each, index) => html`${index > 0 ? ' · ' : ''}${typeOf(each)}`)}</p>`;
  if (!schema.properties) return html`<p>${typeOf(schema)} ${schema.description ?? ''}</p>`;
  return html`<dl>${Object.entries(schema.properties).map(
    ([name, each]) =>
      html`<dt><code>${name}</code> <span class="hint">${typeOf(each)}${schema.required?.includes(name) && each.default === undefined ? '' : ', optional'}${each.default === undefined ? '' : `, ${JSON.stringify(each.default)} when left out`}</span></dt><dd>${prose(each.description)}</dd>`,
  )}</dl>`;
}

function typeOf(schema: Schema | undefined): unknown {
  if (!schema) return 'string';
  if (schema.$ref) {
    const name = schema.$ref.replace(/^.*\//, '');
    return html`<a href="#schema-${name}">${name}</a>`;
  }
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(' | ');
  const variants = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (variants) return html`${variants.map((each, index) => html`${index > 0 ? ' | ' : ''}${typeOf(each)}`)}`;
  if (schema.items) return html`list of ${typeOf(schema.items)}`;
  return [schema.type ?? 'any'].flat().join(' | ');
}
