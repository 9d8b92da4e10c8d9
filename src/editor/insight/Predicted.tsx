import * as React from 'react';
import type { IPrediction, ITranslation } from '../../core';
import { useTranslation } from '../host';
import { useInside } from '../hooks';
import { formatShare } from './Likely';
import { formatNumber } from './OutputView';

/** What each output of the model predicts for the sample, where it tells classes or a few numbers. */
export function Predicted(): JSX.Element {
  const trans = useTranslation();
  const predictions = useInside(i => i.probe?.predictions);
  const isOld = useInside(i => i.probe?.is_whole === false);
  return (
    <>
      {Object.entries(predictions ?? {}).map(([node, prediction]) => {
        const said = predictedText(prediction, trans);
        return (
          <span
            key={node}
            className="jp-kerasviz-SampleBar-predicted"
            data-output={prediction.output || undefined}
            data-right={prediction.is_right ?? undefined}
            aria-busy={isOld}
            title={said}
          >
            {said}
          </span>
        );
      })}
    </>
  );
}

/** A prediction in words; of several outputs with the name, and with what is true where it is wrong. */
function predictedText(
  { likely, numbers, is_right, output, target }: IPrediction,
  trans: ITranslation
): string {
  const what =
    likely.length > 0
      ? trans.__('%1 (%2)', likely[0].name, formatShare(likely[0].probability))
      : numbers.map(({ value }) => formatNumber(value)).join(', ');
  const said = output ? `${output}: ${what}` : trans.__('predicted: %1', what);
  const isTold = output !== '' && target !== null && is_right !== true;
  return [
    said,
    is_right === true && trans.__('correct'),
    is_right === false && trans.__('wrong'),
    isTold && trans.__('(target: %1)', target)
  ]
    .filter(part => part)
    .join(' ');
}
