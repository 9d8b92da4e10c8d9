import * as React from 'react';
import { useTranslation } from '../host';
import { useInside } from '../hooks';
import { formatShare } from './Likely';
import { formatNumber } from './OutputView';

/** What the model predicts for the sample, where its output tells classes or a few numbers. */
export function Predicted(): JSX.Element | null {
  const trans = useTranslation();
  const prediction = useInside(
    i => Object.values(i.probe?.predictions ?? {})[0]
  );
  if (!prediction) {
    return null;
  }
  const { likely, numbers, is_right } = prediction;
  return (
    <span
      className="jp-kerasviz-SampleBar-predicted"
      data-right={is_right ?? undefined}
    >
      {likely
        .slice(0, 1)
        .map(({ name, probability }) =>
          trans.__('predicted: %1 (%2)', name, formatShare(probability))
        )}
      {numbers.length > 0 &&
        trans.__(
          'predicted: %1',
          numbers.map(({ value }) => formatNumber(value)).join(', ')
        )}
      {is_right !== null &&
        ` ${is_right ? trans.__('right') : trans.__('wrong')}`}
    </span>
  );
}
