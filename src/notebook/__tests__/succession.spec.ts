import { KerasDocument } from '../../core';
import type { IModelJSON } from '../../core';
import type { EditorSession } from '../editorsession';
import { formerDrawing } from '../succession';

/** An editor that Python made, in which somebody drew or not. */
function editor(name: string, isEdited: boolean): EditorSession {
  const model = JSON.parse(KerasDocument.emptySource(name)) as IModelJSON;
  return {
    editor: { document: { model } },
    drawn: isEdited ? model : null
  } as unknown as EditorSession;
}

describe('an editor below a cell that ran again', () => {
  let cell: HTMLElement;
  /** Shows an editor below those that the cell has. */
  const show = (session: EditorSession) => {
    const box = document.createElement('div');
    box.className = 'jp-kerasviz-Widget';
    box.dataset.view = 'editor';
    cell.append(box);
    return formerDrawing(box, session);
  };
  const run = (...sessions: EditorSession[]) => {
    cell.replaceChildren();
    return sessions.map(show);
  };

  beforeEach(() => {
    cell = document.body.appendChild(document.createElement('div'));
    cell.className = 'jp-Cell';
  });
  afterEach(() => cell.remove());

  it('finds what was drawn in the one before, in its place', () => {
    const [a, b] = [editor('a', true), editor('b', true)];
    expect(run(a, b)).toEqual([null, null]);
    expect(run(editor('c', false), editor('d', false))).toEqual([
      a.drawn,
      b.drawn
    ]);
  });

  it('finds nothing where nobody drew, where it is the same, or the same editor', () => {
    run(editor('a', false));
    expect(run(editor('b', false))).toEqual([null]);
    const drawn = editor('c', true);
    run(drawn);
    expect(run(drawn)).toEqual([null]);
    expect(run(editor('c', false))).toEqual([null]);
  });

  it('finds nothing where there is no cell', () => {
    cell.className = '';
    expect([...run(editor('a', true)), ...run(editor('b', false))]).toEqual([
      null,
      null
    ]);
  });
});
