import type { ReactNode } from 'react';

/** How far something is. `value` left out, it only says that it goes on. */
export function Meter({ value, label }: { readonly value?: number | undefined; readonly label: string }): ReactNode {
  const shown = value === undefined ? undefined : Math.min(100, Math.max(0, Math.round(value * 100)));
  return (
    <div
      className={shown === undefined ? 'meter endless' : 'meter'}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={shown}
      part="progress"
    >
      <div className="meter-fill" style={shown === undefined ? {} : { inlineSize: `${shown}%` }} />
    </div>
  );
}
