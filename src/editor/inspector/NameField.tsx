import * as React from 'react';
import type { EditorModel, INode } from '../../core';
import { useTranslation } from '../host';
import { useModel } from '../hooks';
import { LineField } from './LineField';

/** The name of a layer; renaming keeps its place and its selection. */
export function NameField({ node }: { node: INode }): JSX.Element {
  const trans = useTranslation();
  const model = useModel();
  return (
    <LineField
      label={trans.__('name')}
      value={node.layer}
      onCommit={text => rename(model, node, text.trim())}
    />
  );
}

/** A node's id holds the layer's name, so what is kept by id is handed on. */
function rename(model: EditorModel, node: INode, name: string): void {
  const renamed = new Map(
    model.document.graph.nodes
      .filter(({ layer }) => layer === node.layer)
      .map(({ id, call }) => [id, `${name}:${call}`])
  );
  const { selection } = model;
  const layout = new Map(model.layout);
  for (const [before, after] of renamed) {
    const point = layout.get(before);
    if (point) {
      layout.set(after, point);
    }
  }
  model.setLayout(layout);
  model.document.rename(node.layer, name);
  model.select([...selection].map(id => renamed.get(id) ?? id));
}
