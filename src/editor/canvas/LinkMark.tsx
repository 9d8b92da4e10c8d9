import * as React from 'react';
import type { INode } from '../../core';
import { useTranslation } from '../host';
import { useDocument, useSelection } from '../hooks';
import { Icon } from '../Icon';

/** Name of the shared layer that the mouse is over. */
export const HoveredLayer = React.createContext<string | null>(null);

/** Marks a call of a layer that is called several times, and lights up with the other calls. */
export function LinkMark({ node }: { node: INode }): JSX.Element {
  const trans = useTranslation();
  const hovered = React.useContext(HoveredLayer) === node.layer;
  const graph = useDocument(d => d.graph);
  const selected = useSelection(ids =>
    [...ids].some(id => graph.byId.get(id)?.layer === node.layer)
  );
  return (
    <span
      className="jp-kerasviz-LinkMark"
      data-active={hovered || selected || undefined}
      title={trans.__(
        'Shared layer: called %1 times with the same weights',
        node.calls
      )}
    >
      <Icon name="link" />
      {trans.__('call %1 of %2', node.call + 1, node.calls)}
    </span>
  );
}
