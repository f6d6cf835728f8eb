/** HTML that is safe to insert as it is. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | string | number | undefined | false | readonly Part[];

/** Template for HTML: strings and numbers are escaped, nested `html` and lists of it are not, false and undefined vanish. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: String.raw({ raw: strings }, ...parts.map(render)) };
}

function render(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'object') return 'markup' in part ? part.markup : part.map(render).join('');
  return `${part}`.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
