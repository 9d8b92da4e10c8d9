import * as React from 'react';
import type { ConnectRefusal } from '../../core';
import { connectNodes, connectSelected } from '../drawing/connecting';
import { useTranslation } from '../host';
import { useModel } from '../hooks';
import { refusalText } from './refusaltext';

/** A connection made by keyboard. */
export interface IKeyConnection {
  /** What to tell about it; null where there is nothing to tell. */
  message: string | null;
  /** Whether the key was about a connection. */
  onKey(key: string, nodes: readonly string[]): boolean;
}

/**
 * Connects by keyboard: C on a node begins, then Enter on another one connects them and Escape gives up; C with two
 * nodes selected connects them at once.
 */
export function useKeyConnection(): IKeyConnection {
  const trans = useTranslation();
  const model = useModel();
  const [from, setFrom] = React.useState<string | null>(null);
  const [message, setMessage] = React.useState<string | null>(null);

  const end = (text: string | null) => {
    setFrom(null);
    setMessage(text);
  };
  const name = (id: string) => model.document.graph.byId.get(id)?.layer ?? id;
  const told = (refusal: ConnectRefusal | null, text: string) =>
    refusal ? refusalText(refusal, trans) : text;

  return {
    message,
    onKey: (key, nodes) => {
      if (key === 'c' && nodes.length === 2) {
        end(told(connectSelected(model), trans.__('Connected.')));
      } else if (key === 'c' && nodes.length === 1) {
        setFrom(nodes[0]);
        setMessage(
          trans.__(
            'Connecting from %1: go to the target layer and press Enter, or Escape to cancel.',
            name(nodes[0])
          )
        );
      } else if (from !== null && key === 'Enter' && nodes.length === 1) {
        const text = trans.__(
          'Connected %1 to %2.',
          name(from),
          name(nodes[0])
        );
        end(told(connectNodes(model, from, nodes[0]), text));
      } else if (from !== null && key === 'Escape') {
        end(null);
      } else {
        if (from === null && message !== null) {
          setMessage(null);
        }
        return false;
      }
      return true;
    }
  };
}
