import { type ReactNode, useEffect, useRef, useState } from 'react';
import { grabFrame } from '../../support/camera.ts';
import { useMessages } from '../../support/messages.ts';
import { Button } from '../../ui/button.tsx';
import { useController } from '../use-studio.ts';
import { CameraView } from './camera-view.tsx';

/** Milliseconds between the pictures of a recording: neighbours that are nearly the same teach little. */
const interval = 125;

/** The camera, and a button that records as long as it is held. */
export function CameraCapture({ classId, onClose }: { readonly classId: string; readonly onClose: () => void }): ReactNode {
  const messages = useMessages();
  const controller = useController();
  const video = useRef<HTMLVideoElement>(null);
  const held = useRef(false);
  const running = useRef(false);
  const [count, setCount] = useState<number>();
  const [ready, setReady] = useState(false);

  const record = async () => {
    held.current = true;
    if (running.current) return;
    running.current = true;
    try {
      for (let taken = 0; held.current; ) {
        const started = performance.now();
        if (!video.current) break;
        await controller.addFrame(classId, await grabFrame(video.current), taken === 0);
        setCount(++taken);
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, interval - (performance.now() - started))));
      }
    } catch (error) {
      controller.report(error);
    } finally {
      running.current = false;
      setCount(undefined);
    }
  };
  const stop = () => {
    held.current = false;
  };
  useEffect(() => stop, []);

  return (
    <div className="camera-capture">
      <CameraView ref={video} onReady={setReady} />
      <div className="row">
        <Button
          look="primary"
          className="hold"
          disabled={!ready}
          aria-pressed={count !== undefined}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            void record();
          }}
          onPointerUp={stop}
          onPointerCancel={stop}
          onKeyDown={(event) => {
            if ((event.key === ' ' || event.key === 'Enter') && !event.repeat) void record();
          }}
          onKeyUp={stop}
          onBlur={stop}
          onContextMenu={(event) => event.preventDefault()}
        >
          {count === undefined ? messages.holdToRecord : messages.recording(count)}
        </Button>
        <Button look="quiet" icon="close" label={messages.closeCamera} onClick={onClose} />
      </div>
    </div>
  );
}
