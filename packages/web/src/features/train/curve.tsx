import type { ReactNode } from 'react';
import { useMessages } from '../../support/messages.ts';
import type { CurvePoint } from '../state.ts';

const [width, height, pad] = [300, 96, 6];

/** The loss of every strength tried, and of the last fit, as they come in. */
export function Curve({ points }: { readonly points: readonly CurvePoint[] }): ReactNode {
  const messages = useMessages();
  const lines = [...Map.groupBy(points, ({ phase, l2 }) => `${phase} ${l2}`).values()];
  // Weak strengths end far below strong ones: on a logarithmic axis all of them are seen.
  const heights = points.map(({ objective }) => logarithm(objective));
  const [low, high] = [heights.reduce((a, b) => Math.min(a, b), Infinity), heights.reduce((a, b) => Math.max(a, b), -Infinity)];
  const longest = points.reduce((most, { iteration }) => Math.max(most, iteration), 2);
  const x = (iteration: number) => pad + ((iteration - 1) / (longest - 1)) * (width - 2 * pad);
  const y = (objective: number) => pad + (high > low ? (high - logarithm(objective)) / (high - low) : 0.5) * (height - 2 * pad);
  const last = points.at(-1);
  const label = last ? messages.curveText(last.objective.toFixed(3), last.iteration) : '';
  return (
    <figure className="curve" part="curve">
      <figcaption>
        <span>{messages.curve}</span>
        <span className="hint">{label}</span>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${messages.curve}: ${label}`} preserveAspectRatio="none">
        <title>{messages.curve}</title>
        {lines.map((line, index) => (
          <polyline
            key={`${line[0]?.phase} ${line[0]?.l2}`}
            className={index === lines.length - 1 ? 'now' : 'before'}
            points={line.map(({ iteration, objective }) => `${x(iteration).toFixed(1)},${y(objective).toFixed(1)}`).join(' ')}
          />
        ))}
      </svg>
    </figure>
  );
}

function logarithm(objective: number): number {
  return Math.log(Number.isFinite(objective) ? Math.max(objective, 1e-6) : 1);
}
