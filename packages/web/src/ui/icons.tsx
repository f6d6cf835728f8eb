import type { ReactNode } from 'react';

const paths = {
  camera: 'M4 8h3l2-2.5h6L17 8h3v11H4zM12 16.5a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5z',
  upload: 'M12 15V4.5m0 0L8 8.5m4-4 4 4M5 15v4.5h14V15',
  folder: 'M4 6h6l2 2.5h8V19H4z',
  text: 'M5 6h14M5 12h14M5 18h9',
  plus: 'M12 5v14M5 12h14',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  close: 'M6 6l12 12M18 6L6 18',
  undo: 'M9 8H15a4.5 4.5 0 0 1 0 9H8M9 8l3.5-3.5M9 8l3.5 3.5',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7M10.5 11v5M13.5 11v5',
  move: 'M4 12h14m0 0-4.5-4.5M18 12l-4.5 4.5',
  play: 'M8 5.5v13l10.5-6.5z',
  stop: 'M7.5 7.5h9v9h-9z',
  microphone: 'M12 4a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0v-5A2.5 2.5 0 0 1 12 4zM6.5 11.5a5.5 5.5 0 0 0 11 0M12 17v3',
  up: 'M12 19V6m0 0-4.5 4.5M12 6l4.5 4.5',
  down: 'M12 5v13m0 0-4.5-4.5M12 18l4.5-4.5',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  chip: 'M7 7h10v10H7zM10 3.5V7m4-3.5V7m-4 10v3.5m4-3.5v3.5M3.5 10H7m-3.5 4H7m10-4h3.5M17 14h3.5',
  theme: 'M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16',
  download: 'M12 4v10.5m0 0L8 10.5m4 4 4-4M5 15v4.5h14V15',
  code: 'M8.5 7L4 12l4.5 5M15.5 7L20 12l-4.5 5',
  page: 'M4 5h16v14H4zM4 9h16',
  box: 'M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8',
  eye: 'M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  pen: 'M5 19l1-4L16 5l3 3L9 18z',
  lock: 'M7 11h10v8H7zM9 11V8a3 3 0 0 1 6 0v3',
} as const;

export type IconName = keyof typeof paths;

/** A picture that says nothing a word beside it does not. */
export function Icon({ name }: { readonly name: IconName }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

export function Logo(): ReactNode {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" />
      <path d="M7 23 13 9h4l-3 7h4l3-7h4l-6 14h-4l2-5h-4l-2 5z" />
    </svg>
  );
}
