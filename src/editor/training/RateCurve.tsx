import * as React from 'react';
import { isObject } from '../../core';
import { CurveChart } from '../charts';
import { ErrorNotice } from '../errors/ErrorNotice';
import { formatCount, formatNumber } from '../format';
import { useTranslation } from '../host';
import { useAnswer, useDocument, useVisible } from '../hooks';

const NO_PARAMETERS = {};

/** The learning rates of a schedule over a run, as Keras computes them; nothing where the rate is a number. */
export function RateCurve(): JSX.Element | null {
  const isSchedule = useDocument(d => {
    const optimizer = d.model?.compile_config?.optimizer;
    return (
      isObject(optimizer) &&
      isObject(optimizer.config) &&
      isObject(optimizer.config.learning_rate)
    );
  });
  return isSchedule ? <Curve /> : null;
}

function Curve(): JSX.Element {
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
