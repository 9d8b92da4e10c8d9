import * as React from 'react';
import { useTranslation } from '../../host';
import { useInside } from '../../hooks';

/** Layers that are named. */
const MOST = 6;

/** Says which layers have no weights of the epoch that is shown, as the drawing was edited since. */
export function MissingWeights(): JSX.Element | null {
  const trans = useTranslation();
  const missing = useInside(i => i.probe?.missing) ?? [];
  if (missing.length === 0) {
    return null;
  }
  const names = missing.slice(0, MOST).join(', ');
  return (
    <span className="jp-kerasviz-SampleBar-note" role="status">
      {trans.__(
        'No weights from this epoch, because the model was edited since: %1',
        missing.length > MOST ? `${names}, …` : names
      )}
    </span>
  );
}
