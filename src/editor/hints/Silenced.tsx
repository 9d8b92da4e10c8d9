import * as React from 'react';
import { useTranslation } from '../host';
import { useModel } from '../hooks';

/** The hints that this document silences; each can be said again. */
export function Silenced(props: { codes: readonly string[] }): JSX.Element {
  const trans = useTranslation();
  const { hints } = useModel();
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
            <code>{code}</code>{' '}
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
