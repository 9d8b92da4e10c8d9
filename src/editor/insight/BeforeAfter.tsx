import * as React from 'react';
import type { IPrediction } from '../../core';
import { useTranslation } from '../host';
import { useInside } from '../hooks';
import { formatShare } from './Likely';
import { formatNumber } from './OutputView';

/** Rows that are shown of one output. */
const MOST = 3;

/** What the model predicts of the sample before and after it was changed, side by side. */
export function BeforeAfter(): JSX.Element | null {
  const trans = useTranslation();
  const now = useInside(i => i.probe?.predictions);
  const before = useInside(i => i.probe?.before);
  const rows = Object.entries(now ?? {}).flatMap(([node, prediction]) =>
    before?.[node] ? compared(before[node], prediction) : []
  );
  return rows.length > 0 ? (
    <table className="jp-kerasviz-BeforeAfter" aria-live="polite">
      <thead>
        <tr>
          <th>{trans.__('Prediction')}</th>
          <th>{trans.__('Before')}</th>
          <th>{trans.__('Now')}</th>
          <th>{trans.__('Difference')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, was, is, isShare }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{said(was, isShare)}</td>
            <td>{said(is, isShare)}</td>
            <td>{difference(was, is, isShare)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  ) : null;
}

interface ICompared {
  name: string;
  was: number | null;
  is: number | null;
  /** Whether they are probabilities. */
  isShare: boolean;
}

/** The classes that are most probable now, with the one that was before; or each number. */
export function compared(before: IPrediction, now: IPrediction): ICompared[] {
  const of = now.output ? `${now.output}: ` : '';
  if (now.numbers.length > 0) {
    return now.numbers.map(({ name, value }, i) => ({
      name,
      was: before.numbers[i]?.value ?? null,
      is: value,
      isShare: false
    }));
  }
  const names = [
    ...new Set([
      ...before.likely.slice(0, 1).map(({ name }) => name),
      ...now.likely.map(({ name }) => name)
    ])
  ];
  const share = ({ likely }: IPrediction, of: string) =>
    likely.find(({ name }) => name === of)?.probability ?? null;
  return names.slice(0, MOST).map(name => ({
    name: `${of}${name}`,
    was: share(before, name),
    is: share(now, name),
    isShare: true
  }));
}

function said(value: number | null, isShare: boolean): string {
  return isShare && value !== null ? formatShare(value) : formatNumber(value);
}

function difference(
  was: number | null,
  is: number | null,
  isShare: boolean
): string {
  if (was === null || is === null) {
    return '–';
  }
  const by = isShare ? (is - was) * 100 : is - was;
  const text = isShare
    ? `${Math.abs(by).toFixed(1)} %`
    : formatNumber(Math.abs(by));
  return by < 0 ? `−${text}` : `+${text}`;
}
