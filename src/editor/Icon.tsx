import * as React from 'react';

/** Outlines on a grid of 16 pixels. */
const PATHS = {
  undo: 'M6.5 3 3 6.5 6.5 10M3 6.5h6a4 4 0 0 1 0 8H6.5',
  redo: 'M9.5 3 13 6.5 9.5 10M13 6.5H7a4 4 0 0 0 0 8h2.5',
  tidy: 'M5.5 2.5h5v3h-5zM2 10.5h4.5v3H2zM9.5 10.5H14v3H9.5zM8 5.5V8M4.25 10.5V8h7.5v2.5',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10M5.5 5.5h5v5h-5z',
  palette: 'M2.5 2.5h11v11h-11zM6 2.5v11',
  inside:
    'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3l3.2 3.2M5 7h4M7 5v4',
  link: 'M6.5 9.5l3-3M7 5l2-2a2.8 2.8 0 0 1 4 4l-2 2M9 11l-2 2a2.8 2.8 0 0 1-4-4l2-2',
  open: 'M4 2.5h5l3 3v8H4zM9 2.5v3h3M6 8.5h4M6 11h4',
  code: 'M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5M9 3.5 7 12.5',
  hide: 'M2 8s2-4 6-4 6 4 6 4-2 4-6 4-6-4-6-4zM2.5 13.5l11-11',
  reveal:
    'M2 8s2-4 6-4 6 4 6 4-2 4-6 4-6-4-6-4zM8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z',
  remove: 'M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.5 9h6l.5-9M7 7v4M9 7v4',
  stop: 'M4 4h8v8H4z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  resume: 'M5 3.5l7.5 4.5L5 12.5z',
  inspector: 'M2.5 2.5h11v11h-11zM10 2.5v11'
};

export type IconName = keyof typeof PATHS;

/** An icon in the colour of the text. */
export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg className="jp-kerasviz-Icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
