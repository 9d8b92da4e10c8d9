/** All charts of runs as one picture. */
import type { Layout, PlotData } from 'plotly.js';
import type { IDrawnRun, ITranslation } from '../../core';
import type { IPlotly } from '../host';
import { chartData } from './data';
import { plotText } from './charttext';
import { figure } from './figure';
import type { IChartTheme } from './theme';
import { FIRST_VIEW } from './viewing';

/** Pixels of one chart; a picture has twice as many. */
const CHART = { width: 480, height: 320 } as const;
const COLUMNS = 2;
/** Share of a chart that is left free around it. */
const ROOM = 0.16;

/**
 * A PNG of the charts, two beside each other, with a legend.
 *
 * @throws Error when the browser can't draw it.
 */
export async function chartsPicture(
  plotly: IPlotly,
  runs: readonly IDrawnRun[],
  theme: IChartTheme,
  trans: ITranslation
): Promise<Blob> {
  const charts = chartData(runs);
  const columns = Math.min(COLUMNS, charts.length);
  const rows = Math.ceil(charts.length / columns);
  const data: Partial<PlotData>[] = [];
  const layout: Partial<Layout> & { [axis: string]: unknown } = {
    width: CHART.width * columns,
    height: CHART.height * rows + 60,
    showlegend: true,
    legend: { orientation: 'h', y: -0.08 / rows, yanchor: 'top' },
    paper_bgcolor: theme.background,
    plot_bgcolor: theme.background,
    font: { color: theme.text, family: theme.font, size: 12 },
    margin: { l: 8, r: 8, t: 24, b: 24 },
    annotations: []
  };
  charts.forEach((chart, i) => {
    const number = i === 0 ? '' : String(i + 1);
    const view = { ...FIRST_VIEW, hidden: new Set(['batches']) };
    const options = { chart, count: runs.length, view, theme, trans };
    const { data: curves, layout: one } = figure(options);
    const x = share(i % columns, columns);
    const y = share(rows - 1 - Math.floor(i / columns), rows);
    layout[`xaxis${number}`] = {
      ...one.xaxis,
      domain: x,
      anchor: `y${number}`
    };
    layout[`yaxis${number}`] = {
      ...one.yaxis,
      domain: y,
      anchor: `x${number}`
    };
    layout.annotations!.push({
      text: plotText(chart.metric),
      font: { size: 14 },
      xref: 'paper',
      yref: 'paper',
      x: x[0],
      y: y[1],
      xanchor: 'left',
      yanchor: 'bottom',
      showarrow: false
    });
    for (const curve of curves) {
      data.push({
        ...curve,
        xaxis: `x${number}`,
        yaxis: `y${number}`,
        legendgroup: curve.name,
        showlegend: i === 0
      });
    }
  });
  const { width, height } = layout as { width: number; height: number };
  const address = await plotly.toImage(
    { data, layout, config: { typesetMath: false } } as Parameters<
      IPlotly['toImage']
    >[0],
    { format: 'png', width, height, scale: 2 }
  );
  const bytes = atob(address.slice(address.indexOf(',') + 1));
  return new Blob([Uint8Array.from(bytes, byte => byte.charCodeAt(0))], {
    type: 'image/png'
  });
}

/** The part of the picture from one edge of a row or column to the other. */
function share(i: number, count: number): [number, number] {
  return [(i + ROOM) / count, (i + 1 - ROOM / 2) / count];
}
