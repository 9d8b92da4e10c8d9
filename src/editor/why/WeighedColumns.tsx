import * as React from 'react';
import type { IWhyPart } from '../../core';
import { useTranslation } from '../host';
import { formatNumber } from '../insight/OutputView';
import { numbersOf } from '../insight/viewvalues';
import { cssOf } from './heat';

/** Columns that are shown. */
const MOST = 40;

/** A bar for each column, the largest first: to the right what speaks for the answer, to the left what is against it. */
export function WeighedColumns({ part }: { part: IWhyPart }): JSX.Element {
  const trans = useTranslation();
  const { names, values, most } = part;
  const weights = React.useMemo(() => numbersOf(part), [part]);
  const order = Array.from(weights.keys()).sort(
    (a, b) => Math.abs(weights[b]) - Math.abs(weights[a])
  );
  const isSigned = weights.some(weight => weight < 0);
  const share = (weight: number) =>
    most > 0 ? (Math.abs(weight) / most) * (isSigned ? 50 : 100) : 0;
  return (
    <>
      <table className="jp-kerasviz-WeighedColumns" data-signed={isSigned}>
        <thead>
          <tr>
            <th>{trans.__('Column')}</th>
            <th>{trans.__('Value')}</th>
            <th>{trans.__('Attribution')}</th>
            <th aria-hidden />
          </tr>
        </thead>
        <tbody>
          {order.slice(0, MOST).map(i => (
            <tr key={i}>
              <th scope="row">{names[i] ?? i}</th>
              <td>{values[i] ?? ''}</td>
              <td>{formatNumber(weights[i])}</td>
              <td aria-hidden>
                <div
                  style={{
                    marginLeft: `${isSigned ? (weights[i] < 0 ? 50 - share(weights[i]) : 50) : 0}%`,
                    width: `${share(weights[i])}%`,
                    background: cssOf(weights[i], Math.abs(weights[i]))
                  }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {order.length > MOST && (
        <p>{trans.__('%1 of %2 columns are shown.', MOST, order.length)}</p>
      )}
    </>
  );
}
