import { JSONExt } from '@lumino/coreutils';
import * as React from 'react';
import {
  planOf,
  say,
  trainingOf,
  type IPlan,
  type IProposed,
  type ITrainingJSON
} from '../../core';
import { useTranslation } from '../host';
import { useDocument, useLook, useModel } from '../hooks';

/** What suits the data, with the reasons; one click takes it over, and undo takes it back. */
export function Proposals({
  proposed
}: {
  proposed: IProposed;
}): JSX.Element | null {
  const trans = useTranslation();
  const { document, look } = useModel();
  const model = useDocument(d => d.model);
  const isLooking = useLook(l => l.share !== null);
  const { reasons, loss, metrics } = proposed;
  if (reasons.length === 0 || !model) {
    return null;
  }
  const next = planned(proposed, trainingOf(model));
  const accept = () => {
    document.transact(() => {
      document.setTraining(next);
      document.setCompile({
        ...(loss !== null && { loss }),
        ...(metrics !== null && { metrics })
      });
    });
    void look.look(); // what is asked about is another plan now
  };
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
        disabled={isLooking || isDone(next, planOf(model))}
        onClick={accept}
      >
        {trans.__('Use What Is Proposed')}
      </button>
    </div>
  );
}

/** The part of it that a plan holds. */
function planned(proposed: IProposed, plan: ITrainingJSON): ITrainingJSON {
  const { columns, preparation, split, data, class_weight } = proposed;
  const source = plan.data;
  return {
    ...(columns && { columns }),
    ...(preparation && { preparation }),
    ...(split && { split }),
    ...(data &&
      source && {
        data: { ...source, config: { ...source.config, ...data } }
      }),
    ...(class_weight && { fit: { ...plan.fit, class_weight } })
  };
}

/** Whether a plan holds it all: what a person chose since stays. */
function isDone(next: ITrainingJSON, plan: IPlan): boolean {
  const told = next.data ?? plan.data;
  return (
    (!next.columns || plan.columns !== null) &&
    (!next.split || plan.split !== null) &&
    JSONExt.deepEqual(told, plan.data) &&
    (!next.fit || plan.fit.class_weight !== undefined)
  );
}
