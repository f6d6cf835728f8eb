import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useMessages } from '../../support/messages.ts';
import { soundWords } from './words.ts';

/** Takes what is heard, to be drawn. */
export interface LevelHandle {
  push(samples: Float32Array<ArrayBuffer>, recorded: boolean): void;
}

/** Bars on screen: about four seconds at 48 kHz. */
const bars = 180;
/** Decibels below full scale where the meter begins. */
const floor = -60;
/** Pieces of 1024 samples after which silence is worth a word. */
const patience = 140;

/** What the microphone hears as it comes: the last seconds as a waveform, what is recorded of them in colour, and how loud it is. */
export function LevelView({ ref }: { readonly ref: Ref<LevelHandle> }): ReactNode {
  const words = soundWords(useMessages());
  const canvas = useRef<HTMLCanvasElement>(null);
  const meter = useRef<HTMLDivElement>(null);
  const fill = useRef<HTMLDivElement>(null);
  const heard = useRef<{ readonly peak: number; readonly recorded: boolean }[]>([]);
  const quiet = useRef(0);
  const [silent, setSilent] = useState(false);

  useImperativeHandle(
    ref,
    () => ({
      push(samples, recorded) {
        let peak = 0;
        for (const value of samples) peak = Math.max(peak, Math.abs(value));
        heard.current.push({ peak, recorded });
        if (heard.current.length > bars) heard.current.shift();
        quiet.current = peak > 0.0005 ? 0 : quiet.current + 1;
        setSilent(quiet.current > patience);
      },
    }),
    [],
  );

  useEffect(() => {
    let frame = 0;
    let told = -1;
    const draw = () => {
      frame = requestAnimationFrame(draw);
      const recent = heard.current.slice(-4).reduce((most, { peak }) => Math.max(most, peak), 0);
      const share = Math.max(0, Math.min(1, 1 - (20 * Math.log10(Math.max(recent, 1e-6))) / floor));
      if (fill.current) fill.current.style.inlineSize = `${share * 100}%`;
      const percent = Math.round(share * 20) * 5;
      if (percent !== told) meter.current?.setAttribute('aria-valuenow', String(percent));
      told = percent;
      drawBars(canvas.current, heard.current);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, []);

  return (
    <div className="level">
      <canvas ref={canvas} className="level-wave" width={bars * 4} height={96} />
      {/* biome-ignore lint/a11y/useSemanticElements: browsers draw <meter> each in their own way. */}
      <div
        ref={meter}
        className="level-meter"
        role="meter"
        aria-label={words.level}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={0}
        part="progress"
      >
        <div ref={fill} className="level-fill" />
      </div>
      {silent && (
        <p className="hint" role="status">
          {words.silent}
        </p>
      )}
    </div>
  );
}

function drawBars(canvas: HTMLCanvasElement | null, heard: readonly { readonly peak: number; readonly recorded: boolean }[]): void {
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return;
  const { color, accentColor } = getComputedStyle(canvas);
  const { width, height } = canvas;
  context.clearRect(0, 0, width, height);
  heard.forEach(({ peak, recorded }, index) => {
    // The square root lets quiet speech be seen.
    const half = Math.max(1, Math.sqrt(Math.min(1, peak)) * (height / 2 - 2));
    context.fillStyle = recorded ? accentColor : color;
    context.fillRect(width - (heard.length - index) * 4, height / 2 - half, 3, 2 * half);
  });
}
