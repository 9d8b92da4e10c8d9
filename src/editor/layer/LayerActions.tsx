import * as React from 'react';
import type { INode } from '../../core';
import { useTranslation } from '../host';
import { useModel } from '../hooks';
import { callAgain, unlink } from '../drawing/sharedlayers';

/** What can be done with a layer besides setting it: call it again, part its calls, open the model that it is. */
export function LayerActions({ node }: { node: INode }): JSX.Element | null {
  const trans = useTranslation();
  const model = useModel();
  if (node.isInput) {
    return null;
  }
  const actions: [string, string, string, () => void][] = [
    [
      'use-again',
      trans.__('Use again'),
      trans.__('Call this layer once more, with the same weights'),
      () => callAgain(model, node.id)
    ]
  ];
  if (node.calls > 1) {
    actions.push([
      'unlink',
      trans.__('Unlink'),
      trans.__('Make this call by a copy with a name and weights of its own'),
      () => unlink(model, node.id)
    ]);
  }
  if (model.document.isModel(node.id)) {
    actions.push([
      'open',
      trans.__('Open'),
      trans.__('Show and change the layers of this model'),
      () => model.enter(node.id)
    ]);
  }
  return (
    <div className="jp-kerasviz-LayerActions">
      {node.calls > 1 && (
        <p className="jp-kerasviz-Inspector-hint">
          {trans.__(
            'This layer is called %1 times, with the same weights. What you change here changes in every call.',
            node.calls
          )}
        </p>
      )}
      {actions.map(([name, label, title, act]) => (
        <button
          key={name}
          type="button"
          className="jp-mod-styled"
          data-action={name}
          title={title}
          onClick={act}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
