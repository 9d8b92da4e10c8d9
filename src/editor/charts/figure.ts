/** The Plotly figure of one chart. */
import type { Config, Layout, PlotData, Shape } from 'plotly.js';
import { isCrowd, say, type IDrawnRun, type ITranslation } from '../../core';
import { type Axis, epochAt, positions } from './axis';
import { plotText } from './charttext';
import type { IChartsView } from './viewing';
import { traces } from './curvetraces';
import type { IChartData } from './data';
import { bands, foundIn, type IFound, labels } from './found';
import { plotlyWords } from './plotlywords';
import type { IChartTheme } from './theme';

/** An epoch of one of the runs that are drawn. */
export interface IChosenEpoch {
  run: string;
  /** Null for the end of the run. */
  epoch: number | null;
}

export interface IFigure {
  data: Partial<PlotData>[];
  layout: Partial<Layout>;
  config: Partial<Config>;
}

export interface IFigureOptions {
  chart: IChartData;
  /** Runs that are drawn, in this chart or another. */
  count: number;
  view: IChartsView;
  /** What was found in the curves of the run that is followed. */
  found?: readonly IFound[];
  /** Marked by a line. */
  chosen?: IChosenEpoch | null;
  theme: IChartTheme;
  trans: ITranslation;
}

interface IFrame {
  runs: IDrawnRun[];
  axis: Axis;
  /** Where the last run ends. */
  end: number;
  /** Of what a clock tells to what the axis shows. */
  scale: number;
  title: string;
}

/** Marks in one chart; the last ones. */
const MOST_MARKS = 40;

/** Seconds of what time is counted in, and from how many of them on. */
const MINUTE = 60;
const HOUR = 3600;
const LONG = 3;

/**
 * Draws batches and epochs on one axis; where it counts epochs, epoch `n` ends at `n`. While the batches in an
 * epoch are not known, before the first epoch of a generator ends, the axis counts batches.
 */
export function figure(options: IFigureOptions): IFigure {
  const { chart, view, chosen, theme, trans } = options;
  const { runs, axis, end, scale, title } = frameOf(options);
  const followed = runs.find(run => run.isFollowed);
  const found = followed ? foundIn(options.found ?? [], chart.metric) : [];
  const grid = { gridcolor: theme.grid, zeroline: false };
  return {
    data: chart.lines.flatMap(line =>
      traces(line, {
        ...options,
        metric: chart.metric,
        axis,
        scale
      })
    ),
    layout: {
      uirevision: [runs[0]?.id, axis, view.logX, view.logY].join(' '),
      showlegend: false,
      // All values at one place; of very many runs they would cover the chart.
      hovermode: isCrowd(options.count) ? 'closest' : 'x unified',
      hoverdistance: 40,
      hoverlabel: {
        bgcolor: theme.background,
        bordercolor: theme.grid,
        namelength: 40,
        font: { color: theme.text, family: theme.font, size: 11 }
      },
      dragmode: 'zoom',
      margin: { l: 48, r: 8, t: 8, b: 36 },
      paper_bgcolor: 'transparent',
      plot_bgcolor: 'transparent',
      modebar: {
        bgcolor: 'transparent',
        color: theme.grid,
        activecolor: theme.text
      },
      font: { color: theme.text, family: theme.font, size: 11 },
      xaxis: {
        ...grid,
        title: { text: title },
        hoverformat: '.3~f',
        ...(view.logX
          ? { type: 'log', nticks: 6 }
          : {
              type: 'linear',
              rangemode: 'tozero',
              autorangeoptions: { include: end / scale }
            })
      },
      yaxis: {
        ...grid,
        ...(view.logY ? { type: 'log', nticks: 5 } : { type: 'linear' }),
        automargin: true
      },
      shapes: [
        ...(followed ? bands(found, followed, axis, scale, theme) : []),
        ...runs.flatMap(run => [
          ...marks(run, axis, scale, end, theme),
          ...(chosen?.run === run.id
            ? [epochLine(run, chosen.epoch, axis, scale, theme)]
            : [])
        ])
      ],
      annotations: followed ? labels(found, followed, axis, scale, theme) : []
    },
    config: {
      ...plotlyWords(trans),
      displaylogo: false,
      typesetMath: false,
      responsive: false,
      displayModeBar: 'hover',
      modeBarButtons: [['toImage', 'pan2d', 'zoom2d', 'resetScale2d']],
      toImageButtonOptions: { filename: 'kerasviz' }
    }
  };
}

/**
 * The epoch that a place in a chart is in.
 *
 * @returns Null where the clock of the run does not tell.
 */
export function epochOf(
  place: number,
  run: IDrawnRun,
  options: Pick<IFigureOptions, 'chart' | 'view' | 'trans'>
): number | null {
  const { axis, scale } = frameOf(options);
  return epochAt(place * scale, axis, run.clock);
}

/** What is drawn, and along what. */
function frameOf({
  chart,
  view,
  trans
}: Pick<IFigureOptions, 'chart' | 'view' | 'trans'>): IFrame {
  const runs = chart.lines
    .map(line => line.run)
    .filter(({ id }) => !view.hidden.has(id));
  const isUncounted = runs.some(({ clock }) => clock.ends.x.length === 0);
  const axis = view.axis === 'epoch' && isUncounted ? 'step' : view.axis;
  const end = Math.max(0, ...runs.map(run => position(run, run.step, axis)));
  return { runs, axis, end, ...unit(axis, end, trans) };
}

/** Where a run was after a number of batches; 0 where its clock does not tell. */
function position(run: IDrawnRun, step: number, axis: Axis): number {
  const series = { x: [step], y: [null] };
  return positions(series, 'batch', axis, run.clock)?.[0] ?? 0;
}

/** What the axis counts, for people, and how much of what the clock tells one of it is. */
function unit(
  axis: Axis,
  end: number,
  trans: ITranslation
): { scale: number; title: string } {
  if (axis !== 'time') {
    const title = axis === 'epoch' ? trans.__('Epoch') : trans.__('Batch');
    return { scale: 1, title };
  }
  if (end < LONG * MINUTE) {
    return { scale: 1, title: trans.__('Time in seconds') };
  }
  return end < LONG * HOUR
    ? { scale: MINUTE, title: trans.__('Time in minutes') }
    : { scale: HOUR, title: trans.__('Time in hours') };
}

/** A vertical line at the end of an epoch. */
function epochLine(
  run: IDrawnRun,
  epoch: number | null,
  axis: Axis,
  scale: number,
  theme: IChartTheme
): Partial<Shape> {
  const series = { x: [epoch ?? 0], y: [null] };
  const x =
    (epoch === null
      ? position(run, run.step, axis)
      : (positions(series, 'epoch', axis, run.clock)?.[0] ?? 0)) / scale;
  return {
    type: 'line',
    name: 'epoch',
    x0: x,
    x1: x,
    yref: 'paper',
    y0: 0,
    y1: 1,
    line: { color: theme.text, width: 2 }
  };
}

/** Vertical lines where something happened in a run, with what it was. */
function marks(
  run: IDrawnRun,
  axis: Axis,
  scale: number,
  end: number,
  theme: IChartTheme
): Partial<Shape>[] {
  const color = theme.runs[run.color % theme.runs.length];
  return run.marks.slice(-MOST_MARKS).map(({ step, sentence }) => {
    const x = position(run, step, axis) / scale;
    return {
      type: 'line',
      x0: x,
      x1: x,
      yref: 'paper',
      y0: 0,
      y1: 1,
      line: { color, width: 1, dash: 'dot' },
      label: {
        text: plotText(say(sentence)),
        textposition: 'end',
        textangle: 0,
        // Where there is more room for it.
        xanchor: x * scale > end / 2 ? 'right' : 'left',
        yanchor: 'top',
        font: { color: theme.text, family: theme.font, size: 10 }
      }
    };
  });
}
