import * as React from 'react';
import type { IDrawnRun } from '../../core';
import { useHost } from '../host';
import { usePlotly } from './useplotly';
import { Chart } from './Chart';
import { ChartsControls } from './ChartsControls';
import { FIRST_VIEW } from './viewing';
import { chartData } from './data';
import type { IChosenEpoch } from './figure';
import type { IFound } from './found';
import { Legend } from './Legend';

export interface IChartsProps {
  /** The runs to draw over each other; the first is the one that values are told of. */
  runs: readonly IDrawnRun[];
  /** Stretches of its curves by which something was found in the run that is followed. */
  found?: readonly IFound[];
  /** Marked by a line. */
  chosen?: IChosenEpoch | null;
  /** Told where a curve was clicked, as a number of epochs. */
  onChoose?: (run: string, epoch: number) => void;
}

const NONE: readonly IFound[] = [];

/** The charts of runs: loss, then each metric. Plotly is loaded when the first one is to be drawn. */
export function Charts({
  runs,
  found = NONE,
  chosen,
  onChoose
}: IChartsProps): JSX.Element {
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
            found={found}
            plotly={plotly}
            chosen={chosen}
            onChoose={onChoose}
          />
        ))}
      </div>
    </div>
  );
}
