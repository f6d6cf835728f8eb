import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useMessages } from '../../support/messages.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { GivenFile, HeatMap } from '../../worker/protocol.ts';
import { dropTarget, usePicker } from '../capture/pickers.tsx';
import { useController, useStudio } from '../use-studio.ts';
import { Bars } from './bars.tsx';
import { HeatMapLayer } from './heat-map-layer.tsx';
import { usePrediction } from './use-prediction.ts';
import { Stopped } from './waiting.tsx';
import type { Watch } from './watch.ts';

/** One picture, what it is, and where the network sees that. */
export function PicturePrediction({ onWatch }: { readonly onWatch: Watch }): ReactNode {
  const messages = useMessages();
  const controller = useController();
  const model = useStudio((state) => state.model);
  const [picture, setPicture] = useState<{ readonly blob: Blob; readonly url: string }>();
  const [map, setMap] = useState<{ readonly label: string; readonly map: HeatMap }>();
  const [over, setOver] = useState(false);
  const [showMap, setShowMap] = useState(false);
  const take = ([first]: readonly GivenFile[]) => {
    if (!first) return;
    setMap(undefined);
    setPicture({ blob: first.file, url: URL.createObjectURL(first.file) });
  };
  const [picker, pick] = usePicker({ accept: 'image/*', multiple: false, onFiles: take });

  const watching = picture !== undefined;
  useEffect(() => (watching ? onWatch() : undefined), [watching, onWatch]);

  useEffect(() => () => URL.revokeObjectURL(picture?.url ?? ''), [picture]);

  const input = useMemo(() => picture && { picture: picture.blob }, [picture]);
  const { prediction, stopped, again } = usePrediction(input);

  const label = prediction?.label;
  const classIndex = model && label !== undefined ? model.labels.indexOf(label) : -1;
  useEffect(() => {
    if (!showMap || !picture || classIndex < 0 || label === undefined) return;
    let wanted = true;
    controller.worker.call('heatMap', { picture: picture.blob, classIndex }).then(
      (next) => wanted && setMap({ label, map: next }),
      (error: unknown) => {
        setShowMap(false);
        controller.report(error);
      },
    );
    return () => {
      wanted = false;
    };
  }, [controller, showMap, picture, classIndex, label]);

  return (
    <>
      {picker}
      <section
        className={over ? 'picture-drop over' : 'picture-drop'}
        aria-label={messages.dropPicture}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: pictures are pasted here.
        tabIndex={0}
        {...dropTarget(setOver, take)}
        onPaste={(event) => take(Array.from(event.clipboardData.files, (file) => ({ path: file.name, file })))}
      >
        {picture ? (
          <div className="picture-frame">
            <img src={picture.url} alt={messages.picture} />
            {showMap && map && <HeatMapLayer map={map.map} label={messages.heatMapOf(map.label)} />}
          </div>
        ) : (
          <p className="hint">{messages.dropPicture}</p>
        )}
      </section>
      <div className="row">
        <Button icon="upload" onClick={pick}>
          {messages.choosePicture}
        </Button>
        <span className="grow" />
        {model?.heatMap && (
          <Button aria-pressed={showMap} disabled={!prediction} onClick={() => setShowMap(!showMap)}>
            <Icon name="eye" />
            {messages.heatMap}
          </Button>
        )}
      </div>
      {stopped && <Stopped onAgain={again} />}
      <Bars prediction={prediction} />
    </>
  );
}
