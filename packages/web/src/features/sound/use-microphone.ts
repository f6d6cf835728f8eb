import { useEffect, useRef, useState } from 'react';
import { useChosenDevice } from '../../support/devices.ts';
import { acquireMicrophone, type MicrophoneFailure, releaseMicrophone } from '../../support/microphone.ts';

interface OpenMicrophone {
  /** Hz; undefined until it is open. */
  readonly rate: number | undefined;
  readonly failure: MicrophoneFailure | undefined;
  retry(): void;
}

/** The microphone as long as the view is there. `onSound` is given what it hears, in small pieces. */
export function useMicrophone(onSound: (samples: Float32Array<ArrayBuffer>) => void): OpenMicrophone {
  const [rate, setRate] = useState<number>();
  const [failure, setFailure] = useState<MicrophoneFailure>();
  const [attempt, setAttempt] = useState(0);
  const device = useChosenDevice('audioinput');
  const listener = useRef(onSound);
  listener.current = onSound;

  // Another device or attempt opens the microphone anew.
  useEffect(() => {
    let end: (() => void) | undefined;
    let wanted = true;
    setFailure(undefined);
    setRate(undefined);
    acquireMicrophone().then(
      (microphone) => {
        if (!wanted) return;
        end = microphone.listen((samples) => listener.current(samples));
        setRate(microphone.rate);
      },
      (error: { readonly failure?: MicrophoneFailure }) => wanted && setFailure(error.failure ?? 'denied'),
    );
    return () => {
      wanted = false;
      end?.();
      releaseMicrophone();
    };
  }, [attempt, device]);

  return { rate, failure, retry: () => setAttempt(attempt + 1) };
}
