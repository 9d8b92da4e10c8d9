import * as React from 'react';
import { useTranslation } from '../host';
import { useInside } from '../hooks';
import { formatShare } from './Likely';

/** What the model predicts for the sample, where its output tells classes. */
export function Predicted(): JSX.Element | null {
  const trans = useTranslation();
  const prediction = useInside(
    i => Object.values(i.probe?.predictions ?? {})[0]
  );
  if (!prediction) {
    return null;
  }
  const [{ name, probability }] = prediction.likely;
  return (
    <span
      className="jp-kerasviz-SampleBar-predicted"
      data-right={prediction.is_right ?? undefined}
    >
      {trans.__('predicted: %1 (%2)', name, formatShare(probability))}
      {prediction.is_right !== null &&
        ` ${prediction.is_right ? trans.__('right') : trans.__('wrong')}`}
    </span>
  );
}
