/** The curves of one run in one chart, as Plotly draws them. */
import type { PlotData } from 'plotly.js';
import { isCrowd, type ISeries, type ITranslation } from '../../core';
import { type Axis, type Count, positions } from './axis';
import { plotText } from './charttext';
import type { IChartsView } from './viewing';
import type { ILine } from './data';
import { smoothed } from './smoothing';
import type { IChartTheme } from './theme';
import { thinned } from './thinning';

/** Points in all curves of a kind in one chart, and in each: more would cost frames, and be finer than the screen. */
const MOST_POINTS = 6000;
const MOST_OF_ONE = 2000;
const FEWEST_OF_ONE = 100;

/** Runs of the same colour have other marks. */
const SYMBOLS = ['circle', 'square', 'triangle-up', 'x'];

/** How much is seen of a run while the pointer is on another one. */
const STEPPED_BACK = 0.15;

/** Left out of what a pointer is told. */
const UNSAID = { hoverinfo: 'skip', hovertemplate: undefined } as const;

export interface ITraceOptions {
  metric: string;
  /** Runs that are drawn. */
  count: number;
  axis: Axis;
  /** Of what a clock tells to what the axis shows. */
  scale: number;
  view: IChartsView;
  theme: IChartTheme;
  trans: ITranslation;
}

/** One of the curves of a line. */
interface ICurve {
  series: ISeries;
  counted: Count;
  name: string;
  trace: Partial<PlotData>;
}

/** Batches thin, epochs with marks, validation dashed; where they are smoothed, each once more, and the raw one faint. */
export function traces(
  line: ILine,
  options: ITraceOptions
): Partial<PlotData>[] {
  const { hidden, smoothing } = options.view;
  if (hidden.has(line.run.id)) {
    return [];
  }
  const shown = curves(line, options);
  if (isCrowd(options.count)) {
    return shown.map(curve => ({
      ...trace(
        { ...curve, series: smoothed(curve.series, smoothing) },
        line,
        options
      ),
      mode: curve.series.x.length === 1 ? 'markers' : 'lines'
    }));
  }
  return smoothing === 0
    ? shown.map(curve => trace(curve, line, options))
    : shown.flatMap(curve => [
        {
          ...trace(curve, line, options),
          opacity: 0.2,
          ...UNSAID
        },
        {
          ...trace(
            { ...curve, series: smoothed(curve.series, smoothing) },
            line,
            options
          ),
          mode: 'lines' as const
        }
      ]);
}

function curves(line: ILine, options: ITraceOptions): ICurve[] {
  const { count, metric, theme, trans, view } = options;
  const { run } = line;
  const color = theme.runs[run.color % theme.runs.length];
  const other = count === 1 ? theme.validation : color;
  const symbol =
    SYMBOLS[Math.floor(run.color / theme.runs.length) % SYMBOLS.length];
  const named = (alone: string, among: string) =>
    plotText(count === 1 ? alone : among);
  const all: { [part: string]: ICurve } = {
    batches: {
      series: line.batch,
      counted: 'batch',
      name: named(
        trans.__('%1, each batch', metric),
        trans.__('%1, each batch', run.name)
      ),
      trace: {
        mode: line.batch.x.length === 1 ? 'markers' : 'lines',
        ...(count === 1 ? { opacity: 0.45 } : { opacity: 0.3, ...UNSAID }),
        line: { color, width: 1 },
        marker: { color, size: 3 }
      }
    },
    training: {
      series: line.epoch,
      counted: 'epoch',
      name: named(metric, run.name),
      trace: {
        mode: 'lines+markers',
        line: { color, width: 2 },
        marker: { color, size: 5, symbol }
      }
    },
    validation: {
      series: line.validation,
      counted: 'epoch',
      name: named(`val_${metric}`, trans.__('%1, validation', run.name)),
      trace: {
        mode: 'lines+markers',
        line: { color: other, width: 2, dash: 'dash' },
        marker: { color: other, size: 5, symbol: 'diamond' }
      }
    }
  };
  return Object.entries(all)
    .filter(
      ([part]) =>
        !view.hidden.has(part) && !(part === 'batches' && isCrowd(count))
    )
    .map(([, curve]) => curve);
}

function trace(
  { series, counted, name, trace }: ICurve,
  { run }: ILine,
  { axis, count, scale, view: { pointed, hidden } }: ITraceOptions
): Partial<PlotData> {
  const share = Math.floor(MOST_POINTS / count);
  const most = Math.max(FEWEST_OF_ONE, Math.min(MOST_OF_ONE, share));
  const few = thinned(series, most);
  const x = positions(few, counted, axis, run.clock);
  return {
    type: 'scatter',
    name,
    ...{ meta: run.id }, // which Plotly's types leave out
    x: x?.map(position => position / scale) ?? [],
    y: x ? few.y : [],
    connectgaps: false,
    hovertemplate: '%{y:.5~g}',
    ...trace,
    ...(pointed !== null &&
      pointed !== run.id &&
      !hidden.has(pointed) && { opacity: (trace.opacity ?? 1) * STEPPED_BACK })
  };
}
