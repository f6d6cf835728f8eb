import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { grabFrame } from '../../support/camera.ts';
import { useMessages } from '../../support/messages.ts';
import { Button } from '../../ui/button.tsx';
import type { PredictionResult } from '../../worker/protocol.ts';
import { CameraView } from '../capture/camera-view.tsx';
import { useController, useStudio } from '../use-studio.ts';
import { Bars } from './bars.tsx';
import type { Watch } from './watch.ts';

/** Predictions on what the camera sees, one after another as fast as they come. */
export function CameraPrediction({ onWatch }: { readonly onWatch: Watch }): ReactNode {
  const messages = useMessages();
  const [on, setOn] = useState(true);
  useEffect(() => (on ? onWatch() : undefined), [on, onWatch]);
  const stop = useCallback(() => setOn(false), []);
  if (on) return <Watching onStop={stop} />;
  return (
    <div className="camera-off">
      <Button look="primary" icon="camera" onClick={() => setOn(true)}>
        {messages.startCamera}
      </Button>
    </div>
  );
}

function Watching({ onStop }: { readonly onStop: () => void }): ReactNode {
  const messages = useMessages();
  const controller = useController();
  const hasModel = useStudio((state) => state.model !== undefined);
  const busy = useStudio((state) => state.training !== undefined);
  const video = useRef<HTMLVideoElement>(null);
  const [ready, setReady] = useState(false);
  const [prediction, setPrediction] = useState<PredictionResult>();

  useEffect(() => {
    if (!ready || !hasModel || busy) return;
    let wanted = true;
    const watch = async () => {
      while (wanted && video.current) {
        const next = await controller.predict({ picture: await grabFrame(video.current) });
        if (!next) return onStop();
        if (wanted) setPrediction(next);
        // A hidden tab is told of no frames: it rests.
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    };
    watch().catch((error: unknown) => {
      if (wanted) controller.report(error);
    });
    return () => {
      wanted = false;
    };
  }, [controller, ready, hasModel, busy, onStop]);

  return (
    <>
      <CameraView ref={video} onReady={setReady} />
      <div className="row">
        <Button onClick={onStop}>{messages.stopCamera}</Button>
      </div>
      <Bars prediction={prediction} />
    </>
  );
}
