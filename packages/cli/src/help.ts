import { type CommandName, type CommandSpec, commands, commonFlags } from './args.ts';
import type { Flag, Flags } from './flags.ts';
import { columns } from './layout.ts';
import type { Paint } from './paint.ts';

/** Exit codes, as documented and as `main` returns them. */
export const exitCodes = { ok: 0, failure: 1, usage: 2, cancelled: 130 } as const;

const exitHelp = [
  ['0', 'done'],
  ['1', 'failed; the last line of output says why'],
  ['2', 'called with an argument that cannot be meant'],
  ['130', 'stopped by Ctrl-C; the same command goes on where it stopped'],
] as const;

/** What `headstart` alone and `headstart --help` print. */
export function guide(paint: Paint): string {
  const names = Object.keys(commands) as CommandName[];
  const width = Math.max(...names.map((name) => name.length));
  return [
    `${paint.bold('headstart')}: a pretrained model and a few labelled examples in, a model of your own out.`,
    '',
    paint.bold('Start here'),
    ...columns([
      [paint.cyan('headstart demo'), 'see it work on real mail, in under three minutes'],
      [paint.cyan('headstart train ./photos'), 'one subfolder per class; nothing else is needed'],
      [paint.cyan('headstart train mail.csv'), 'a column of texts and a column of labels'],
      [paint.cyan('headstart doctor'), 'what this machine can do'],
    ]),
    '',
    paint.bold('Commands'),
    ...names.map((name) => `  ${paint.cyan(name.padEnd(width))}  ${commands[name].summary}`),
    '',
    `headstart COMMAND --help shows its flags and examples; headstart --version, the version.`,
    '',
    paint.bold('Exit codes'),
    ...columns(exitHelp),
  ].join('\n');
}

/** What `headstart COMMAND --help` prints. */
export function commandHelp(name: CommandName, paint: Paint, screen: number): string {
  const spec: CommandSpec = commands[name];
  return [
    `${paint.bold(`headstart ${name}`)}: ${lowerFirst(spec.summary)}.`,
    '',
    paint.bold('Usage'),
    `  ${['headstart', name, spec.usage, '[flags]'].filter(Boolean).join(' ')}`,
    ...(spec.details.length > 0 ? ['', ...spec.details.map((line) => `  ${line}`)] : []),
    '',
    paint.bold('Examples'),
    ...spec.examples.flatMap(([command, explanation]) => [`  ${paint.cyan(command)}`, `      ${paint.dim(explanation)}`]),
    ...(Object.keys(spec.flags).length > 0 ? ['', paint.bold('Flags'), ...flagLines(spec.flags, screen)] : []),
    '',
    paint.bold('Flags of every command'),
    ...flagLines(commonFlags, screen),
    '',
    paint.bold('Exit codes'),
    ...columns(exitHelp),
  ].join('\n');
}

/** The whole reference as Markdown: docs/commands.md. */
export function markdownReference(): string {
  const flagTable = (flags: Flags) => [
    '| flag | meaning |',
    '|---|---|',
    ...Object.entries(flags).map(([name, flag]) => `| \`${flagName(name, flag).replaceAll('|', '\\|')}\` | ${flagText(flag)} |`),
  ];
  const sections = Object.entries<CommandSpec>(commands).flatMap(([name, spec]) => [
    `## headstart ${name}`,
    '',
    `${spec.summary}.`,
    '',
    ...(spec.details.length > 0 ? [spec.details.join(' '), ''] : []),
    '```sh',
    ...spec.examples.map(([command, explanation]) => `${command}   # ${explanation}`),
    '```',
    '',
    ...(Object.keys(spec.flags).length > 0 ? [...flagTable(spec.flags), ''] : []),
  ]);
  return [
    '# Commands',
    '',
    '<!-- Written by `headstart help --markdown`; a test keeps it true. -->',
    '',
    'Progress and messages go to standard error, results to standard output. `NO_COLOR` is honoured.',
    '',
    ...sections,
    '## Flags of every command',
    '',
    ...flagTable(commonFlags),
    '',
    '## Exit codes',
    '',
    '| code | meaning |',
    '|---|---|',
    ...exitHelp.map(([code, meaning]) => `| ${code} | ${meaning} |`),
    '',
  ].join('\n');
}

function flagLines(flags: Flags, screen: number): string[] {
  const names = Object.entries(flags).map(([name, flag]) => flagName(name, flag));
  const width = Math.max(...names.map((name) => name.length));
  const room = Math.max(40, Math.min(screen, 110) - width - 6);
  return Object.values(flags).flatMap((flag, index) => {
    const [first = '', ...rest] = wrap(flagText(flag), room);
    return [`  ${(names[index] ?? '').padEnd(width)}  ${first}`, ...rest.map((line) => `  ${' '.repeat(width)}  ${line}`)];
  });
}

function flagName(name: string, flag: Flag): string {
  const value = flag.type === 'boolean' ? '' : ` ${flag.choices?.join('|') ?? flag.value ?? flag.type.toUpperCase()}`;
  return `--${name}${value}${flag.short ? `, -${flag.short}` : ''}`;
}

function flagText(flag: Flag): string {
  return flag.default === undefined ? flag.help : `${flag.help} Default: ${flag.default}.`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  return line ? [...lines, line] : lines;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
