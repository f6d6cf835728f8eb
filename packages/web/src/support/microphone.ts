import { openChosen } from './devices.ts';
import recorder from './recorder.worklet.ts?worker&url';

/** Why nothing is heard. */
export type MicrophoneFailure = 'denied' | 'none' | 'insecure';

/** An open microphone. */
export interface Microphone {
  /** Samples a second, Hz. */
  readonly rate: number;
  /** @returns what ends it */
  listen(listener: (samples: Float32Array<ArrayBuffer>) => void): () => void;
}

interface Open extends Microphone {
  close(): void;
}

let shared: { readonly opened: Promise<Open>; users: number } | undefined;

/** The chosen microphone, one for all who want it. Call `releaseMicrophone` once for each call. */
export function acquireMicrophone(): Promise<Microphone> {
  shared ??= { opened: openMicrophone(), users: 0 };
  shared.users++;
  const own = shared;
  own.opened.catch(() => {
    if (shared === own) shared = undefined;
  });
  return own.opened;
}

/** Turns the microphone off when nobody wants it any more. */
export function releaseMicrophone(): void {
  if (!shared || --shared.users > 0) return;
  const { opened } = shared;
  shared = undefined;
  opened.then((each) => each.close()).catch(() => undefined);
}

async function openMicrophone(): Promise<Open> {
  const stream = await openStream();
  const context = new AudioContext();
  const close = () => {
    for (const track of stream.getTracks()) track.stop();
    void context.close();
  };
  try {
    // Browsers that want a click first never answer this; what is heard then is silence, which the page tells.
    void context.resume();
    await context.audioWorklet.addModule(recorder);
    const source = context.createMediaStreamSource(stream);
    const node = new AudioWorkletNode(context, 'headstart-recorder', { numberOfOutputs: 0 });
    source.connect(node);
    const listeners = new Set<(samples: Float32Array<ArrayBuffer>) => void>();
    node.port.onmessage = ({ data }: MessageEvent<Float32Array<ArrayBuffer>>) => {
      for (const listener of listeners) listener(data);
    };
    return {
      rate: context.sampleRate,
      close,
      listen(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}

async function openStream(): Promise<MediaStream> {
  const fail = (failure: MicrophoneFailure, cause?: unknown) => Object.assign(new Error('no microphone', { cause }), { failure });
  if (!navigator.mediaDevices?.getUserMedia) throw fail(isSecureContext ? 'none' : 'insecure');
  // What calls want of a microphone, such as taking noise away, changes the sounds that are to be learned.
  try {
    return await openChosen('audioinput', { echoCancellation: false, noiseSuppression: false, autoGainControl: false });
  } catch (error) {
    const none = error instanceof DOMException && (error.name === 'NotFoundError' || error.name === 'OverconstrainedError');
    throw fail(none ? 'none' : 'denied', error);
  }
}
