import * as React from 'react';
import type { Config, Layout, PlotData } from 'plotly.js';
import type { ISeries } from '../../core';
import { useHost } from '../host';
import { plotlyWords } from './plotlywords';
import type { IChartTheme } from './theme';
import { usePlot } from './useplot';
import { usePlotly } from './useplotly';

export interface ICurveChartProps {
  series: ISeries;
  /** What the curve is of; for those who do not see it, with what is to be known of it. */
  label: string;
  /** What the horizontal axis counts. */
  along: string;
  /** What the vertical one does, where the label does not say it. */
  up?: string;
  /** What the curve was smoothed from. */
  points?: ISeries;
  /** Where it is measured over powers of ten: the place to be marked, and the heights that are worth to be seen. */
  decades?: { mark: number | null; heights: [number, number] | null };
}

/** One curve beside a form: small, without buttons. */
export function CurveChart(props: ICurveChartProps): JSX.Element {
  const { series, label, along, up, points, decades } = props;
  const { trans } = useHost();
  const { plotly, failure } = usePlotly(true);
  const draw = React.useCallback(
    (theme: IChartTheme) => ({
      data: [
        ...(points ? [{ ...trace(points, theme), ...FAINT }] : []),
        trace(series, theme)
      ],
      layout: {
        ...layout(along, up, theme),
        ...overDecades(along, theme, decades)
      },
      config: { ...plotlyWords(trans), ...CONFIG }
    }),
    [series, along, up, points, decades, trans]
  );
  const element = usePlot(plotly, draw);

  return (
    <figure
      className="jp-kerasviz-Curve"
      aria-label={label}
      data-points={series.x.length}
    >
      <div ref={element} className="jp-kerasviz-Curve-plot" />
      {failure !== null && <figcaption>{failure}</figcaption>}
    </figure>
  );
}

const CONFIG: Partial<Config> = {
  displayModeBar: false,
  typesetMath: false,
  responsive: false
};

/** How single values look behind their curve. */
const FAINT: Partial<PlotData> = { opacity: 0.35, hoverinfo: 'skip' };

function trace({ x, y }: ISeries, theme: IChartTheme): Partial<PlotData> {
  return {
    x,
    y,
    type: 'scatter',
    mode: 'lines',
    line: { color: theme.runs[0], width: 2 },
    hovertemplate: '%{y:.3~g}<extra></extra>'
  };
}

function layout(
  along: string,
  up: string | undefined,
  theme: IChartTheme
): Partial<Layout> {
  const grid = { gridcolor: theme.grid, zeroline: false };
  return {
    showlegend: false,
    hovermode: 'x unified',
    hoverlabel: { bgcolor: theme.background, bordercolor: theme.grid },
    margin: { l: 48, r: 8, t: 8, b: 36 },
    paper_bgcolor: 'transparent',
    plot_bgcolor: 'transparent',
    font: { color: theme.text, family: theme.font, size: 11 },
    xaxis: { ...grid, title: { text: along }, rangemode: 'tozero' },
    yaxis: {
      ...grid,
      ...(up !== undefined && { title: { text: up } }),
      rangemode: 'tozero',
      automargin: true
    }
  };
}

/** What is another where the horizontal axis counts powers of ten. */
function overDecades(
  along: string,
  theme: IChartTheme,
  decades: ICurveChartProps['decades']
): Partial<Layout> {
  if (!decades) {
    return {};
  }
  const { mark, heights } = decades;
  const grid = { gridcolor: theme.grid, zeroline: false };
  return {
    xaxis: {
      ...grid,
      title: { text: along },
      type: 'log',
      exponentformat: 'power',
      tickangle: 0,
      dtick: 2
    },
    yaxis: {
      ...grid,
      automargin: true,
      ...(heights && { range: heights })
    },
    shapes:
      mark === null
        ? []
        : [
            {
              type: 'line',
              yref: 'paper',
              x0: mark,
              x1: mark,
              y0: 0,
              y1: 1,
              line: { color: theme.validation, width: 2, dash: 'dot' }
            }
          ]
  };
}
