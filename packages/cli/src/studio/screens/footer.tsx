import { Box, Text } from 'ink';
import { backboneTitle } from '../components/list.ts';
import { type Binding, keyLabel } from '../model/binding.ts';
import { globalBindings, screenOf } from '../model/screens.ts';
import { isTraining, type State } from '../model/state.ts';
import { fieldOf } from '../model/update.ts';
import { type ScreenProps, tint } from './view.ts';

interface Hint {
  readonly key: string;
  readonly label: string;
}

/** Two lines: what was done and what goes on, then the keys that work now. */
export function Footer({ state, t, columns }: ScreenProps) {
  const left = state.status || summaryOf(state);
  const right = activity(state);
  const room = Math.max(0, columns - right.length - 3);
  const hints = fitHints(hintsOf(state), columns);
  return (
    <Box flexDirection="column" width={columns}>
      <Text wrap="truncate">
        <Text {...(state.status ? tint(t.accent) : {})} dimColor={!state.status}>
          {` ${left.length > room ? `${left.slice(0, Math.max(0, room - 1))}…` : left.padEnd(room)} `}
        </Text>
        <Text {...tint(isTraining(state) ? t.warn : undefined)} dimColor={!isTraining(state)}>
          {right}
        </Text>
      </Text>
      <Text wrap="truncate">
        {hints.map(({ key, label }) => (
          <Text key={`${key} ${label}`}>
            {' '}
            <Text bold {...tint(t.accent)}>
              {key}
            </Text>
            <Text dimColor> {label} </Text>
          </Text>
        ))}
      </Text>
    </Box>
  );
}

/** As many hints as there is room for; help and quit, which lead to all others, stay. */
function fitHints(hints: readonly Hint[], columns: number): readonly Hint[] {
  const width = (each: readonly Hint[]) => each.reduce((sum, { key, label }) => sum + key.length + label.length + 4, 0);
  const kept = hints.filter(({ label }) => label === 'help' || label === 'quit');
  const others = hints.filter((hint) => !kept.includes(hint));
  while (others.length > 0 && width(others) + width(kept) > columns) others.pop();
  return [...others, ...kept];
}

function summaryOf({ project, data }: State): string {
  if (!project) return 'no project yet';
  const samples = data.summary ? `, ${data.summary.samples.length} samples` : '';
  return `${project.name}${samples}, ${backboneTitle(project.backbone.name)}`;
}

/** What goes on, whatever screen is shown; else the engine. */
function activity(state: State): string {
  const { train, engine, backbone } = state;
  if (isTraining(state)) {
    const { phase } = train;
    const part = phase === 'train' ? train.train : phase === 'test' ? train.test : undefined;
    const share = part && part.total > 0 ? ` ${Math.floor((100 * part.done) / part.total)} %` : '';
    return train.status === 'paused' ? `⏸ ${train.runId} paused` : `▶ ${train.runId}${share}`;
  }
  if (backbone.download && backbone.download.total > 0) {
    return `↓ ${backbone.download.name} ${Math.floor((100 * backbone.download.bytes) / backbone.download.total)} %`;
  }
  return engine ? engine.backend : '';
}

/** The keys that work now, the most specific first. */
export function hintsOf(state: State): readonly Hint[] {
  if (state.problem) return [...(state.problem.again ? [{ key: 'r', label: 'try again' }] : []), { key: 'Esc', label: 'close' }];
  switch (state.overlay?.kind) {
    case 'help':
      return [
        { key: '↑↓', label: 'scroll' },
        { key: 'Esc', label: 'close' },
      ];
    case 'palette':
      return [
        { key: '⏎', label: 'do it' },
        { key: '↑↓', label: 'choose' },
        { key: 'Esc', label: 'close' },
      ];
    case 'columns':
      return [
        { key: '↑↓', label: 'choose' },
        { key: '⏎', label: state.overlay.text === undefined ? 'this is the text' : 'this is the label' },
        { key: 'Esc', label: 'leave it' },
      ];
    case 'quit':
      return [
        { key: '⏎', label: 'quit' },
        { key: 'Esc', label: 'stay' },
      ];
    default:
  }
  const field = fieldOf(state);
  if (field) {
    const tab = field.path ? [{ key: 'Tab', label: 'complete' }] : [{ key: 'Tab', label: 'next screen' }];
    return [{ key: '⏎', label: 'take it' }, ...tab, { key: 'Esc', label: 'leave the field' }, { key: 'Ctrl-K', label: 'commands' }];
  }
  const screen = screenOf(state.screen);
  const own = screen.lacks(state) === undefined ? screen.bindings : [];
  const hint = ({ keys, label, shown }: Binding): Hint => ({ key: shown ?? keyLabel(keys[0] ?? ''), label });
  const seen = new Set<string>();
  const works = [...own, ...globalBindings].filter(({ keys: [key = ''], label, when }) => {
    if (label === '' || seen.has(key) || !(when?.(state) ?? true)) return false;
    seen.add(key);
    return true;
  });
  return works.map(hint);
}
