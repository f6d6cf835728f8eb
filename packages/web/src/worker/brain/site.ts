/** The page of an exported model. It has no inline script or style, so that a strict content security policy may stand. */
export function sitePage(title: string, labels: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${escapeHtml(title)}</title>
    <script type="module" src="./headstart-predictor.js"></script>
  </head>
  <body>
    <main>
      <h1>${escapeHtml(title)}</h1>
      <p>This model tells ${escapeHtml(listOf(labels))} apart. It runs in this tab; what you give it stays on this machine.</p>
      <headstart-predictor src="./model.headstart"></headstart-predictor>
    </main>
  </body>
</html>
`;
}

export function siteReadme(title: string): string {
  return `${title}

A page that runs a trained model in the browser. Everything it needs is in this folder; it asks nothing of any other host.

Browsers load scripts from a server only, not from a folder opened as a file. Any static server will do:

  npx serve .
  python3 -m http.server

Then open the address it prints. On the public web serve it over https: browsers give the GPU, the camera and the microphone to secure pages only.
`;
}

function listOf(labels: readonly string[]): string {
  const shown = labels.slice(0, 6);
  return labels.length > 6 ? `${shown.join(', ')} and ${labels.length - 6} more classes` : new Intl.ListFormat('en').format(shown);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
