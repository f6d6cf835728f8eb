import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useMessages } from '../../support/messages.ts';
import { Button } from '../../ui/button.tsx';
import { Meter } from '../../ui/meter.tsx';
import { DevicePicker } from '../capture/device-picker.tsx';
import { useController } from '../use-studio.ts';
import { ClipCutter, type CutPlan, type CutProgress } from './clip-cutter.ts';
import { type LevelHandle, LevelView } from './level-view.tsx';
import { MicrophoneTrouble } from './microphone-trouble.tsx';
import { useMicrophone } from './use-microphone.ts';
import { soundWords } from './words.ts';

/** Longer sounds become several clips: backbones take no more at once. */
const longest = 10;

/** The microphone, a button that records as long as it is held, and series of clips of one length. */
export default function SoundCapture({ classId, onClose }: { readonly classId: string; readonly onClose: () => void }): ReactNode {
  const messages = useMessages();
  const words = soundWords(messages);
  const controller = useController();
  const level = useRef<LevelHandle>(null);
  const cutter = useRef<ClipCutter>(undefined);
  const [progress, setProgress] = useState<CutProgress>();
  const [mode, setMode] = useState<'hold' | 'series'>();
  const [count, setCount] = useState(10);
  const [seconds, setSeconds] = useState(2);
  const [short, setShort] = useState(false);

  const end = () => {
    const long = cutter.current?.stop() ?? true;
    cutter.current = undefined;
    setMode(undefined);
    setProgress(undefined);
    setShort(!long);
  };
  const { rate, failure, retry } = useMicrophone((samples) => {
    const cutting = cutter.current;
    cutting?.push(samples);
    level.current?.push(samples, cutting?.progress.recording ?? false);
    if (cutting?.finished) end();
    else if (cutting) setProgress(cutting.progress);
  });
  const begin = (as: 'hold' | 'series', plan: CutPlan) => {
    if (rate === undefined || cutter.current) return;
    controller.stopPlaying();
    let first = true;
    cutter.current = new ClipCutter(rate, plan, (samples) => {
      controller.addClip(classId, { rate, samples }, first).catch(controller.report);
      first = false;
    });
    setShort(false);
    setMode(as);
    setProgress(cutter.current.progress);
  };
  const hold = () => begin('hold', { count: Number.POSITIVE_INFINITY, seconds: longest, pause: 0 });
  const release = () => mode === 'hold' && end();
  useEffect(() => () => void cutter.current?.stop(), []);

  return (
    <div className="sound-capture">
      {rate === undefined ? <MicrophoneTrouble failure={failure} onRetry={retry} /> : <LevelView ref={level} />}
      <DevicePicker kind="audioinput" label={words.choose} open={rate !== undefined} />
      <div className="row">
        <Button
          look="primary"
          className="hold"
          disabled={rate === undefined || mode === 'series'}
          aria-pressed={mode === 'hold'}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            hold();
          }}
          onPointerUp={release}
          onPointerCancel={release}
          onKeyDown={(event) => {
            if ((event.key === ' ' || event.key === 'Enter') && !event.repeat) hold();
          }}
          onKeyUp={release}
          onBlur={release}
          onContextMenu={(event) => event.preventDefault()}
        >
          {mode === 'hold' ? words.recording(progress?.done ?? 0) : words.holdToRecord}
        </Button>
        <Button look="quiet" icon="close" label={words.close} onClick={onClose} />
      </div>
      {short && (
        <p className="hint" role="status">
          {words.tooShort}
        </p>
      )}
      {mode === 'series' && progress ? (
        <div className="series">
          <p className={progress.recording ? 'series-now' : ''} role="status">
            {(progress.recording ? words.now : words.ready)(progress.done + 1, count)}
          </p>
          <Meter label={words.series} value={progress.recording ? progress.share : 0} />
          <Button onClick={end}>{words.stop}</Button>
        </div>
      ) : (
        <fieldset className="series-form" disabled={mode !== undefined}>
          <legend>{words.series}</legend>
          <input
            type="number"
            aria-label={words.clips}
            min={1}
            max={100}
            value={count}
            onChange={(event) =>
              Number.isSafeInteger(event.target.valueAsNumber) && setCount(Math.min(100, Math.max(1, event.target.valueAsNumber)))
            }
          />
          <span>{words.seriesOf}</span>
          <select aria-label={words.seconds} value={seconds} onChange={(event) => setSeconds(Number(event.target.value))}>
            {[1, 2, 3, 5, 10].map((each) => (
              <option key={each} value={each}>
                {words.second(each)}
              </option>
            ))}
          </select>
          <Button disabled={rate === undefined} onClick={() => begin('series', { count, seconds, pause: 0.7 })}>
            {words.start}
          </Button>
        </fieldset>
      )}
    </div>
  );
}
