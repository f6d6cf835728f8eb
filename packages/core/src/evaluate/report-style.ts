/** Style of the report: system fonts, one accent, light and dark by the reader's setting. */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --page: #f6f6f3; --card: #ffffff; --ink: #1b1d21; --soft: #5d636d; --line: #e2e2dc; --faint: #efefea;
  --accent: 31 96 196; --accent-ink: #1f60c4; --good: #1c7c4a; --bad: #b3362b; --warn: #8a5a00; --warn-bg: #fff4dc;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #121417; --card: #1b1e23; --ink: #e9eaec; --soft: #a0a7b2; --line: #2d3239; --faint: #23272d;
    --accent: 110 168 255; --accent-ink: #8dbaff; --good: #62cf95; --bad: #ff8f84; --warn: #f2c36b; --warn-bg: #332a17;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 40px 24px 64px; }
header { margin-bottom: 28px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 6px; letter-spacing: -0.015em; }
h2 { font-size: 17px; margin: 0 0 4px; letter-spacing: -0.005em; }
p { margin: 0; }
.lead, .hint { color: var(--soft); }
.hint { font-size: 13px; margin-bottom: 14px; max-width: 74ch; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 22px 24px; margin-bottom: 18px; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(380px, 1fr)); gap: 18px; align-items: stretch; margin-bottom: 18px; }
.pair > section { margin-bottom: 0; display: flex; flex-direction: column; }
.pair > section > .scroll { margin-top: auto; }
.pair > section > .axis { margin-bottom: auto; }
.tiles { display: grid; grid-template-columns: 1.6fr repeat(3, 1fr); gap: 0; padding: 0; overflow: hidden; }
.tile { margin: 0; padding: 20px 24px; border-left: 1px solid var(--line); }
.tile:first-child { border-left: 0; background: rgb(var(--accent) / 0.07); }
.tile dt { color: var(--soft); font-size: 13px; }
.tile dd { margin: 2px 0 0; font-size: 28px; font-weight: 600; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.tile:first-child dd { font-size: 44px; line-height: 1.15; color: var(--accent-ink); }
.tile small { display: block; color: var(--soft); font-size: 12.5px; font-weight: 400; letter-spacing: 0; margin-top: 2px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th { text-align: right; font-weight: 500; font-size: 12.5px; color: var(--soft); padding: 4px 10px 6px; border-bottom: 1px solid var(--line); white-space: nowrap; }
td { text-align: right; padding: 6px 10px; border-bottom: 1px solid var(--faint); white-space: nowrap; }
tr:last-child td { border-bottom: 0; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
td.name { white-space: normal; overflow-wrap: anywhere; min-width: 9em; }
td small { display: block; color: var(--soft); }
tr.best td { font-weight: 600; }
tr.best td small { font-weight: 400; }
.bar { display: inline-block; vertical-align: middle; width: 110px; height: 8px; border-radius: 4px; background: var(--faint); overflow: hidden; margin-right: 12px; }
.bar i { display: block; height: 100%; border-radius: 4px; background: rgb(var(--accent) / 0.45); }
tr.best .bar i { background: rgb(var(--accent)); }
.matrix { width: auto; border-collapse: separate; border-spacing: 2px; margin: 0 auto; }
.matrix th, .matrix td { border: 0; }
.matrix th { padding: 2px 6px; max-width: 9em; overflow: hidden; text-overflow: ellipsis; }
.matrix thead th { vertical-align: bottom; }
.matrix thead th span { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 8em; overflow: hidden; text-overflow: ellipsis; }
.matrix thead th.flat span { writing-mode: horizontal-tb; transform: none; }
.matrix tbody th { text-align: right; }
.matrix td { text-align: center; padding: 0; width: 40px; height: 36px; border-radius: 5px; font-size: 13px; background: var(--faint); }
.matrix.wide td { width: 96px; height: 64px; font-size: 18px; }
.matrix td.none { color: transparent; }
.matrix td.right { box-shadow: inset 0 0 0 1.5px rgb(var(--accent) / 0.55); }
.axis { text-align: center; color: var(--soft); font-size: 12.5px; margin-top: 8px; }
svg { display: block; width: 100%; height: auto; max-width: 440px; margin: 0 auto; font: 12px system-ui, sans-serif; fill: var(--soft); }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .diagonal { stroke: var(--soft); stroke-width: 1.2; stroke-dasharray: 4 4; }
svg .line { stroke: rgb(var(--accent)); stroke-width: 2; fill: none; }
svg .dot { fill: rgb(var(--accent)); stroke: var(--card); stroke-width: 2; }
svg .column { fill: rgb(var(--accent) / 0.25); }
svg .gap { stroke: var(--bad); stroke-width: 1.5; opacity: 0.75; }
.samples { display: grid; grid-template-columns: repeat(auto-fill, minmax(160px, 1fr)); gap: 14px; }
.samples.texts { grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); }
figure { margin: 0; border: 1px solid var(--line); border-radius: 9px; overflow: hidden; background: var(--page); display: flex; flex-direction: column; }
figure img { width: 100%; aspect-ratio: 4 / 3; object-fit: contain; background: var(--faint); image-rendering: auto; }
figure blockquote { margin: 12px 14px auto; max-height: 8.7em; font-size: 13.5px; line-height: 1.45; display: -webkit-box; -webkit-line-clamp: 6; -webkit-box-orient: vertical; overflow: hidden; overflow-wrap: anywhere; }
figcaption { padding: 9px 12px 11px; font-size: 12.5px; line-height: 1.4; border-top: 1px solid var(--line); background: var(--card); }
blockquote + figcaption { margin-top: 12px; }
figcaption b { font-weight: 600; }
figcaption .id { color: var(--soft); display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.wrong { color: var(--bad); }
.ok { color: var(--good); }
.findings { list-style: none; margin: 0; padding: 0; display: grid; gap: 8px; }
.findings li { padding: 10px 14px; border-radius: 8px; background: var(--faint); }
.findings li.warning { background: var(--warn-bg); }
.findings li.warning::before { content: "Warning  "; color: var(--warn); font-weight: 600; }
.findings small { display: block; color: var(--soft); overflow-wrap: anywhere; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 5px 20px; margin: 0; font-size: 13.5px; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.facts dd.code { font: 12.5px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
footer { color: var(--soft); font-size: 12.5px; padding: 4px 2px; }
@media (max-width: 720px) {
  main { padding: 24px 14px 40px; }
  .tiles { grid-template-columns: 1fr 1fr; }
  .tile { border-left: 0; border-top: 1px solid var(--line); }
  .tile:first-child { grid-column: 1 / -1; border-top: 0; }
  .pair { grid-template-columns: minmax(0, 1fr); }
  .facts { grid-template-columns: 1fr; gap: 0; }
  .facts dd { margin-bottom: 8px; }
}
@media print { body { background: none; } section { break-inside: avoid; } }
`;
