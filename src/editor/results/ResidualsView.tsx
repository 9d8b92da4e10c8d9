import * as React from 'react';
import { sampleAt, type IOutputTask, type IResiduals } from '../../core';
import { formatCount, formatNumber } from '../format';
import { Exportable } from '../exporting';
import { useTranslation } from '../host';
import { useEvaluatedPart, useFollowed, useModel, useResults } from '../hooks';
import { useResultPicture } from './resultpicture';

const SIDE = 240;
const HEIGHT = 80;

/** Numbers that were predicted against the true ones, and how far they are from them. A point follows its sample. */
export function ResidualsView(props: {
  residuals: IResiduals;
  task: IOutputTask;
}): JSX.Element {
  const { residuals, task } = props;
  const trans = useTranslation();
  const { results } = useModel();
  const of = useResults(r => r.of);
  const points = useResultPicture(
    'residuals',
    trans.__('Predictions and true numbers'),
    'residual_plot',
    { of }
  );
  const histogram = useResultPicture(
    'residuals-histogram',
    trans.__('Errors: prediction minus truth'),
    'residual_plot',
    { of, view: 'histogram' }
  );
  const { mean_error, mean_absolute_error, root_mean_squared_error, r2 } =
    residuals;
  const between = (values: readonly number[]) =>
    trans.__(
      'from %1 to %2',
      formatNumber(Math.min(...values)),
      formatNumber(Math.max(...values))
    );
  const range = between([...residuals.true, ...residuals.predicted]);
  const errors = between(residuals.histogram.edges);
  const facts = [
    [trans.__('Mean error'), mean_error],
    [trans.__('Mean absolute error'), mean_absolute_error],
    [trans.__('Root mean squared error'), root_mean_squared_error],
    ['R²', r2]
  ] as const;
  return (
    <figure className="jp-kerasviz-Residuals">
      {task.names.length > 1 && (
        <div className="jp-kerasviz-Results-bar">
          <select
            className="jp-mod-styled"
            aria-label={trans.__('Predicted number')}
            value={of ?? ''}
            onChange={event =>
              void results.showNumber(
                event.target.value === '' ? null : Number(event.target.value)
              )
            }
          >
            <option value="">{trans.__('all numbers')}</option>
            {task.names.map((name, i) => (
              <option key={i} value={i}>
                {trans.__('number “%1”', name)}
              </option>
            ))}
          </select>
        </div>
      )}
      <figcaption>
        {trans.__('Prediction (vertical) against target (horizontal)')}
      </figcaption>
      <Exportable picture={points}>
        <Scatter residuals={residuals} />
        <p className="jp-kerasviz-Field-note" hidden={residuals.count === 0}>
          {trans.__('Across: the target. Up: the prediction. Both %1.', range)}
        </p>
      </Exportable>
      <Exportable picture={histogram}>
        <Bars residuals={residuals} />
        <p className="jp-kerasviz-Field-note" hidden={residuals.count === 0}>
          {trans.__('Across: the residual, %1. Up: samples.', errors)}
        </p>
      </Exportable>
      <dl className="jp-kerasviz-Results-metrics">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value === null ? '–' : formatNumber(value)}</dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}

function Scatter({ residuals }: { residuals: IResiduals }): JSX.Element {
  const trans = useTranslation();
  const { inside } = useModel();
  const part = useEvaluatedPart();
  const followed = useFollowed();
  const { true: truth, predicted, indices } = residuals;
  const all = [...truth, ...predicted];
  const low = Math.min(...all);
  const high = Math.max(...all);
  const place = (value: number) =>
    ((value - low) / (high - low || 1)) * (SIDE - 8) + 4;
  return (
    <svg
      width={SIDE}
      height={SIDE}
      role="img"
      aria-label={trans.__(
        'From %1 to %2, %3 samples; on the line the prediction equals the target',
        formatNumber(low),
        formatNumber(high),
        formatCount(indices.length)
      )}
    >
      <line x1={4} y1={SIDE - 4} x2={SIDE - 4} y2={4} />
      {indices.map((index, i) => (
        <circle
          key={i}
          data-followed={followed === `${part} ${index}`}
          cx={place(truth[i])}
          cy={SIDE - place(predicted[i])}
          r={2.5}
          onClick={() => void inside.follow(sampleAt(part, index))}
        >
          <title>
            {trans.__(
              'Sample %1: %2, not %3',
              index,
              formatNumber(truth[i]),
              formatNumber(predicted[i])
            )}
          </title>
        </circle>
      ))}
    </svg>
  );
}

function Bars({ residuals }: { residuals: IResiduals }): JSX.Element {
  const trans = useTranslation();
  const { edges, counts } = residuals.histogram;
  const most = Math.max(1, ...counts);
  const width = SIDE / Math.max(1, counts.length);
  return (
    <svg
      width={SIDE}
      height={HEIGHT}
      role="img"
      aria-label={trans.__(
        'Residuals (prediction − target), from %1 to %2',
        formatNumber(edges[0] ?? 0),
        formatNumber(edges[edges.length - 1] ?? 0)
      )}
    >
      {counts.map((count, i) => (
        <rect
          key={i}
          x={i * width}
          width={Math.max(1, width - 1)}
          y={HEIGHT * (1 - count / most)}
          height={(HEIGHT * count) / most}
        >
          <title>
            {trans.__(
              '%1 samples between %2 and %3',
              formatCount(count),
              formatNumber(edges[i]),
              formatNumber(edges[i + 1])
            )}
          </title>
        </rect>
      ))}
    </svg>
  );
}
