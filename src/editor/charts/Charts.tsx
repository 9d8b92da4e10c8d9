import * as React from 'react';
import type { ICurves, IRunStatus } from '../../core';
import { useHost } from '../host';
import type { IPlotly } from '../host';
import { Chart } from './Chart';
import { chartData } from './data';

export interface IChartsProps {
  status: IRunStatus;
  curves: ICurves;
}

/** The charts of a run: loss, then each metric. Plotly is loaded when the first one is to be drawn. */
export function Charts({ status, curves }: IChartsProps): JSX.Element {
  const { trans } = useHost();
  const charts = React.useMemo(() => chartData(curves), [curves]);
  const { plotly, failure, retry } = usePlotly(charts.length > 0);
  return (
    <div className="jp-kerasviz-Charts">
      {failure && (
        <p className="jp-kerasviz-Charts-failure" role="alert">
          {trans.__('The charts could not be loaded: %1', failure)}{' '}
          <button className="jp-kerasviz-Button" onClick={retry}>
            {trans.__('Try again')}
          </button>
        </p>
      )}
      {charts.length > 0 && (
        <p className="jp-kerasviz-Charts-legend" aria-hidden="true">
          <span className="jp-kerasviz-Charts-training">
            {trans.__('training')}
          </span>
          <span className="jp-kerasviz-Charts-validation">
            {trans.__('validation')}
          </span>
        </p>
      )}
      <div className="jp-kerasviz-Charts-grid">
        {charts.map(chart => (
          <Chart
            key={chart.metric}
            chart={chart}
            run={status.run}
            stepsPerEpoch={status.steps_per_epoch}
            step={status.step}
            plotly={plotly}
          />
        ))}
      </div>
    </div>
  );
}

/** Plotly, once it is needed; and why it could not be had. */
function usePlotly(needed: boolean): {
  plotly: IPlotly | null;
  failure: string | null;
  retry: () => void;
} {
  const { assets } = useHost();
  const [plotly, setPlotly] = React.useState<IPlotly | null>(null);
  const [failure, setFailure] = React.useState<string | null>(null);
  const [attempt, setAttempt] = React.useState(0);
  React.useEffect(() => {
    if (!needed) {
      return;
    }
    let current = true;
    setFailure(null);
    assets.plotly().then(
      // A function given to a setter would be called, and Plotly may be one.
      loaded => current && setPlotly(() => loaded),
      (reason: Error) => current && setFailure(reason.message)
    );
    return () => {
      current = false;
    };
  }, [assets, needed, attempt]);
  return { plotly, failure, retry: () => setAttempt(attempt + 1) };
}
