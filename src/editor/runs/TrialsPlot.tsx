import * as React from 'react';
import type { IRunSummary } from '../../core';
import { useTranslation } from '../host';
import { useModel, useRuns } from '../hooks';
import { runVariable } from '../charts/theme';
import { SweepOutcome } from './SweepOutcome';
import { bestTrial } from './outcome';
import { latestTrials, metricOf, trialAxes } from './trialaxes';

const WIDTH = 120;
const HEIGHT = 140;
/** Room for two lines of names, which may be longer than the way to the next axis. */
const TOP = 40;
const LINE = 14;
const SIDE = 60;

/**
 * The trials of the latest sweep as lines over parallel axes: what was tried, and what came of it. A click draws the
 * curves of a trial; the table has the same numbers.
 */
export function TrialsPlot({
  runs,
  onFailure
}: {
  runs: readonly IRunSummary[];
  /** Told why something could not be done. */
  onFailure(reason: Error): void;
}): JSX.Element | null {
  const trans = useTranslation();
  const model = useModel();
  const shown = useRuns(r => r.shown);
  const trials = React.useMemo(() => latestTrials(runs), [runs]);
  const axes = React.useMemo(() => trialAxes(trials), [trials]);
  const metric = metricOf(trials);
  const best = bestTrial(trials);
  if (trials.length < 2) {
    return null;
  }
  const x = (i: number) => SIDE + i * WIDTH;
  const y = (at: number) => TOP + (1 - at) * HEIGHT;
  return (
    <details className="jp-kerasviz-Trials" open>
      <summary>
        {trans._n('Sweep: %1 trial', 'Sweep: %1 trials', trials.length)}
      </summary>
      <SweepOutcome trials={trials} onFailure={onFailure} />
      <div className="jp-kerasviz-Trials-plot">
        <svg
          width={2 * SIDE + (axes.length - 1) * WIDTH}
          height={TOP + HEIGHT + 16}
          role="img"
          aria-label={trans.__(
            'Trials by what was tried and by %1',
            metric ?? ''
          )}
        >
          {axes.map(({ name }, i) => (
            <line key={name} x1={x(i)} x2={x(i)} y1={y(1)} y2={y(0)} />
          ))}
          {trials.map(trial => {
            const points = axes.flatMap(({ places }, i) => {
              const at = places.get(trial.id);
              return at === undefined ? [] : [`${x(i)},${y(at)}`];
            });
            return (
              <polyline
                key={trial.id}
                className="jp-kerasviz-Trials-line"
                data-trial={trial.id}
                data-shown={shown.has(trial.id)}
                data-state={trial.state}
                data-best={trial === best || undefined}
                points={points.join(' ')}
                style={{
                  stroke: `var(${runVariable(model.runs.color(trial.run))})`
                }}
                onClick={() =>
                  void model.runs.show([trial.id], !shown.has(trial.id))
                }
              >
                <title>{trial.name}</title>
              </polyline>
            );
          })}
          {axes.map((axis, i) => (
            <g key={axis.name} className="jp-kerasviz-Trials-axis">
              <text x={x(i)} y={TOP - 10 - (i % 2) * LINE} textAnchor="middle">
                {axis.name}
              </text>
              {axis.ticks.map(({ at, label }) => (
                <text key={label} x={x(i) + 5} y={y(at) + 4}>
                  {label}
                </text>
              ))}
            </g>
          ))}
        </svg>
      </div>
    </details>
  );
}
