import { Tabs } from '@base-ui/react/tabs';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useMessages } from '../../support/messages.ts';
import { readableSounds } from '../../support/readable-sounds.ts';
import { Button } from '../../ui/button.tsx';
import type { GivenFile, PredictionResult } from '../../worker/protocol.ts';
import { DevicePicker } from '../capture/device-picker.tsx';
import { dropTarget, usePicker } from '../capture/pickers.tsx';
import { Bars } from '../predict/bars.tsx';
import { usePrediction } from '../predict/use-prediction.ts';
import { Stopped } from '../predict/waiting.tsx';
import type { Watch } from '../predict/watch.ts';
import { useController, useStudio } from '../use-studio.ts';
import { type LevelHandle, LevelView } from './level-view.tsx';
import { MicrophoneTrouble } from './microphone-trouble.tsx';
import { useMicrophone } from './use-microphone.ts';
import { soundWords } from './words.ts';

/** A sound to try the model on: a file, or the microphone with answers that follow. */
export default function SoundPrediction({ onWatch }: { readonly onWatch: Watch }): ReactNode {
  const messages = useMessages();
  const words = soundWords(messages);
  return (
    <Tabs.Root defaultValue="microphone" className="tabs">
      <Tabs.List className="tab-list" part="tabs" aria-label={messages.tryTitle}>
        <Tabs.Tab className="tab" value="microphone">
          {messages.microphone}
        </Tabs.Tab>
        <Tabs.Tab className="tab" value="file">
          {words.file}
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="microphone" className="tab-panel">
        <MicrophonePrediction onWatch={onWatch} />
      </Tabs.Panel>
      <Tabs.Panel value="file" className="tab-panel">
        <FilePrediction onWatch={onWatch} />
      </Tabs.Panel>
    </Tabs.Root>
  );
}

/** The microphone asks for permission, so it waits to be started. */
function MicrophonePrediction({ onWatch }: { readonly onWatch: Watch }): ReactNode {
  const words = soundWords(useMessages());
  const [on, setOn] = useState(false);
  useEffect(() => (on ? onWatch() : undefined), [on, onWatch]);
  if (on) return <Listening onStop={() => setOn(false)} />;
  return (
    <>
      <div className="sound-drop">
        <Button look="primary" icon="microphone" onClick={() => setOn(true)}>
          {words.startListening}
        </Button>
      </div>
      <Bars prediction={undefined} />
    </>
  );
}

/** Seconds of sound that wait for an answer before they are let go: an answer must not lag behind what is heard. */
const mostBehind = 2;
/** Seconds that are sent together. */
const step = 0.1;

function Listening({ onStop }: { readonly onStop: () => void }): ReactNode {
  const messages = useMessages();
  const words = soundWords(messages);
  const controller = useController();
  const hasModel = useStudio((state) => state.model !== undefined);
  const busy = useStudio((state) => state.training !== undefined);
  const level = useRef<LevelHandle>(null);
  const queue = useRef<Float32Array<ArrayBuffer>[]>([]);
  const first = useRef(true);
  const running = useRef(false);
  const [prediction, setPrediction] = useState<PredictionResult>();

  const { rate, failure, retry } = useMicrophone((samples) => {
    level.current?.push(samples, false);
    if (rate === undefined || !hasModel || busy) return;
    queue.current.push(samples);
    void answer(rate);
  });
  useEffect(() => {
    if (rate === undefined || !hasModel || busy) [queue.current, first.current] = [[], true];
  }, [rate, hasModel, busy]);

  const answer = async (ofRate: number) => {
    const waiting = queue.current.reduce((sum, { length }) => sum + length, 0) / ofRate;
    if (waiting > mostBehind) [queue.current, first.current] = [[], true];
    if (running.current || waiting < step || queue.current.length === 0) return;
    running.current = true;
    const samples = joined(queue.current);
    queue.current = [];
    const anew = first.current;
    first.current = false;
    try {
      const heard = await controller.listen({ rate: ofRate, samples }, anew);
      if (heard === 'stopped') onStop();
      else if (heard) setPrediction(heard);
    } catch (error) {
      controller.report(error);
      onStop();
    } finally {
      running.current = false;
    }
  };

  return (
    <>
      {rate === undefined ? <MicrophoneTrouble failure={failure} onRetry={retry} /> : <LevelView ref={level} />}
      <DevicePicker kind="audioinput" label={words.choose} open={rate !== undefined} />
      <div className="row">
        <Button onClick={onStop}>{words.stopListening}</Button>
        <p className="hint grow">{rate === undefined ? '' : words.listening}</p>
      </div>
      <Bars prediction={prediction} />
    </>
  );
}

function joined(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function FilePrediction({ onWatch }: { readonly onWatch: Watch }): ReactNode {
  const messages = useMessages();
  const words = soundWords(messages);
  const controller = useController();
  const playing = useStudio((state) => state.playing);
  const [sound, setSound] = useState<{ readonly name: string; readonly blob: Blob }>();
  const [shape, setShape] = useState<string>();
  const [over, setOver] = useState(false);
  const take = async ([given]: readonly GivenFile[]) => {
    if (!given) return;
    setShape(undefined);
    const [ready] = await readableSounds([given]);
    if (ready) setSound({ name: ready.path.replace(/^.*\//, ''), blob: ready.file });
  };
  const [picker, pick] = usePicker({ accept: 'audio/*,.flac,.oga,.ogg,.opus', multiple: false, onFiles: (files) => void take(files) });

  const watching = sound !== undefined;
  useEffect(() => (watching ? onWatch() : undefined), [watching, onWatch]);

  useEffect(() => {
    if (!sound) return;
    let wanted = true;
    // What cannot be decoded is told by the prediction.
    controller.worker.call('clip', { file: sound.blob }).then(
      ({ samples }) => wanted && setShape(outline(samples)),
      () => undefined,
    );
    return () => {
      wanted = false;
      controller.stopPlaying();
    };
  }, [controller, sound]);

  const input = useMemo(() => sound && { sound: sound.blob }, [sound]);
  const { prediction, stopped, again } = usePrediction(input);

  const heard = sound !== undefined && playing === sound.blob;
  return (
    <>
      {picker}
      <section
        className={over ? 'sound-drop over' : 'sound-drop'}
        aria-label={words.drop}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what is pasted goes to what has the focus.
        tabIndex={0}
        {...dropTarget(setOver, (files) => void take(files))}
        onPaste={(event) => void take(Array.from(event.clipboardData.files, (file) => ({ path: file.name, file })))}
      >
        {sound ? (
          <figure className="sound-frame">
            <svg viewBox="0 0 480 96" role="img" aria-label={words.waveform} preserveAspectRatio="none">
              {shape !== undefined && <path d={shape} />}
            </svg>
            <figcaption className="hint">{sound.name}</figcaption>
          </figure>
        ) : (
          <p className="hint">{words.drop}</p>
        )}
      </section>
      <div className="row">
        <Button icon="upload" onClick={pick}>
          {words.chooseFile}
        </Button>
        <span className="grow" />
        {sound && (
          <Button icon={heard ? 'stop' : 'play'} onClick={() => void controller.play(sound.blob)}>
            {heard ? words.stopPlaying : words.play}
          </Button>
        )}
      </div>
      {stopped && <Stopped onAgain={again} />}
      <Bars prediction={prediction} />
    </>
  );
}

/** The path of a waveform in a box of 480 × 96. */
function outline(samples: Float32Array): string {
  const bars = 120;
  const peaks = Array.from({ length: bars }, (_, bar) => {
    let most = 0;
    const end = Math.ceil(((bar + 1) * samples.length) / bars);
    for (let at = Math.floor((bar * samples.length) / bars); at < end; at++) most = Math.max(most, Math.abs(samples[at] as number));
    return most;
  });
  const loudest = Math.max(0.003, ...peaks);
  return peaks
    .map((peak, bar) => {
      const half = Math.max(1, (peak / loudest) * 44);
      return `M${bar * 4 + 2} ${(48 - half).toFixed(1)}v${(2 * half).toFixed(1)}`;
    })
    .join('');
}
