import * as React from 'react';
import type { INode } from '../../core';
import { useTranslation } from '../host';
import { useModel } from '../hooks';
import { LineField } from '../forms/LineField';

/** The name of a layer. */
export function NameField({ node }: { node: INode }): JSX.Element {
  const trans = useTranslation();
  const { document } = useModel();
  return (
    <LineField
      label={trans.__('name')}
      value={node.layer}
      onCommit={text => document.rename(node.layer, text.trim())}
    />
  );
}
