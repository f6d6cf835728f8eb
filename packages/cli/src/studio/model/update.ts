import { inspectOwn } from './backbone-keys.ts';
import { findBinding, moved, moveOf } from './binding.ts';
import { editField, type Field, insertText } from './field.ts';
import { chooseData, goTo } from './home-keys.ts';
import { onEvent } from './on-event.ts';
import { commandsFor, globalBindings, screenOf } from './screens.ts';
import { type Message, type State, type Step, step } from './state.ts';
import { ask } from './try-keys.ts';

/** The state after a message, and what it asks of the outside. Nothing else changes the state. */
export function update(state: State, message: Message): Step {
  switch (message.type) {
    case 'resize':
      return step({ ...state, size: { columns: message.columns, rows: message.rows } });
    case 'key':
      return onKey(state, message.key);
    case 'paste': {
      const field = fieldOf(state);
      return field ? step(field.put(insertText(field.value, message.text))) : step(state);
    }
    default:
      return onEvent(state, message);
  }
}

function onKey(state: State, key: string): Step {
  if (key === 'ctrl-c') return state.overlay?.kind === 'quit' ? step(state, { type: 'quit' }) : (run(state, key) ?? step(state));
  if (state.problem) return onProblemKey(state, key);
  if (state.overlay) return onOverlayKey(state, key);
  const field = fieldOf(state);
  if (field && key !== 'ctrl-k' && key !== 'ctrl-l') return onFieldKey(state, field, key);
  return run(state, vimKeys[key] ?? key) ?? step(state);
}

const vimKeys: Readonly<Record<string, string>> = {
  h: 'left',
  j: 'down',
  k: 'up',
  l: 'right',
  g: 'home',
  G: 'end',
  'ctrl-d': 'pagedown',
  'ctrl-u': 'pageup',
};

function run(state: State, key: string): Step | undefined {
  const screen = screenOf(state.screen);
  const own = screen.lacks(state) === undefined ? findBinding(screen.bindings, state, key) : undefined;
  return (own ?? findBinding(globalBindings, state, key))?.run(state, key);
}

function onProblemKey(state: State, key: string): Step {
  const cleared = { ...state, problem: undefined };
  if (key === 'r' && state.problem?.again) return step({ ...cleared, status: 'Trying again…' }, state.problem.again);
  if (key === 'q') return run(cleared, key) ?? step(cleared);
  return ['escape', 'enter', 'space'].includes(key) ? step(cleared) : step(state);
}

function onOverlayKey(state: State, key: string): Step {
  const { overlay } = state;
  const closed = { ...state, overlay: undefined };
  if (key === 'escape') return step({ ...closed, pending: undefined });
  switch (overlay?.kind) {
    case 'quit':
      return key === 'enter' || key === 'y' || key === 'q' ? step(state, { type: 'quit' }) : step(closed);
    case 'help': {
      const by = { up: -1, k: -1, down: 1, j: 1, pageup: -10, pagedown: 10 }[key];
      return step(by === undefined ? closed : { ...state, overlay: { kind: 'help', scroll: Math.max(0, overlay.scroll + by) } });
    }
    case 'columns': {
      const { source, columns, text, index } = overlay;
      if (key !== 'enter') {
        const by = moveOf(vimKeys[key] ?? key);
        return step({ ...state, overlay: { ...overlay, index: moved(index, by, columns.length) } });
      }
      const name = columns[index]?.name ?? '';
      if (text === undefined) return step({ ...state, overlay: { ...overlay, text: index, index: index === 0 ? 1 : 0 } });
      if (text === index) return step({ ...state, status: 'The label is another column than the text.' });
      const chosen = { ...source, text: columns[text]?.name ?? '', label: name };
      const read = { type: 'read', folder: state.folder, source: chosen, share: 0.2, seed: 0 } as const;
      return step({ ...closed, pending: chosen, status: `Reading ${source.path}…` }, { type: 'files', request: read });
    }
    case 'palette': {
      const commands = commandsFor(state, overlay.field.text);
      if (key === 'enter') {
        const command = commands[overlay.index];
        if (!command) return step(state);
        const there = command.screen && command.screen !== state.screen ? goTo(closed, command.screen) : step(closed);
        const done = command.binding.run(there.state, command.key ?? '');
        return step(done.state, ...there.effects, ...done.effects);
      }
      if (key === 'up' || key === 'down') {
        return step({ ...state, overlay: { ...overlay, index: moved(overlay.index, key === 'up' ? -1 : 1, commands.length) } });
      }
      const field = editField(overlay.field, key);
      return step(field ? { ...state, overlay: { ...overlay, field, index: 0 } } : state);
    }
    default:
      return step(state);
  }
}

/** A field that has the keys, and what its special keys do. */
interface OpenField {
  readonly value: Field;
  put(value: Field): State;
  enter(state: State): Step;
  leave(state: State): State;
  /** Whether Tab completes it as a path. */
  readonly path: boolean;
}

/** The field that is typed into, if any. */
export function fieldOf(state: State): OpenField | undefined {
  if (state.overlay?.kind === 'palette') {
    const { overlay } = state;
    return {
      value: overlay.field,
      put: (field) => ({ ...state, overlay: { ...overlay, field, index: 0 } }),
      enter: step,
      leave: (now) => now,
      path: false,
    };
  }
  if (state.screen === 'home' && state.home.path) {
    return {
      value: state.home.path,
      put: (path) => ({ ...state, home: { ...state.home, path, matches: [] } }),
      enter: (now) => (now.home.path?.text.trim() ? chooseData(now, now.home.path.text.trim()) : step(now)),
      leave: (now) => ({ ...now, home: { ...now.home, path: undefined, matches: [] } }),
      path: true,
    };
  }
  const { own } = state.backbone;
  if (state.screen === 'backbone' && own && !own.model) {
    return {
      value: own.path,
      put: (path) => ({ ...state, backbone: { ...state.backbone, own: { ...own, path, matches: [] } } }),
      enter: inspectOwn,
      leave: (now) => ({ ...now, backbone: { ...now.backbone, own: undefined } }),
      path: true,
    };
  }
  if (state.screen === 'try' && state.tryIt.editing && screenOf('try').lacks(state) === undefined) {
    return {
      value: state.tryIt.field,
      put: (field) => ({ ...state, tryIt: { ...state.tryIt, field, matches: [] } }),
      enter: ask,
      leave: (now) => ({ ...now, tryIt: { ...now.tryIt, editing: false, matches: [] } }),
      path: state.project?.modality !== 'text',
    };
  }
  return undefined;
}

function onFieldKey(state: State, field: OpenField, key: string): Step {
  if (key === 'enter') return field.enter(state);
  if (key === 'escape') return step(field.leave(state));
  if (key === 'tab' && field.path) {
    return step(state, { type: 'files', request: { type: 'complete', folder: state.folder, text: field.value.text } });
  }
  if (key === 'tab' || key === 'shift-tab' || key === 'down' || key === 'up') {
    const left = field.leave(state);
    return run(left, key) ?? step(left);
  }
  const edited = editField(field.value, key);
  return step(edited ? field.put(edited) : state);
}
