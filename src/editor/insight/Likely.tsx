import * as React from 'react';
import type { IPrediction } from '../../core';
import { useTranslation } from '../host';
import { formatNumber } from './OutputView';

export interface ILikelyProps {
  prediction: IPrediction;
  /** Classes that are named; all that the kernel told, where it is not given. */
  most?: number;
}

/** The classes that the model finds most probable, and whether the first is the target; or the numbers that it predicts. */
export function Likely({ prediction, most }: ILikelyProps): JSX.Element {
  const trans = useTranslation();
  const { likely, numbers, is_right } = prediction;
  return (
    <ol
      className="jp-kerasviz-Likely"
      data-right={is_right ?? undefined}
      aria-label={trans.__('Prediction')}
    >
      {numbers.slice(0, most).map(({ name, value, target }) => (
        <li
          key={name}
          title={
            target === null
              ? undefined
              : trans.__('target: %1', formatNumber(target))
          }
        >
          <span>{name}</span>
          <span>{formatNumber(value)}</span>
        </li>
      ))}
      {likely.slice(0, most).map(({ name, probability }, i) => (
        <li
          key={i}
          style={
            {
              '--jp-kerasviz-share': `${probability * 100}%`
            } as React.CSSProperties
          }
        >
          <span>{name}</span>
          <span>
            {formatShare(probability)}
            {i === 0 && is_right !== null && (
              <span
                className="jp-kerasviz-Likely-mark"
                role="img"
                aria-label={is_right ? trans.__('correct') : trans.__('wrong')}
                title={is_right ? trans.__('correct') : trans.__('wrong')}
              >
                {is_right ? '✓' : '✗'}
              </span>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** A share in percent, with a digit behind the point where it is not plain. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${percent > 0.1 && percent < 99.9 ? percent.toFixed(1) : Math.round(percent)} %`;
}
