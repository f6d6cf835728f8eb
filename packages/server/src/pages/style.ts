/** Of the pages that the server writes itself. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: light-dark(#1b1f24, #e6e8eb); --soft: light-dark(#5b6570, #9aa4af); --line: light-dark(#d9dee3, #30363d); --link: light-dark(#0b57d0, #8ab4f8); }
* { box-sizing: border-box; }
body { font: 16px/1.55 system-ui, sans-serif; color: var(--ink); background: light-dark(#fff, #15181c); margin: 0; }
main { max-width: 56rem; margin: 0 auto; padding: 2.5rem 1.25rem 5rem; }
h1 { font-size: 1.8rem; margin: 0 0 .5rem; } h2 { margin: 2.5rem 0 .5rem; text-transform: capitalize; } h3 { font-size: .9rem; margin: 1rem 0 .25rem; color: var(--soft); }
.lead { font-size: 1.05rem; } .hint { color: var(--soft); font-size: .9rem; }
code { font-family: ui-monospace, monospace; font-size: .92em; overflow-wrap: anywhere; } p code, dd code { background: light-dark(#eef1f4, #262b31); border-radius: 4px; padding: .05em .3em; } a { color: var(--link); }
nav { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; }
details { border: 1px solid var(--line); border-radius: 8px; margin: .5rem 0; padding: .5rem .9rem; }
summary { cursor: pointer; } summary:focus-visible { outline: 2px solid var(--link); outline-offset: 4px; border-radius: 4px; }
dl { margin: .25rem 0; } dt { margin-top: .4rem; } dd { margin: 0 0 0 1rem; }
.method { display: inline-block; min-width: 4.2rem; text-align: center; font: 600 .75rem/1.6 ui-monospace, monospace; border-radius: 5px; color: #fff; background: #3d6b8f; }
.post, .put { background: #2e7d4f; } .delete { background: #b3403a; } .patch { background: #94621c; }
pre { background: light-dark(#f4f6f8, #1d2126); padding: .8rem 1rem; border-radius: 8px; overflow-x: auto; }
`;
