import { fileSize, type Messages } from '../../support/messages.ts';
import type { TrainEvent } from '../../worker/protocol.ts';

/** What goes on, and how it goes: two lines for people. */
export function progressText(event: TrainEvent, messages: Messages): { readonly title: string; readonly detail: string } {
  switch (event.phase) {
    case 'backbone': {
      const { file, bytes, total } = event.progress;
      const detail = total === undefined ? fileSize(messages, bytes) : `${fileSize(messages, bytes)} / ${fileSize(messages, total)}`;
      return { title: messages.phaseBackbone(file.replace(/^.*\//, '')), detail };
    }
    case 'loading':
      return { title: messages.phaseLoading, detail: ' ' };
    case 'features': {
      const { done, total, rate, secondsLeft } = event.progress;
      const parts = [
        `${done.toLocaleString(messages.tag)} / ${total.toLocaleString(messages.tag)}`,
        ...(rate > 0 ? [messages.rate(rate)] : []),
        ...(secondsLeft === undefined || rate === 0 ? [] : [messages.timeLeft(secondsLeft)]),
      ];
      return { title: messages.phaseFeatures, detail: parts.join(' · ') };
    }
    case 'head': {
      const { phase, l2, iteration, objective } = event.progress;
      const title = phase === 'fit' ? messages.phaseFit : messages.phaseSweep(l2.toPrecision(2));
      return { title, detail: messages.curveText(objective.toFixed(3), iteration) };
    }
    case 'evaluate':
      return { title: messages.phaseEvaluate, detail: ' ' };
  }
}

/** Share done, 0 to 1; undefined where nobody knows. */
export function progressValue(event: TrainEvent): number | undefined {
  if (event.phase === 'features') return event.progress.total > 0 ? event.progress.done / event.progress.total : undefined;
  if (event.phase === 'backbone' && event.progress.total) return event.progress.bytes / event.progress.total;
  return undefined;
}
