/** Modules that come without types. */

/** The text of an SVG, as the builder gives it. */
declare module '*.svg' {
  const svg: string;
  export default svg;
}

declare module 'plotly.js-basic-dist-min' {
  export * from 'plotly.js';
  const plotly: typeof import('plotly.js');
  export default plotly;
}
