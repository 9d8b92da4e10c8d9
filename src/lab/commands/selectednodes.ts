/** What commands do with the selection of a document. */
import type { EditorModel, INode } from '../../core';

/** Ids of the selected nodes, in the order of the model. */
export function selectedNodes(editor: EditorModel): string[] {
  const { selection, document } = editor;
  return document.graph.nodes
    .map(node => node.id)
    .filter(id => selection.value.has(id));
}

/** The one node that is selected, or null. */
export function selectedNode(editor: EditorModel | null): INode | null {
  const [id, ...others] = editor ? selectedNodes(editor) : [];
  return others.length === 0
    ? (editor?.document.graph.byId.get(id) ?? null)
    : null;
}

/** Deletes the selected nodes, or else the selected edges. */
export function deleteSelection(editor: EditorModel): void {
  const { selection, document } = editor;
  const nodes = selectedNodes(editor);
  if (nodes.length > 0) {
    document.remove(nodes);
  } else {
    const edges = document.graph.edges.map(edge => edge.id);
    document.disconnect(edges.filter(id => selection.value.has(id)));
  }
  selection.select([]);
}
