import * as React from 'react';
import { CurveChart } from '../charts';
import { ErrorNotice } from '../errors/ErrorNotice';
import { formatCount, formatNumber } from '../format';
import { useTranslation } from '../host';
import { useAnswer, useVisible } from '../hooks';

const NO_PARAMETERS = {};

/** The learning rates of the document's schedule over a run, as Keras computes them. */
export function RateCurve(): JSX.Element {
  const trans = useTranslation();
  const root = React.useRef<HTMLDivElement>(null);
  const { result, error } = useAnswer(
    'schedule',
    NO_PARAMETERS,
    useVisible(root)
  );
  const rates = result?.rates;
  const epoch = result?.steps_per_epoch;
  return (
    <div className="jp-kerasviz-RateCurve" ref={root}>
      {error && <ErrorNotice error={error} subject="document" />}
      {rates && (
        <>
          <CurveChart
            series={rates}
            label={trans.__(
              'Learning rate: %1 at first, %2 after %3 batches',
              formatNumber(rates.y[0] ?? NaN),
              formatNumber(rates.y[rates.y.length - 1] ?? NaN),
              formatCount(result.steps)
            )}
            along={trans.__('batches')}
          />
          <p className="jp-kerasviz-Field-note">
            {epoch
              ? trans.__(
                  'Learning rate over this run of %1 batches, %2 in an epoch.',
                  formatCount(result.steps),
                  formatCount(epoch)
                )
              : trans.__(
                  'Learning rate over the first %1 batches.',
                  formatCount(result.steps)
                )}
          </p>
        </>
      )}
    </div>
  );
}
