import type { JSONObject } from '@lumino/coreutils';
import type { EditorModel, IModelJSON, IStore } from '../..';
import { editor } from '../../__tests__/model';
import { hello, Kernel, points } from '../../__tests__/kernel';

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
  it('mends the document in one step', async () => {
    const model = editor();
    const before = model.document.getSource();
    const kernel = new Kernel({
      hello: () => hello(),
      apply_fix: ({ document }: { document: JSONObject }) => ({
        document: { ...document, registered_name: 'mended' }
      })
    });
    model.kernel.attach(kernel.client);
    const layers = model.document.model!.config.layers;
    await model.applyFix({ title: 'Mend' });
    expect(model.document.model!.registered_name).toBe('mended');
    expect(model.document.model!.config.layers[0]).toEqual(layers[0]);
    model.document.undo();
    expect(model.document.getSource()).toBe(before);
  });

  it('mends the model that the error is about, whichever is shown', async () => {
    const model = editor('nested');
    const kernel = new Kernel({
      hello: () => hello(),
      apply_fix: ({ document }: { document: IModelJSON }) => ({
        document: {
          ...document,
          config: { ...document.config, name: `${document.config.name}_mended` }
        }
      })
    });
    model.kernel.attach(kernel.client);
    const outer = model.document.model!.config.name;
    model.show(['inner']);
    await model.applyFix({ title: 'Mend' }, 'document');
    expect(model.document.model!.config.name).toBe(`${outer}_mended`);
    expect(model.document.path).toEqual(['inner']);
    expect(model.document.shown!.config.name).toBe('inner');
    await model.applyFix({ title: 'Mend' }, 'shown');
    expect(model.document.model!.config.name).toBe(`${outer}_mended`);
    expect(kernel.asked('apply_fix').pop()).toMatchObject({
      document: { config: { name: 'inner' } }
    });
  });

  it('does not mend a document that was edited meanwhile', async () => {
    const model = editor();
    const kernel = new Kernel({
      hello: () => hello(),
      apply_fix: ({ document }: { document: JSONObject }) => {
        model.document.setModelName('edited');
        return { document };
      }
    });
    model.kernel.attach(kernel.client);
    await expect(model.applyFix({ title: 'Mend' })).rejects.toThrow('changed');
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
