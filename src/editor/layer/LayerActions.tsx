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
      trans.__('Reuse layer'),
      trans.__('Call this layer again, sharing its weights'),
      () => callAgain(model, node.id)
    ]
  ];
  if (node.calls > 1) {
    actions.push([
      'unlink',
      trans.__('Unlink'),
      trans.__('Replace this call with an independent copy of the layer'),
      () => unlink(model, node.id)
    ]);
  }
  if (model.document.isModel(node.id)) {
    actions.push([
      'open',
      trans.__('Open'),
      trans.__('Show and edit the layers of this model'),
      () => model.enter(node.id)
    ]);
  }
  return (
    <div className="jp-kerasviz-LayerActions">
      {node.calls > 1 && (
        <p className="jp-kerasviz-Inspector-hint">
          {trans.__(
            'This layer is called %1 times with the same weights. Changes here apply to every call.',
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
