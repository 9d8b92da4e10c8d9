import { Panel, useConnection } from '@xyflow/react';
import * as React from 'react';
import type { ConnectRefusal } from '../../core';
import { useTranslation } from '../host';
import { useModel } from '../hooks';
import { refusalText } from './refusaltext';

/** How long the reason stays after the mouse let go, in milliseconds. */
const STAYS = 5000;

export interface IConnectionHintProps {
  /** What the keyboard's connection has to say. */
  message: string | null;
}

/** Says, while a connection is drawn and shortly after, why it can't be made; and how one by keyboard goes. */
export function ConnectionHint({
  message
}: IConnectionHintProps): JSX.Element | null {
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
  const text = shown ? refusalText(shown, trans) : message;
  return (
    <Panel position="top-center" role="status">
      {text && <div className="jp-kerasviz-Canvas-hint">{text}</div>}
    </Panel>
  );
}
