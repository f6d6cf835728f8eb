import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { acquireCamera, type CameraFailure, releaseCamera } from '../../support/camera.ts';
import { useChosenDevice } from '../../support/devices.ts';
import { useMessages } from '../../support/messages.ts';
import { Button } from '../../ui/button.tsx';
import { DevicePicker } from './device-picker.tsx';

interface CameraViewProps {
  readonly ref: Ref<HTMLVideoElement>;
  readonly onReady: (ready: boolean) => void;
}

/** What the camera sees, as a mirror where it looks at its user; or why it sees nothing, and what to do. */
export function CameraView({ ref, onReady }: CameraViewProps): ReactNode {
  const messages = useMessages();
  const video = useRef<HTMLVideoElement>(null);
  const [failure, setFailure] = useState<CameraFailure>();
  const [attempt, setAttempt] = useState(0);
  const device = useChosenDevice('videoinput');
  const [seen, setSeen] = useState(false);
  const [mirrored, setMirrored] = useState(true);
  useImperativeHandle(ref, () => video.current as HTMLVideoElement, []);

  // Another device or attempt opens the camera anew.
  useEffect(() => {
    let wanted = true;
    setFailure(undefined);
    acquireCamera().then(
      (stream) => {
        if (!wanted || !video.current) return;
        video.current.srcObject = stream;
        setMirrored(stream.getVideoTracks()[0]?.getSettings().facingMode !== 'environment');
        void video.current.play().catch(() => undefined);
      },
      (error: { readonly failure?: CameraFailure }) => wanted && setFailure(error.failure ?? 'denied'),
    );
    return () => {
      wanted = false;
      onReady(false);
      releaseCamera();
    };
  }, [attempt, device, onReady]);

  return (
    <>
      <div className="camera-view" part="camera">
        {failure === undefined ? (
          <>
            <video
              ref={video}
              className={mirrored ? 'mirrored' : ''}
              muted
              playsInline
              aria-label={messages.camera}
              onPlaying={() => {
                setSeen(true);
                onReady(true);
              }}
            />
            {!seen && <p className="camera-wait">{messages.cameraStarting}</p>}
          </>
        ) : (
          <div className="camera-wait" role="alert">
            <p>{failure === 'none' ? messages.cameraNone : messages.cameraDenied}</p>
            <Button onClick={() => setAttempt(attempt + 1)}>{messages.tryAgain}</Button>
          </div>
        )}
      </div>
      <DevicePicker kind="videoinput" label={messages.chooseCamera} open={seen} />
    </>
  );
}
