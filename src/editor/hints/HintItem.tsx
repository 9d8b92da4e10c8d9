import * as React from 'react';
import { say, silencedHints, type IHint } from '../../core';
import { FixButton } from '../errors/FixButton';
import { formatNumber } from '../format';
import { useTranslation } from '../host';
import { useDocument, useModel } from '../hooks';

/** One hint: what is wrong, by which numbers it was found, and what can be done. */
export function HintItem({ hint }: { hint: IHint }): JSX.Element {
  const trans = useTranslation();
  const model = useModel();
  const { code, layer, severity } = hint;
  const node = useDocument(d =>
    layer === null || d.path.length > 0
      ? undefined
      : d.graph.nodes.find(n => n.layer === layer)?.id
  );
  const severities = {
    error: trans.__('Error'),
    warning: trans.__('Warning'),
    info: trans.__('Could be better')
  };
  const silence = () => {
    const { document } = model;
    document.silenceHints([...silencedHints(document.model), code]);
  };
  return (
    <li className="jp-kerasviz-Hint" data-severity={severity} data-code={code}>
      <p>
        <strong>{severities[severity]}</strong> {say(hint.sentence)}
      </p>
      <p className="jp-kerasviz-Hint-consequence">{say(hint.consequence)}</p>
      {hint.evidence.length > 0 && (
        <dl>
          {hint.evidence.map((each, i) => (
            <div key={i}>
              <dt>{say(each.what)}</dt>
              <dd>{formatNumber(each.value)}</dd>
            </div>
          ))}
        </dl>
      )}
      <div className="jp-kerasviz-Hint-buttons">
        {hint.fix && <FixButton fix={hint.fix} subject="document" />}
        {node !== undefined && (
          <button type="button" onClick={() => model.selection.select([node])}>
            {trans.__('Select %1', layer ?? '')}
          </button>
        )}
        <button
          type="button"
          title={trans.__('Does not say %1 in this document again', code)}
          onClick={silence}
        >
          {trans.__('Not Here')}
        </button>
      </div>
    </li>
  );
}
