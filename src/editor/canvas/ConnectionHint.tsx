import { Panel, useConnection } from '@xyflow/react';
import * as React from 'react';
import type { ConnectRefusal } from '../../core';
import { useTranslation } from '../host';
import type { ITranslation } from '../../core';
import { useModel } from '../hooks';

/** How long the reason stays after the mouse let go, in milliseconds. */
const STAYS = 5000;

/** Says, while a connection is drawn and shortly after, why it can't be made. */
export function ConnectionHint(): JSX.Element | null {
  const trans = useTranslation();
  const model = useModel();
  const refusal = useConnection(({ inProgress, fromHandle, toHandle }) => {
    if (!inProgress || !toHandle || toHandle === fromHandle) {
      return null;
    }
    const [source, target] =
      fromHandle.type === 'source'
        ? [fromHandle, toHandle]
        : [toHandle, fromHandle];
    return model.document.canConnect(
      { node: source.nodeId, tensor: Number(source.id) },
      { node: target.nodeId, port: target.id ?? '' }
    );
  });
  const drawing = useConnection(state => state.inProgress);
  const [last, setLast] = React.useState<ConnectRefusal | null>(null);

  React.useEffect(() => {
    if (drawing) {
      setLast(refusal);
      return;
    }
    const timer = setTimeout(() => setLast(null), STAYS);
    return () => clearTimeout(timer);
  }, [drawing, refusal]);

  const shown = refusal ?? last;
  return (
    <Panel position="top-center" role="status">
      {shown && (
        <div className="jp-kerasviz-Canvas-hint">
          {refusalText(shown, trans)}
        </div>
      )}
    </Panel>
  );
}

function refusalText(refusal: ConnectRefusal, trans: ITranslation): string {
  switch (refusal) {
    case 'cycle':
      return trans.__(
        'This would make a cycle. In a Keras model data flows one way, from the inputs to the outputs.'
      );
    case 'self':
      return trans.__('A layer cannot be connected to itself.');
    case 'occupied':
      return trans.__(
        'This input is taken. Remove its connection first, or join tensors with a merging layer.'
      );
    case 'input':
      return trans.__('An input layer takes data, not the output of a layer.');
    case 'duplicate':
      return trans.__('These two are connected already.');
  }
}
