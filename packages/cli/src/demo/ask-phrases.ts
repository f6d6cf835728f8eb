import { EngineError } from '@headstart/core';
import type { Context } from '../commands/command.ts';
import { defaultPhrases, otherLabel } from './phrases.ts';

/**
 * Asks for the phrases of the audio demo, one after the other; Enter takes the suggested one, the end of input takes all that are left.
 * @throws EngineError `cancelled` at Ctrl-C
 */
export async function askPhrases({ io, report: { paint, say }, signal }: Context): Promise<readonly string[]> {
  const { ask } = io;
  if (!ask) return defaultPhrases;
  say('Which three phrases shall it listen for? Enter takes the one in brackets.');
  const phrases: string[] = [];
  let ended = false;
  while (phrases.length < defaultPhrases.length) {
    const suggested = suggestionFor(phrases);
    const number = paint.bold(`  ${phrases.length + 1}`);
    const answer: string | undefined = ended ? '' : await ask(`${number} ${paint.dim(`[${suggested}]`)} ${paint.cyan('›')} `, signal);
    if (signal.aborted) throw new EngineError('cancelled', 'the demo was stopped');
    ended = answer === undefined;
    const phrase = answer?.trim().replace(/\s+/g, ' ') || suggested;
    const trouble = troubleWith(phrase, phrases);
    if (trouble) say(`    ${paint.yellow('!')} ${trouble}`);
    else phrases.push(phrase);
  }
  return phrases;
}

/** The first of the defaults from this place on that is not taken. */
function suggestionFor(phrases: readonly string[]): string {
  const from = defaultPhrases.slice(phrases.length);
  return [...from, ...defaultPhrases].find((each) => !isTaken(each, phrases)) as string;
}

function troubleWith(phrase: string, phrases: readonly string[]): string | undefined {
  if (!/\p{L}/u.test(phrase)) return 'A phrase has words, such as “good night”.';
  if (isTaken(phrase, phrases)) return `“${phrase}” is there already.`;
  if (phrase.toLowerCase() === otherLabel) return `“${otherLabel}” is what everything else is called.`;
  return undefined;
}

function isTaken(phrase: string, phrases: readonly string[]): boolean {
  return phrases.some((each) => each.toLowerCase() === phrase.toLowerCase());
}
