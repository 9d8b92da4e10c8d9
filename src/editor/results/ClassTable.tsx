import * as React from 'react';
import type {
  IClassScore,
  IOutputTask,
  IPerClass,
  ITranslation
} from '../../core';
import { formatCount } from '../format';
import { Exportable } from '../exporting';
import { useTranslation } from '../host';
import { useResults } from '../hooks';
import { useResultPicture } from './resultpicture';

/** Precision, recall and F1 of each class, and their mean. */
export function ClassTable(props: {
  scores: IPerClass;
  task: IOutputTask;
}): JSX.Element {
  const { scores, task } = props;
  const trans = useTranslation();
  const { rows, mean, accuracy } = scores;
  const threshold = useResults(r => r.threshold);
  const picture = useResultPicture('classes', '', 'scores_by_class', {
    threshold
  });
  return (
    // It scrolls, so it must be reached with the keyboard.
    <div
      className="jp-kerasviz-ClassTable"
      tabIndex={0}
      role="region"
      aria-label={trans.__('Classes')}
    >
      <Exportable picture={picture}>
        <table>
          <caption>
            {accuracyText(task, (100 * accuracy).toFixed(2), trans)}
          </caption>
          <thead>
            <tr>
              <th scope="col">{trans.__('Class')}</th>
              <th
                scope="col"
                title={trans.__(
                  'Fraction of predictions of this class that are correct'
                )}
              >
                {trans.__('Precision')}
              </th>
              <th
                scope="col"
                title={trans.__(
                  'Fraction of this class that is predicted correctly'
                )}
              >
                {trans.__('Recall')}
              </th>
              <th
                scope="col"
                title={trans.__('Harmonic mean of precision and recall')}
              >
                F1
              </th>
              <th scope="col">{trans.__('Samples')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <Row key={i} row={row} name={row.name} />
            ))}
          </tbody>
          <tfoot>
            <Row row={mean} name={trans.__('Mean over classes')} />
          </tfoot>
        </table>
      </Exportable>
    </div>
  );
}

function Row({ row, name }: { row: IClassScore; name: string }): JSX.Element {
  return (
    <tr>
      <th scope="row">{name}</th>
      {[row.precision, row.recall, row.f1].map((value, i) => (
        <td key={i}>{value.toFixed(3)}</td>
      ))}
      <td>{formatCount(row.support)}</td>
    </tr>
  );
}

function accuracyText(
  { kind, positions }: IOutputTask,
  percent: string,
  trans: ITranslation
): string {
  if (kind === 'labels') {
    return trans.__('%1 % of the samples have all labels correct', percent);
  }
  return positions > 1
    ? trans.__('%1 % of the positions are predicted correctly', percent)
    : trans.__('%1 % of the samples are predicted correctly', percent);
}
