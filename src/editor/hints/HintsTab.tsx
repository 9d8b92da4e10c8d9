import * as React from 'react';
import { useTranslation } from '../host';
import { useModel, useRun } from '../hooks';
import { HintItem } from './HintItem';
import { useHeard } from './useHeard';

/** What can't work, hurts, or could be better in the last run, the gravest first. */
export function HintsTab(): JSX.Element {
  const trans = useTranslation();
  const model = useModel();
  const { heard, silenced } = useHeard();
  const hasRun = useRun(r => r.history !== null);
  const isActive = useRun(r => r.history?.isActive ?? false);
  let told = '';
  if (!hasRun) {
    told = trans.__('Hints come when a run has ended.');
  } else if (isActive) {
    told = trans.__('It trains. Hints come when it has ended.');
  } else if (!heard) {
    told = trans.__('There are no hints about this run.');
  } else if (heard.length === 0) {
    told = trans.__('Nothing was found that hurts this training.');
  }
  return (
    <div className="jp-kerasviz-HintsTab">
      {told && <p>{told}</p>}
      <ul aria-label={trans.__('Hints')}>
        {heard?.map(hint => (
          <HintItem key={hint.code} hint={hint} />
        ))}
      </ul>
      {silenced.length > 0 && (
        <p>
          {trans.__('Not said in this document: %1', silenced.join(', '))}{' '}
          <button type="button" onClick={() => model.document.silenceHints([])}>
            {trans.__('Say all')}
          </button>
        </p>
      )}
    </div>
  );
}
