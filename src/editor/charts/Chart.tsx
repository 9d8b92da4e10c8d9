import * as React from 'react';
import { useHost } from '../host';
import type { IPlotly } from '../host';
import { formatValue, latest } from './data';
import type { IChartData } from './data';
import { figure } from './figure';
import { Plot } from './plot';
import { useChartTheme } from './theme';

export interface IChartProps {
  chart: IChartData;
  /** Id of the run. */
  run: string;
  stepsPerEpoch: number | null;
  /** Batches of the run so far. */
  step: number;
  plotly: IPlotly | null;
}

/** The curves of one metric, with its newest values in words. */
export function Chart(props: IChartProps): JSX.Element {
  const { chart, run, stepsPerEpoch, step, plotly } = props;
  const { trans } = useHost();
  const element = React.useRef<HTMLDivElement>(null);
  const plot = React.useRef<Plot | null>(null);
  const theme = useChartTheme(element);

  React.useEffect(() => {
    if (!plotly || !element.current) {
      return;
    }
    const created = new Plot(element.current, plotly);
    plot.current = created;
    return () => created.dispose();
  }, [plotly]);

  React.useEffect(() => {
    if (theme) {
      plot.current?.show(
        figure({ chart, run, stepsPerEpoch, step, theme, trans })
      );
    }
  }, [plotly, chart, run, stepsPerEpoch, step, theme, trans]);

  const training = latest(chart.epoch.x.length ? chart.epoch : chart.batch);
  const validation = latest(chart.validation);
  const values = [
    training !== null ? trans.__('training %1', formatValue(training)) : '',
    validation !== null
      ? trans.__('validation %1', formatValue(validation))
      : ''
  ]
    .filter(Boolean)
    .join(', ');
  return (
    <figure
      className="jp-kerasviz-Chart"
      // Not the plot: Plotly has buttons in it, which a picture can't hold.
      aria-label={values ? `${chart.metric}: ${values}` : chart.metric}
      data-metric={chart.metric}
      data-points={chart.batch.x.length}
      data-epochs={chart.epoch.x.length}
    >
      <figcaption className="jp-kerasviz-Chart-title">
        <span className="jp-kerasviz-Chart-metric">{chart.metric}</span>
        <span className="jp-kerasviz-Chart-values">{values}</span>
      </figcaption>
      <div ref={element} className="jp-kerasviz-Chart-plot" />
    </figure>
  );
}
