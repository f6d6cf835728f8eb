import { type ReactNode, useEffect, useRef } from 'react';
import type { HeatMap } from '../../worker/protocol.ts';

/** A heat map over a picture: clear where the class is not seen, warm where it is. */
export function HeatMapLayer({ map, label }: { readonly map: HeatMap; readonly label: string }): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const pixels = context.createImageData(map.width, map.height);
    map.values.forEach((value, place) => {
      pixels.data.set(warmth(value), place * 4);
    });
    context.putImageData(pixels, 0, 0);
  }, [map]);
  const { left, top, width, height } = map.window;
  const share = (part: number) => `${part * 100}%`;
  return (
    <div className="heat-map" style={{ left: share(left), top: share(top), width: share(width), height: share(height) }}>
      <canvas ref={canvas} width={map.width} height={map.height} role="img" aria-label={label} />
    </div>
  );
}

/** From nothing over violet and orange to yellow: RGBA of 0 to 1, readable without seeing red and green apart. */
function warmth(value: number): readonly [number, number, number, number] {
  const stops = [
    [60, 10, 110],
    [190, 40, 100],
    [250, 120, 30],
    [255, 235, 90],
  ] as const;
  const at = value * (stops.length - 1);
  const [from, to] = [stops[Math.floor(at)] ?? stops[0], stops[Math.ceil(at)] ?? stops[3]];
  const between = (channel: 0 | 1 | 2) => Math.round(from[channel] + (to[channel] - from[channel]) * (at % 1));
  return [between(0), between(1), between(2), Math.round(210 * Math.min(1, value * 1.4))];
}
