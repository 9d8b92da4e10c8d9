import type { EditorModel, IDocumentText, IModelJSON, IStore } from '..';
import { editor } from './model';
import { hello, Kernel, points } from './kernel';

/** The names of the parts that change from now on. */
function changesOf(model: EditorModel): string[] {
  const told: string[] = [];
  const { document, analysis, selection, layout, kernel, run } = model;
  const parts = { document, analysis, selection, layout, kernel, run };
  for (const [name, part] of Object.entries<IStore>(parts)) {
    part.changed.connect(() => told.push(name));
  }
  return told;
}

describe('the editor', () => {
  it('fixes the document in one step', async () => {
    const model = editor();
    const before = model.document.getSource();
    const kernel = new Kernel({
      hello: () => hello(),
      apply_fix: ({ document }: IDocumentText) => ({
        document: JSON.stringify({
          ...JSON.parse(document),
          registered_name: 'fixed'
        })
      })
    });
    model.kernel.attach(kernel.client);
    const layers = model.document.model!.config.layers;
    await model.applyFix({ title: 'Fix', edits: [] });
    expect(model.document.model!.registered_name).toBe('fixed');
    expect(model.document.model!.config.layers[0]).toEqual(layers[0]);
    model.document.undo();
    expect(model.document.getSource()).toBe(before);
  });

  it('fixes the model that the error is about, whichever is shown', async () => {
    const model = editor('nested');
    const kernel = new Kernel({
      hello: () => hello(),
      apply_fix: ({ document }: IDocumentText) => {
        const model = JSON.parse(document) as IModelJSON;
        model.config.name = `${model.config.name}_fixed`;
        return { document: JSON.stringify(model) };
      }
    });
    model.kernel.attach(kernel.client);
    const outer = model.document.model!.config.name;
    model.show(['inner']);
    await model.applyFix({ title: 'Fix', edits: [] }, 'document');
    expect(model.document.model!.config.name).toBe(`${outer}_fixed`);
    expect(model.document.path).toEqual(['inner']);
    expect(model.document.shown!.config.name).toBe('inner');
    await model.applyFix({ title: 'Fix', edits: [] }, 'shown');
    expect(model.document.model!.config.name).toBe(`${outer}_fixed`);
    const asked = kernel.asked('apply_fix').pop()!.document as string;
    expect(JSON.parse(asked).config.name).toBe('inner');
  });

  it('takes a model of the kernel as text, in which 127.0 is no whole number', async () => {
    const model = editor();
    const before = model.document.getSource();
    const opened = before.replace(
      '"kwargs": {}',
      '"kwargs": { "factor": 127.0 }'
    );
    const kernel = new Kernel({
      hello: () => hello(),
      open_model: () => ({ document: opened }),
      apply_fix: ({ document }: IDocumentText) => ({ document })
    });
    model.kernel.attach(kernel.client);
    await model.openModel('net');
    expect(model.document.getSource()).toContain('"factor": 127.0');
    await model.applyFix({ title: 'Fix', edits: [] });
    const [{ document }] = kernel.asked('apply_fix');
    expect(document).toContain('"factor":127.0');
    expect(document).not.toContain('__float__');
    expect(model.document.getSource()).toContain('"factor": 127.0');
    model.document.undo();
    expect(model.document.getSource()).toBe(before);
  });

  it('does not fix a document that was edited meanwhile', async () => {
    const model = editor();
    const kernel = new Kernel({
      hello: () => hello(),
      apply_fix: ({ document }: IDocumentText) => {
        model.document.setModelName('edited');
        return { document };
      }
    });
    model.kernel.attach(kernel.client);
    await expect(model.applyFix({ title: 'Fix', edits: [] })).rejects.toThrow(
      'changed'
    );
    expect(model.document.model!.config.name).toBe('edited');
  });

  it('keeps what still exists selected, under its new name', () => {
    const model = editor();
    model.selection.select(['dense:1', 'subtract:0', 'right:0.0>dense:1.0.0']);
    model.layout.set(new Map([['dense:1', [5, 5]]]));
    const told = changesOf(model);
    model.selection.select(['right:0.0>dense:1.0.0', 'subtract:0', 'dense:1']);
    expect(told).toEqual([]);
    model.document.rename('dense', 'twins');
    expect(told).toEqual(['selection', 'layout', 'document']);
    expect([...model.selection.value]).toEqual(['twins:1', 'subtract:0']);
    expect(model.layout.value.get('twins:1')).toEqual([5, 5]);
    model.document.remove(['subtract:0']);
    expect([...model.selection.value]).toEqual(['twins:1']);
  });

  it('says nothing any more when disposed', async () => {
    const model = editor();
    const kernel = new Kernel({ hello: () => hello() });
    model.kernel.attach(kernel.client);
    const told = changesOf(model);
    model.dispose();
    model.dispose();
    const length = told.length;
    model.selection.select(['dense:0']);
    kernel.tell('run', 1, points(1));
    expect(told).toHaveLength(length);
    expect(kernel.client.isDisposed).toBe(false);
  });
});
