import * as React from 'react';
import { Exportable } from '../exporting';
import { useHost } from '../host';
import type { IPlotly } from '../host';
import type { IChartsView } from './viewing';
import { foundIn, type IFound } from './found';
import { formatValue, latest } from './data';
import type { IChartData } from './data';
import { epochOf, figure, type IChosenEpoch } from './figure';
import type { IChartTheme } from './theme';
import { usePlot } from './useplot';

export interface IChartProps {
  chart: IChartData;
  /** Runs that are drawn, in this chart or another. */
  count: number;
  view: IChartsView;
  found: readonly IFound[];
  plotly: IPlotly | null;
  /** Marked by a line. */
  chosen?: IChosenEpoch | null;
  /** Told where a curve was clicked, as a number of epochs. */
  onChoose?: (run: string, epoch: number) => void;
}

/** The curves of one metric, with the newest values of the first run in words. */
export function Chart(props: IChartProps): JSX.Element {
  const { chart, count, view, found, plotly, chosen = null, onChoose } = props;
  const { trans } = useHost();
  const draw = React.useCallback(
    (theme: IChartTheme) =>
      figure({ chart, count, view, found, chosen, theme, trans }),
    [chart, count, view, found, chosen, trans]
  );
  const shown = chart.lines.some(line => line.run.isFollowed)
    ? foundIn(found, chart.metric)
    : [];
  const element = usePlot(
    plotly,
    draw,
    label => shown[label]?.onOpen(),
    ({ x, run: id }) => {
      const run = chart.lines.find(line => line.run.id === id)?.run;
      const epoch = run ? epochOf(x, run, { chart, view, trans }) : null;
      if (epoch !== null) {
        onChoose?.(id, epoch);
      }
    }
  );

  const [first] = chart.lines;
  const names = chart.lines.map(({ run }) => [run.id, run.name]);
  const picture = {
    name: chart.metric,
    title: chart.metric,
    code: {
      class_name: 'run_curves',
      config: { metric: chart.metric, runs: Object.fromEntries(names) }
    }
  };
  const training = latest(first.epoch.x.length ? first.epoch : first.batch);
  const validation = latest(first.validation);
  const said = [
    training !== null ? trans.__('training %1', formatValue(training)) : '',
    validation !== null
      ? trans.__('validation %1', formatValue(validation))
      : ''
  ]
    .filter(Boolean)
    .join(', ');
  const values = count > 1 && said ? `${first.run.name}: ${said}` : said;
  return (
    <figure
      className="jp-kerasviz-Chart"
      // Not the plot: Plotly has buttons in it, which a picture can't hold.
      aria-label={values ? `${chart.metric}: ${values}` : chart.metric}
      data-metric={chart.metric}
      data-points={first.batch.x.length}
      data-runs={chart.lines.length}
      data-epochs={first.epoch.x.length}
      data-chosen={chosen ? (chosen.epoch ?? 'end') : undefined}
    >
      <figcaption className="jp-kerasviz-Chart-title">
        <span className="jp-kerasviz-Chart-metric">{chart.metric}</span>
        <span className="jp-kerasviz-Chart-values">{values}</span>
      </figcaption>
      {shown.length > 0 && (
        <div className="jp-kerasviz-Chart-found">
          {shown.map(each => (
            <button
              key={each.code}
              type="button"
              className="jp-kerasviz-Hint-place"
              data-severity={each.severity}
              title={trans.__('Open the hint %1', each.code)}
              onClick={() => each.onOpen()}
            >
              {each.label}
            </button>
          ))}
        </div>
      )}
      <Exportable picture={picture}>
        <div ref={element} className="jp-kerasviz-Chart-plot" />
      </Exportable>
    </figure>
  );
}
