import { Box, Text } from 'ink';
import { formatBytes } from '../../plain.ts';
import { progressBar } from '../components/bar.ts';
import { FieldLine } from '../components/field-line.tsx';
import { backboneTitle, fit, windowOf, wrapWords } from '../components/list.ts';
import { Panel } from '../components/panel.tsx';
import { speedOf, suitingCards } from '../model/backbone-keys.ts';
import type { CardSummary, InspectedModel } from '../worker/protocol.ts';
import { type ScreenProps, tint } from './view.ts';

export function BackboneScreen(props: ScreenProps) {
  const { state, t, columns, rows } = props;
  const { own, cards, index } = state.backbone;
  if (own) return <Own {...props} />;
  if (!cards) return <Text dimColor> Reading the list…</Text>;
  const suiting = suitingCards(state);
  const list = Math.min(suiting.length + 4, Math.max(6, rows - 8));
  const name = Math.min(18, Math.max(...suiting.map(({ card }) => card.name.length), 14));
  const wide = columns >= 100;
  const mine = state.project?.backbone.name;
  const isOwn = mine !== undefined && !cards.some(({ card }) => card.name === mine);
  const lines: readonly (CardSummary | undefined)[] = [...suiting, undefined];
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Panel t={t} title="Backbones" aside={mine ? `now ${backboneTitle(mine)}` : ''} width={columns} height={list} focused>
        <Text dimColor wrap="truncate">
          {`    ${fit('name', name)}  ${fit('kind', 5)} ${fit('features', 8, 'right')} ${fit('size', 8, 'right')}  ${fit('licence', wide ? 14 : 10)} ${fit('speed here', 10, 'right')}`}
        </Text>
        {windowOf(lines, index, list - 3).map(({ item, at }) => {
          const here = at === index;
          const chosen = item ? item.card.name === mine : isOwn;
          return (
            <Text key={item?.card.name ?? 'own'} wrap="truncate">
              <Text bold={here} {...(here ? tint(t.accent) : {})}>
                {here ? '❯ ' : '  '}
                <Text {...tint(t.good)}>{chosen ? '● ' : '  '}</Text>
                {item ? fit(item.card.name, name) : isOwn ? `your own: ${backboneTitle(mine)}` : 'your own ONNX file…'}
              </Text>
              {item && <CardCells state={state} summary={item} licence={wide ? 14 : 10} />}
            </Text>
          );
        })}
      </Panel>
      <Details {...props} rows={rows - list} summary={suiting[index]} />
    </Box>
  );
}

function CardCells({
  state,
  summary: { card, downloaded },
  licence,
}: {
  state: ScreenProps['state'];
  summary: CardSummary;
  licence: number;
}) {
  const speed = speedOf(state, card.name);
  const measuring = state.backbone.measuring === card.name;
  const rate = measuring ? 'measuring…' : speed === undefined ? '–' : `${speed.toFixed(speed < 10 ? 1 : 0)}/s`;
  return (
    <Text>
      {`  ${fit(card.modality, 5)} ${fit(card.dimension ? `${card.dimension}-d` : '', 8, 'right')} ${fit(card.bytes ? formatBytes(card.bytes) : '', 8, 'right')}  `}
      {fit(card.licence, licence)} {fit(rate, 10, 'right')}
      <Text dimColor>{downloaded ? '  ✓ here' : '  ↓ get'}</Text>
    </Text>
  );
}

function Details({ state, t, columns, rows, summary }: ScreenProps & { readonly summary: CardSummary | undefined }) {
  const { download } = state.backbone;
  if (!summary) {
    return (
      <Panel t={t} title="Your own ONNX file" width={columns} height={rows}>
        <Text>
          {wrapWords(
            'Any ONNX model: Headstart reads it, says where features could leave it and what its engine cannot run.',
            columns - 4,
          ).join('\n')}
        </Text>
      </Panel>
    );
  }
  const { card, downloaded } = summary;
  const width = Math.max(10, Math.min(40, columns - 44));
  const share = download && download.total > 0 ? download.bytes / download.total : 0;
  const { filled, rest } = progressBar(share, width);
  return (
    <Panel t={t} title={card.name} aside={downloaded ? 'downloaded' : 'not downloaded'} width={columns} height={rows}>
      <Text>{wrapWords(card.title, columns - 4).join('\n')}</Text>
      {download ? (
        <Text wrap="truncate">
          {fit(`Fetching ${download.name}`, 24)} <Text {...tint(t.accent)}>{filled}</Text>
          <Text dimColor>{rest}</Text> {formatBytes(download.bytes)} of {formatBytes(download.total)}
        </Text>
      ) : (
        <Text dimColor wrap="truncate">
          {downloaded ? 'It is on this machine, and works without a network.' : 'd downloads it; training does so by itself.'}
        </Text>
      )}
      <Text dimColor wrap="truncate">
        {card.cut ? `Features leave at '${card.cut}'` : 'Features leave where the model suggests'}
        {card.pooling && card.pooling !== 'none' ? `, pooling ${card.pooling}` : ''}.
      </Text>
      <Text dimColor wrap="truncate">
        From {card.source}
      </Text>
      <Text dimColor wrap="truncate">
        About {card.homepage}
      </Text>
    </Panel>
  );
}

function Own({ state, t, columns, rows }: ScreenProps) {
  const own = state.backbone.own;
  if (!own) return null;
  return (
    <Panel t={t} title="Your own ONNX file" width={columns} height={rows} focused>
      {own.model ? (
        <Inspected t={t} state={state} columns={columns - 4} rows={rows - 2} model={own.model} cut={own.cut} />
      ) : (
        <Box flexDirection="column">
          <Text dimColor>Its path, an https address, or hf:owner/name/path/model.onnx; Tab completes.</Text>
          <FieldLine t={t} field={own.path} width={columns - 4} active={!own.reading} hint="models/resnet50.onnx" />
          <Text dimColor wrap="truncate">
            {own.reading ? 'Reading the model…' : own.matches.join('  ')}
          </Text>
        </Box>
      )}
    </Panel>
  );
}

function Inspected({ t, columns, rows, model, cut }: ScreenProps & { readonly model: InspectedModel; readonly cut: number }) {
  const value = ({ name, dtype, shape }: InspectedModel['inputs'][number]) =>
    `${name} ${dtype ?? 'no tensor'}${shape ? `[${shape.join(', ')}]` : ''}`;
  const lacking = model.unsupported.map(({ type, domain, count }) => `${domain ? `${domain}.` : ''}${type} ×${count}`);
  const room = rows - 8;
  return (
    <Box flexDirection="column">
      <Text wrap="truncate">
        <Text bold>{model.path}</Text>
        <Text dimColor>{`  ${formatBytes(model.bytes)}, ${model.operators} operators`}</Text>
      </Text>
      <Text wrap="truncate">
        <Text dimColor>in </Text>
        {model.inputs.map(value).join(', ')}
      </Text>
      <Text wrap="truncate">
        <Text dimColor>out </Text>
        {model.outputs.map(value).join(', ')}
      </Text>
      {lacking.length === 0 ? (
        <Text {...tint(t.good)}>✓ The webgpu engine runs all of its operators.</Text>
      ) : (
        <Text {...tint(t.warn)} wrap="truncate">
          ! The webgpu engine lacks {lacking.join(', ')}; the wasm engine runs the model.
        </Text>
      )}
      <Text> </Text>
      <Text bold>{model.cuts.length > 0 ? 'Where features could leave it' : 'Nothing in it looks like features.'}</Text>
      {windowOf(model.cuts, cut, Math.floor(room / 2)).map(({ item, at }) => (
        <Box key={`${item.name} ${item.pooling}`} flexDirection="column">
          <Text wrap="truncate" bold={at === cut} {...(at === cut ? tint(t.accent) : {})}>
            {at === cut ? '❯ ' : '  '}
            {item.name}
            <Text dimColor>{`  ${item.dimension} features, pooling ${item.pooling}`}</Text>
          </Text>
          <Text dimColor wrap="truncate">{`    ${fit(item.reason, columns - 6).trimEnd()}`}</Text>
        </Box>
      ))}
    </Box>
  );
}
