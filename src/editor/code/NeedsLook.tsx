import * as React from 'react';
import { ErrorNotice } from '../errors/ErrorNotice';
import { useTranslation } from '../host';
import { useLook, useModel } from '../hooks';

/** Says that the script lacks what only a look at the data can tell, and offers it: nothing is read unasked. */
export function NeedsLook(): JSX.Element {
  const trans = useTranslation();
  const { look } = useModel();
  const { error, share } = useLook(l => l);
  return (
    <div className="jp-kerasviz-CodeTab-replaces" role="note">
      {trans.__(
        'How the columns become numbers is written once the data was looked at.'
      )}{' '}
      <button
        type="button"
        className="jp-kerasviz-Button"
        data-command="look"
        disabled={share !== null}
        onClick={() => void look.look()}
      >
        {trans.__('Look at the Data')}
      </button>
      {error && <ErrorNotice error={error} />}
    </div>
  );
}
