/** The Plotly figure of one chart. */
import type { Config, Layout, PlotData } from 'plotly.js';
import type { ISeries, ITranslation } from '../../core';
import type { IChartData } from './data';
import { plotText } from './charttext';
import { plotlyWords } from './plotlywords';
import type { IChartTheme } from './theme';

export interface IFigure {
  data: Partial<PlotData>[];
  layout: Partial<Layout>;
  config: Partial<Config>;
}

export interface IFigureOptions {
  chart: IChartData;
  /** Id of the run: while it stays, a zoom of the user stays. */
  run: string;
  /** Batches in one epoch; null while nobody knows. */
  stepsPerEpoch: number | null;
  /** Batches of the run so far: all charts end there, also that of a metric that only epochs have. */
  step: number;
  theme: IChartTheme;
  trans: ITranslation;
}

/**
 * Draws batches and epochs on one axis that counts epochs: epoch `n` ends at `n`. While the batches in an
 * epoch are not known, before the first epoch of a generator ends, the axis counts batches.
 */
export function figure(options: IFigureOptions): IFigure {
  const { chart, run, stepsPerEpoch, step, theme, trans } = options;
  const inEpochs = stepsPerEpoch !== null;
  const scale = stepsPerEpoch ?? 1;
  const metric = plotText(chart.metric);
  const validation = plotText(`val_${chart.metric}`);
  return {
    data: [
      {
        ...curve(chart.batch, x => x / scale, metric),
        mode: chart.batch.x.length === 1 ? 'markers' : 'lines',
        opacity: 0.45,
        line: { color: theme.training, width: 1 },
        marker: { color: theme.training, size: 3 }
      },
      {
        ...curve(chart.epoch, x => x, metric),
        mode: 'lines+markers',
        line: { color: theme.training, width: 2 },
        marker: { color: theme.training, size: 5 }
      },
      {
        ...curve(chart.validation, x => x, validation),
        mode: 'lines+markers',
        line: { color: theme.validation, width: 2, dash: 'dash' },
        marker: { color: theme.validation, size: 5, symbol: 'diamond' }
      }
    ],
    layout: {
      uirevision: run,
      showlegend: false,
      hovermode: 'closest',
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
        title: { text: inEpochs ? trans.__('Epoch') : trans.__('Batch') },
        gridcolor: theme.grid,
        zeroline: false,
        rangemode: 'tozero',
        autorangeoptions: { include: step / scale }
      },
      yaxis: { gridcolor: theme.grid, zeroline: false, automargin: true }
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

function curve(
  series: ISeries,
  position: (x: number) => number,
  name: string
): Partial<PlotData> {
  return {
    type: 'scatter',
    name,
    x: series.x.map(position),
    y: series.y,
    connectgaps: false,
    hovertemplate: '%{x:.3~f}: %{y:.5~g}'
  };
}
