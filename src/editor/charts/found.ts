/** Stretches of curves that something was found by, as Plotly draws them. */
import type { Annotations, Shape } from 'plotly.js';
import type { IDrawnRun, Severity } from '../../core';
import { type Axis, positions } from './axis';
import { plotText } from './charttext';
import type { IChartTheme } from './theme';

/** A stretch of a curve of the run that is followed. */
export interface IFound {
  /** As the history names it; that of validation begins with `val_`. */
  metric: string;
  /** Epochs, counted from 1. */
  first: number;
  last: number;
  severity: Severity;
  /** What was found, for people, in a few words. */
  label: string;
  /** The code of the hint. */
  code: string;
  isPointed: boolean;
  /** Tells more of it. */
  onOpen(): void;
}

/** What of it is seen in the chart of a metric. */
export function foundIn(
  found: readonly IFound[],
  metric: string
): readonly IFound[] {
  return found.filter(each => [metric, `val_${metric}`].includes(each.metric));
}

/** A band behind each stretch, from the end of the epoch before. */
export function bands(
  found: readonly IFound[],
  run: IDrawnRun,
  axis: Axis,
  scale: number,
  theme: IChartTheme
): Partial<Shape>[] {
  return found.map(each => {
    const [x0, x1] = ends(each, run, axis, scale);
    return {
      type: 'rect',
      layer: 'below',
      yref: 'paper',
      x0,
      x1,
      y0: 0,
      y1: 1,
      fillcolor: theme.severities[each.severity],
      opacity: each.isPointed ? 0.3 : 0.12,
      line: { width: 0 }
    };
  });
}

/** The name of each, at the bottom of its band; a click on it tells more. */
export function labels(
  found: readonly IFound[],
  run: IDrawnRun,
  axis: Axis,
  scale: number,
  theme: IChartTheme
): Partial<Annotations>[] {
  return found.map((each, i) => {
    const [x0, x1] = ends(each, run, axis, scale);
    return {
      x: (x0 + x1) / 2,
      yref: 'paper',
      y: 0,
      yshift: 16 * i,
      yanchor: 'bottom',
      showarrow: false,
      captureevents: true,
      text: plotText(each.label),
      hovertext: plotText(each.code),
      font: { color: theme.text, family: theme.font, size: 10 },
      bgcolor: theme.background,
      bordercolor: theme.severities[each.severity],
      borderpad: 2
    };
  });
}

function ends(
  { first, last }: IFound,
  run: IDrawnRun,
  axis: Axis,
  scale: number
): [number, number] {
  const x = [Math.max(first - 1, 0), last];
  const [start, end] = positions({ x, y: [] }, 'epoch', axis, run.clock) ?? x;
  return [start / scale, end / scale];
}
