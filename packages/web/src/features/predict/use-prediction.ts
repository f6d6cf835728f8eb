import { useEffect, useState } from 'react';
import type { PredictionInput, PredictionResult } from '../../worker/protocol.ts';
import { useController, useStudio } from '../use-studio.ts';

interface Predicted {
  readonly prediction: PredictionResult | undefined;
  /** Whether somebody stopped it before there was an answer. */
  readonly stopped: boolean;
  again(): void;
}

/**
 * What something is, asked anew when it or the model changes.
 * @param input the same object as long as it is the same thing
 * @param steady whether the answer before is shown until the next one comes
 */
export function usePrediction(input: PredictionInput | undefined, steady = false): Predicted {
  const controller = useController();
  const model = useStudio((state) => state.model);
  const [prediction, setPrediction] = useState<PredictionResult>();
  const [stopped, setStopped] = useState(false);
  const [attempt, setAttempt] = useState(0);

  // Another attempt asks again.
  useEffect(() => {
    setStopped(false);
    if (!input || !model) return setPrediction(undefined);
    if (!steady) setPrediction(undefined);
    let wanted = true;
    controller.predict(input).then((next) => {
      if (!wanted) return;
      setPrediction(next);
      setStopped(next === undefined);
    }, controller.report);
    return () => {
      wanted = false;
    };
  }, [controller, input, model, attempt, steady]);

  return { prediction, stopped, again: () => setAttempt(attempt + 1) };
}
