import { openChosen } from './devices.ts';

/** Why there is no picture from the camera. */
export type CameraFailure = 'denied' | 'none';

let shared: { readonly stream: Promise<MediaStream>; users: number } | undefined;

/** The camera's stream, one for all who want it. Call `releaseCamera` once for each call. */
export function acquireCamera(): Promise<MediaStream> {
  shared ??= { stream: openCamera(), users: 0 };
  shared.users++;
  const own = shared;
  own.stream.catch(() => {
    if (shared === own) shared = undefined;
  });
  return own.stream;
}

/** Turns the camera off when nobody wants it any more. */
export function releaseCamera(): void {
  if (!shared || --shared.users > 0) return;
  const { stream } = shared;
  shared = undefined;
  stream.then((each) => each.getTracks().forEach((track) => void track.stop())).catch(() => undefined);
}

async function openCamera(): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia) throw Object.assign(new Error('no camera'), { failure: 'none' satisfies CameraFailure });
  try {
    return await openChosen('videoinput', { width: { ideal: 640 }, height: { ideal: 480 }, facingMode: { ideal: 'environment' } });
  } catch (error) {
    const none = error instanceof DOMException && (error.name === 'NotFoundError' || error.name === 'OverconstrainedError');
    throw Object.assign(new Error('no camera', { cause: error }), { failure: (none ? 'none' : 'denied') satisfies CameraFailure });
  }
}

/** The middle square of what the camera sees now: what its preview shows. */
export function grabFrame(video: HTMLVideoElement): Promise<ImageBitmap> {
  const { videoWidth, videoHeight } = video;
  const side = Math.min(videoWidth, videoHeight);
  return createImageBitmap(video, (videoWidth - side) / 2, (videoHeight - side) / 2, side, side);
}
