import controls from './controls.css?inline';
import dataset from './dataset.css?inline';
import layout from './layout.css?inline';
import outcome from './outcome.css?inline';
import sound from './sound.css?inline';
import theme from './theme.css?inline';

let sheet: CSSStyleSheet | undefined;

/** One style sheet for all elements of a page. Made by script, it needs nothing of a content security policy. */
export function styles(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync([theme, layout, controls, dataset, sound, outcome].join('\n'));
  }
  return sheet;
}
