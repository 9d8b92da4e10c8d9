import * as React from 'react';
import type { IClassCurves, IOutputTask, IThreshold } from '../../core';
import { CurveChart } from '../charts';
import { formatCount, formatNumber } from '../format';
import { Exportable } from '../exporting';
import { useTranslation } from '../host';
import { useModel, useResults } from '../hooks';
import { useResultPicture } from './resultpicture';

/** How well the score of a class tells it from the others, and what another threshold would give. */
export function ClassCurves({ task }: { task: IOutputTask }): JSX.Element {
  const trans = useTranslation();
  const { results } = useModel();
  const curves = useResults(r => r.curves);
  const of = useResults(r => r.of);
  return (
    <section
      className="jp-kerasviz-ClassCurves"
      aria-label={trans.__('Curves of a class')}
    >
      {task.kind !== 'two' && (
        <div className="jp-kerasviz-Results-bar">
          <select
            className="jp-mod-styled"
            aria-label={
              task.kind === 'labels'
                ? trans.__('Label')
                : trans.__('Class of the curves')
            }
            value={of ?? ''}
            onChange={event =>
              void results.showCurves(Number(event.target.value))
            }
          >
            {of === null && <option value="">{trans.__('Curves of…')}</option>}
            {task.names.map((name, i) => (
              <option key={i} value={i}>
                {task.kind === 'labels'
                  ? trans.__('Label “%1”', name)
                  : trans.__('“%1” against all others', name)}
              </option>
            ))}
          </select>
        </div>
      )}
      {curves && curves.thresholds.length > 0 && (
        <Shown key={curves.of} curves={curves} name={task.names[curves.of]} />
      )}
    </section>
  );
}

function Shown(props: { curves: IClassCurves; name: string }): JSX.Element {
  const { curves, name } = props;
  const trans = useTranslation();
  const { roc, precision, calibration, auc, average_precision } = curves;
  return (
    <>
      <ThresholdSlider curves={curves} name={name} />
      {!curves.is_all && (
        <p className="jp-kerasviz-Field-note">
          {trans.__(
            'Computed from %1 evenly spaced predictions, because there are very many.',
            formatCount(curves.count)
          )}
        </p>
      )}
      {auc === null || average_precision === null ? (
        <p className="jp-kerasviz-Field-note">
          {trans.__(
            'No curves: either all samples belong to this class or none does.'
          )}
        </p>
      ) : (
        <div className="jp-kerasviz-ClassCurves-charts">
          <Titled
            curve="roc"
            of={curves.of}
            title={trans.__('ROC: area %1', formatNumber(round(auc)))}
            series={roc}
            along={trans.__('false positive rate')}
            up={trans.__('true positive rate')}
          />
          <Titled
            curve="precision"
            of={curves.of}
            title={trans.__(
              'Precision: mean %1',
              formatNumber(round(average_precision))
            )}
            series={precision}
            along={trans.__('recall')}
            up={trans.__('precision')}
          />
          {calibration.x.length > 1 && (
            <Titled
              curve="calibration"
              of={curves.of}
              title={trans.__('Calibration: observed frequency')}
              series={calibration}
              along={trans.__('predicted probability')}
              up={trans.__('observed frequency')}
            />
          )}
        </div>
      )}
    </>
  );
}

function Titled(props: {
  curve: 'roc' | 'precision' | 'calibration';
  of: number;
  title: string;
  series: IClassCurves['roc'];
  along: string;
  up: string;
}): JSX.Element {
  const { curve, of, title, series, along, up } = props;
  const config = { curve, of };
  const picture = useResultPicture(curve, '', 'one_class_curve', config);
  return (
    <Exportable picture={picture}>
      <strong>{title}</strong>
      <CurveChart series={series} label={title} along={along} up={up} />
    </Exportable>
  );
}

function ThresholdSlider(props: {
  curves: IClassCurves;
  name: string;
}): JSX.Element {
  const { curves, name } = props;
  const trans = useTranslation();
  const { results } = useModel();
  const chosen = useResults(r => r.threshold);
  const { thresholds, threshold } = curves;
  const at = nearest(thresholds, chosen ?? threshold);
  const row = thresholds[at];
  return (
    <div className="jp-kerasviz-Threshold">
      <label>
        {trans.__('Threshold for “%1”', name)}{' '}
        <input
          type="range"
          min={0}
          max={thresholds.length - 1}
          value={at}
          aria-valuetext={formatNumber(round(row.at))}
          onChange={event =>
            results.setThreshold(thresholds[event.target.valueAsNumber].at)
          }
        />{' '}
        {formatNumber(round(row.at))}
      </label>
      <output>
        {trans.__(
          'precision %1, recall %2, F1 %3; true positives %4, false negatives %5, false positives %6',
          ...scores(row),
          formatCount(row.hits),
          formatCount(row.missed),
          formatCount(row.false_alarms)
        )}
      </output>
    </div>
  );
}

/** Precision, recall and F1 for people; a dash where nothing is predicted, or there is nothing to find. */
export function scores(row: IThreshold): [string, string, string] {
  const { hits, false_alarms, missed } = row;
  const share = (of: number, all: number): string =>
    all > 0 ? (of / all).toFixed(3) : '–';
  return [
    share(hits, hits + false_alarms),
    share(hits, hits + missed),
    share(2 * hits, 2 * hits + false_alarms + missed)
  ];
}

function nearest(rows: readonly IThreshold[], threshold: number): number {
  const distances = rows.map(row => Math.abs(row.at - threshold));
  return distances.indexOf(Math.min(...distances));
}

const round = (value: number): number => Number(value.toFixed(4));
