import * as React from 'react';
import { planOf, say, type IProposed, type ITrainingJSON } from '../../core';
import { useTranslation } from '../host';
import { useDocument, useModel } from '../hooks';

/** What suits the data, with the reasons; one click takes it over, and undo takes it back. */
export function Proposals({
  proposed
}: {
  proposed: IProposed;
}): JSX.Element | null {
  const trans = useTranslation();
  const { document } = useModel();
  const model = useDocument(d => d.model);
  const { reasons, loss, metrics } = proposed;
  if (reasons.length === 0 || !model) {
    return null;
  }
  const plan = planOf(model);
  const accept = () =>
    document.transact(() => {
      document.setTraining(planned(proposed));
      document.setCompile({
        ...(loss !== null && { loss }),
        ...(metrics !== null && { metrics })
      });
    });
  return (
    <div className="jp-kerasviz-Proposals">
      <ul aria-label={trans.__('What suits the data')}>
        {reasons.map((reason, i) => (
          <li key={i}>{say(reason)}</li>
        ))}
      </ul>
      <button
        type="button"
        className="jp-kerasviz-Button"
        data-command="accept"
        disabled={plan.columns !== null && plan.split !== null}
        onClick={accept}
      >
        {trans.__('Use What Is Proposed')}
      </button>
    </div>
  );
}

/** The part of it that a plan holds. */
function planned({ columns, preparation, split }: IProposed): ITrainingJSON {
  return {
    ...(columns && { columns }),
    ...(preparation && { preparation }),
    ...(split && { split })
  };
}
