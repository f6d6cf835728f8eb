import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { themeOf } from '../components/theme.ts';
import { screenOf, screens } from '../model/screens.ts';
import { isTraining, type ScreenName, type State } from '../model/state.ts';
import { BackboneScreen } from './backbone.tsx';
import { Data } from './data.tsx';
import { Export } from './export.tsx';
import { Footer } from './footer.tsx';
import { Home } from './home.tsx';
import { ColumnsPanel, HelpPanel, PalettePanel, ProblemPanel, QuitPanel } from './overlays.tsx';
import { Results } from './results.tsx';
import { Train } from './train.tsx';
import { TryIt } from './try-it.tsx';
import { type ScreenProps, tint } from './view.ts';

/** Smallest terminal that the screens are drawn for. */
const least = { columns: 60, rows: 16 };

const views: Readonly<Record<ScreenName, (props: ScreenProps) => ReactNode>> = {
  home: Home,
  data: Data,
  backbone: BackboneScreen,
  train: Train,
  results: Results,
  try: TryIt,
  export: Export,
};

/** A whole frame: a pure function of the state. */
export function App({ state }: { readonly state: State }) {
  const { columns, rows } = state.size;
  const t = themeOf(state.look);
  if (columns < least.columns || rows < least.rows) {
    return (
      <Box width={columns} height={rows}>
        <Text>{`This terminal is ${columns} × ${rows}; the studio needs ${least.columns} × ${least.rows}. Make it larger, or q quits.`}</Text>
      </Box>
    );
  }
  const room = { state, t, columns, rows: rows - 4 };
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <Header state={state} />
      <Box height={rows - 4} width={columns} overflow="hidden">
        <Body {...room} />
      </Box>
      <Footer {...room} rows={2} />
    </Box>
  );
}

function Body(props: ScreenProps) {
  const { state } = props;
  if (state.problem) return <ProblemPanel {...props} problem={state.problem} />;
  switch (state.overlay?.kind) {
    case 'help':
      return <HelpPanel {...props} />;
    case 'palette':
      return <PalettePanel {...props} overlay={state.overlay} />;
    case 'columns':
      return <ColumnsPanel {...props} overlay={state.overlay} />;
    case 'quit':
      return <QuitPanel {...props} />;
    default: {
      const screen = screenOf(state.screen);
      const lacks = screen.lacks(state);
      if (lacks !== undefined) {
        return (
          <Box paddingX={1} flexDirection="column">
            <Text bold>{screen.about}</Text>
            <Text dimColor>{lacks}</Text>
          </Box>
        );
      }
      const View = views[state.screen];
      return <View {...props} />;
    }
  }
}

function Header({ state }: { readonly state: State }) {
  const { columns } = state.size;
  const t = themeOf(state.look);
  const tabs = screens.map(({ name, title }, index) => ({ name, text: `${index + 1} ${title}` }));
  const width = tabs.reduce((sum, { text }) => sum + text.length + 2, 0);
  const brand = columns >= width + 12 ? ' headstart ' : '';
  return (
    <Box flexDirection="column" width={columns}>
      <Text wrap="truncate">
        <Text bold {...tint(t.accent)}>
          {brand}
        </Text>
        {tabs.map(({ name, text }) => {
          const here = name === state.screen;
          const busy = name === 'train' && isTraining(state);
          return (
            <Text
              key={name}
              inverse={here}
              bold={here}
              dimColor={!here && screenOf(name).lacks(state) !== undefined}
              {...(busy && !here ? tint(t.warn) : {})}
            >
              {` ${text} `}
            </Text>
          );
        })}
      </Text>
      <Text dimColor>{'─'.repeat(columns)}</Text>
    </Box>
  );
}
