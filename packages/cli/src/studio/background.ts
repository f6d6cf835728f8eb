import type { Look } from './model/state.ts';

/** The terminal's two ends, as far as asking needs them. */
export interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

/** Longest that an answer is waited for, in milliseconds; Ink is loaded meanwhile. */
const patience = 150;

/**
 * Whether the terminal is dark or light: what HEADSTART_THEME says, what the terminal answers to OSC 11 (xterm's "what is your
 * background?"), what COLORFGBG says, else dark.
 */
export async function backgroundOf(env: Readonly<Record<string, string | undefined>>, terminal: Terminal): Promise<Look['background']> {
  if (env.HEADSTART_THEME === 'light' || env.HEADSTART_THEME === 'dark') return env.HEADSTART_THEME;
  const answer = await askBackground(terminal);
  if (answer) return answer;
  const last = Number(env.COLORFGBG?.split(';').at(-1));
  return last === 7 || last === 15 ? 'light' : 'dark';
}

function askBackground({ input, output }: Terminal): Promise<Look['background'] | undefined> {
  return new Promise((resolve) => {
    let heard = '';
    const done = (answer: Look['background'] | undefined) => {
      clearTimeout(timer);
      input.off('data', hear);
      input.pause();
      input.setRawMode(false);
      resolve(answer);
    };
    const hear = (chunk: Buffer) => {
      heard += chunk.toString('latin1');
      const answer = brightnessOf(heard);
      // Every terminal answers the second question (who are you?), so that its answer ends the waiting.
      if (answer || heard.includes('c')) done(answer);
    };
    const timer = setTimeout(() => done(undefined), patience);
    input.setRawMode(true);
    input.on('data', hear);
    output.write('\x1b]11;?\x1b\\\x1b[c');
  });
}

/** Reads `rgb:ffff/ffff/ffff` out of an answer. */
export function brightnessOf(answer: string): Look['background'] | undefined {
  const found = /rgb:([0-9a-f]+)\/([0-9a-f]+)\/([0-9a-f]+)/i.exec(answer);
  if (!found) return undefined;
  const [red = 0, green = 0, blue = 0] = found.slice(1).map((digits) => Number.parseInt(digits, 16) / (16 ** digits.length - 1));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5 ? 'light' : 'dark';
}
