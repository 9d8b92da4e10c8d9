import * as React from 'react';
import { parseNodeId } from '../../core';
import { useTranslation } from '../host';
import { useDocument, useModel, useShownCalls } from '../hooks';

/** Which call of the model inside is looked at, where it is called several times. */
export function CallChoice(): JSX.Element | null {
  const trans = useTranslation();
  const { inside } = useModel();
  const path = useDocument(d => d.path);
  const { all, shown } = useShownCalls();
  return all.length > 1 ? (
    <select
      className="jp-mod-styled"
      aria-label={trans.__('Call of the nested model')}
      value={shown ?? ''}
      onChange={event =>
        inside.shownCalls.choose(path.slice(0, -1), event.target.value)
      }
    >
      {all.map((id, i) => (
        <option key={id} value={id}>
          {trans.__('%1, call %2 of %3', parseNodeId(id)[0], i + 1, all.length)}
        </option>
      ))}
    </select>
  ) : null;
}
