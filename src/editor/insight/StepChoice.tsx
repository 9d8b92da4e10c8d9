import * as React from 'react';
import { useTranslation } from '../host';
import { useModel, useShownCalls } from '../hooks';

/** Which step of a wrapper such as `TimeDistributed` is looked at, in the model that it holds. */
export function StepChoice(): JSX.Element | null {
  const trans = useTranslation();
  const { inside } = useModel();
  const { steps } = useShownCalls();
  return steps.length > 0 ? (
    <div className="jp-kerasviz-SampleChoice">
      {steps.map(({ path, count, shown }) => {
        const name = path[path.length - 1] ?? '';
        return (
          <label
            key={path.join('/')}
            title={trans.__(
              '%1 calls this model %2 times, once for each step; steps are counted from 0.',
              name,
              count
            )}
          >
            {trans.__('step of %1', name)}
            <input
              className="jp-mod-styled"
              type="number"
              min={0}
              max={count - 1}
              value={shown}
              onChange={event => {
                const step = event.target.valueAsNumber;
                if (Number.isInteger(step) && step >= 0 && step < count) {
                  inside.shownCalls.chooseStep(path, step);
                }
              }}
            />
          </label>
        );
      })}
    </div>
  ) : null;
}
