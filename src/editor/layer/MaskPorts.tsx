import * as React from 'react';
import type { ILayerEntry, INode } from '../../core';
import { useTranslation } from '../host';
import { useDocument, useModel } from '../hooks';
import { FlagField } from '../forms/FlagField';

/** Masks that a call takes and that Keras hands along by itself: which of them have a port, to connect a tensor to. */
export function MaskPorts({
  node,
  entry
}: {
  node: INode;
  entry: ILayerEntry;
}): JSX.Element {
  const trans = useTranslation();
  const { document } = useModel();
  const open = useDocument(d => d.openPorts);
  const graph = useDocument(d => d.graph);
  return (
    <>
      {entry.inputs.map(({ name, carried }, position) => {
        const isUsed = graph.edges.some(
          ({ target, port }) =>
            target === node.id && (port === name || port === String(position))
        );
        return (
          carried && (
            <FlagField
              key={name}
              label={trans.__('port: %1', name)}
              value={isUsed || !!open.get(node.id)?.includes(name)}
              disabled={isUsed}
              onChange={isShown =>
                document.showPort({ node: node.id, port: name }, isShown)
              }
            />
          )
        );
      })}
    </>
  );
}
