import { type IModelJSON, stringify } from '../core';
import type { EditorSession } from './editorsession';

/** Where a cell keeps its editors: anywidget loads this module again for each of them. */
const EDITORS = Symbol.for('kerasviz/editors');

/** A cell of a notebook, with the editors that it shows, in the order in which they stand below it. */
interface ICell extends Element {
  [EDITORS]?: Pick<EditorSession, 'drawn'>[];
}

/**
 * Takes an editor for the successor of the one that stood in its place before the cell ran again.
 *
 * @param view - Part of the editor's view, on the page.
 * @returns What somebody drew in the former one, where the new one has something else.
 */
export function formerDrawing(
  view: Element,
  session: EditorSession
): IModelJSON | null {
  const cell: ICell | null = view.closest('.jp-Cell');
  if (!cell) {
    return null;
  }
  const place = [
    ...cell.querySelectorAll('.jp-kerasviz-Widget[data-view="editor"]')
  ].findIndex(editor => editor.contains(view));
  const sessions = (cell[EDITORS] ??= []);
  const former = sessions[place];
  sessions[place] = session;
  const drawn = former !== session ? former?.drawn : null;
  const { model } = session.editor.document;
  return drawn && (!model || stringify(drawn) !== stringify(model))
    ? drawn
    : null;
}
