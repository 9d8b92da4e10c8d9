import type { JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import { parseCallValue, stringify, type INode } from '../../core';
import { useTranslation } from '../host';
import { useModel, useModelState } from '../hooks';
import { FlagField } from './FlagField';
import { LineField } from './LineField';

/** The arguments of a call that are no tensors, where the model has some. */
export function CallValues({ node }: { node: INode }): JSX.Element | null {
  const trans = useTranslation();
  const { document } = useModel();
  const entry = useModelState(['catalog'], m =>
    m.catalog.layer(node.class_name, node.registered_name)
  );
  if (node.values.length === 0) {
    return null;
  }
  return (
    <fieldset className="jp-kerasviz-CallValues">
      <legend>{trans.__('Arguments of this call')}</legend>
      {node.values.map(([port, value]) => {
        const label = entry?.inputs[Number(port)]?.name ?? port;
        const set = (next: JSONValue) =>
          document.setCallValue(node.id, port, next);
        return typeof value === 'boolean' ? (
          <FlagField key={port} label={label} value={value} onChange={set} />
        ) : (
          <LineField
            key={port}
            label={label}
            value={stringify(value)}
            onCommit={text => set(parse(text))}
          />
        );
      })}
    </fieldset>
  );

  function parse(text: string): JSONValue {
    try {
      return parseCallValue(text);
    } catch {
      throw new Error(
        trans.__(
          'Expected JSON, such as 1.5, "text" or [1, 2]. Received: %1',
          text
        )
      );
    }
  }
}
