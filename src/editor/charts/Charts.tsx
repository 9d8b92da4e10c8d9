import * as React from 'react';
import type { IDrawnRun } from '../../core';
import { useHost } from '../host';
import type { IPlotly } from '../host';
import { Chart } from './Chart';
import { ChartsControls } from './ChartsControls';
import { FIRST_VIEW } from './viewing';
import { chartData } from './data';
import { Legend } from './Legend';

export interface IChartsProps {
  /** The runs to draw over each other; the first is the one that values are told of. */
  runs: readonly IDrawnRun[];
}

/** The charts of runs: loss, then each metric. Plotly is loaded when the first one is to be drawn. */
export function Charts({ runs }: IChartsProps): JSX.Element {
  const { trans } = useHost();
  const [view, setView] = React.useState(FIRST_VIEW);
  const charts = React.useMemo(() => chartData(runs), [runs]);
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
        <div className="jp-kerasviz-Charts-bar">
          <Legend runs={runs} view={view} onChange={setView} />
          <ChartsControls view={view} onChange={setView} />
        </div>
      )}
      <div className="jp-kerasviz-Charts-grid">
        {charts.map(chart => (
          <Chart
            key={chart.metric}
            chart={chart}
            count={runs.length}
            view={view}
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
