import * as React from 'react';
import { say } from '../../core';
import { useTranslation } from '../host';
import { useHints, useModel } from '../hooks';

/** The hints that this document silences; each can be said again. */
export function Silenced(props: { codes: readonly string[] }): JSX.Element {
  const trans = useTranslation();
  const { hints } = useModel();
  const told = useHints(h => h.told?.hints);
  const nameOf = (code: string) => {
    const title = told?.find(hint => hint.code === code)?.title;
    return title ? say(title) : code;
  };
  return (
    <details className="jp-kerasviz-HintsTab-silenced">
      <summary>
        {trans._n(
          '%1 silenced hint',
          '%1 silenced hints',
          props.codes.length,
          props.codes.length
        )}
      </summary>
      <ul>
        {props.codes.map(code => (
          <li key={code}>
            <span title={code}>{nameOf(code)}</span>{' '}
            <button
              type="button"
              className="jp-kerasviz-Button"
              onClick={() => hints.say(code)}
            >
              {trans.__('Show Again')}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
