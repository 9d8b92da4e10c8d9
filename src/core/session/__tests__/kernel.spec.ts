import { CatalogIndex, EditorModel } from '../..';
import { editor, until } from '../../__tests__/model';
import { CATALOG, entry, open, source } from '../../__tests__/fixtures';
import { hello, Kernel, points, status } from '../../__tests__/kernel';

async function greeted(model: EditorModel, kernel: Kernel): Promise<void> {
  model.kernel.attach(kernel.client);
  await until(model, () => model.kernel.status.state === 'ready');
}

async function settled(model: EditorModel, kernel: Kernel): Promise<void> {
  await greeted(model, kernel);
  await until(model, () => !model.analysis.value.pending);
}

describe('a kernel', () => {
  it('is greeted with the path, and its catalogue is fetched where it is another', async () => {
    const model = editor();
    const catalog = {
      ...CATALOG.catalog,
      hash: 'new',
      layers: [entry('Dense')]
    };
    const kernel = new Kernel({
      hello: () => hello({ catalog_hash: 'new' }),
      catalog: () => catalog
    });
    model.kernel.attach(kernel.client);
    expect(model.kernel.status.state).toBe('connecting');
    await until(model, () => model.catalog.value.catalog.hash === 'new');
    expect(kernel.asked('hello')).toEqual([
      { document: 'folder/model.keras.json' }
    ]);
    expect(model.kernel.status).toMatchObject({ state: 'ready' });
    expect(model.document.catalog).toBe(model.catalog.value);
  });

  it('is waited for while it is on its way', async () => {
    const model = editor();
    const kernel = new Kernel({ hello: () => hello() });
    const status = { state: 'connecting', message: '', hello: null } as const;
    model.kernel.setStatus(status);
    const started = model.kernel.started();
    model.kernel.attach(kernel.client);
    expect(await started).toBe(kernel.client);
    model.kernel.attach(null);
    model.kernel.setStatus(status);
    const refused = model.kernel.started();
    model.kernel.setStatus({ ...status, state: 'none', message: 'None.' });
    await expect(refused).rejects.toThrow('None.');
  });

  it('is told when the document gets another path, once', async () => {
    const model = editor();
    const kernel = new Kernel({
      hello: () => hello({ catalog_hash: CATALOG.catalog.hash })
    });
    await greeted(model, kernel);
    model.path = 'folder/renamed.keras.json';
    model.path = 'folder/renamed.keras.json';
    expect(kernel.asked('hello').slice(1)).toEqual([
      { document: 'folder/renamed.keras.json' }
    ]);
  });

  it('keeps the catalogue at hand where it has the same', async () => {
    const model = editor();
    const kernel = new Kernel({
      hello: () => hello({ catalog_hash: CATALOG.catalog.hash })
    });
    await greeted(model, kernel);
    expect(kernel.asked('catalog')).toEqual([]);
  });

  it('gives a page without a catalogue the one that ships with kerasviz, until Keras is there', async () => {
    const model = new EditorModel({
      document: open(source('shared')),
      catalog: new CatalogIndex({ ...CATALOG.catalog, hash: '', layers: [] }),
      path: ''
    });
    const kernel = new Kernel({
      hello: () => hello({ catalog_hash: '' }),
      asset: () => ({ source: JSON.stringify(CATALOG.catalog) })
    });
    model.kernel.attach(kernel.client);
    await until(model, () => model.catalog.value.layer('Dense') !== undefined);
    expect(kernel.asked('asset')).toEqual([{ name: 'catalog' }]);
    kernel.tell('catalog', 1, { hash: CATALOG.catalog.hash });
    expect(kernel.asked('catalog')).toEqual([]);
  });

  it('is asked again about the data when a cell has made other arrays', async () => {
    const model = editor();
    const kernel = new Kernel({
      hello: () => hello(),
      analyze: ({ revision }: { revision: number }) => ({
        revision,
        nodes: {},
        totals: null,
        errors: [],
        judging: false
      })
    });
    await settled(model, kernel);
    const asked = kernel.asked('analyze').length;
    kernel.tell('arrays', 1, { count: 2 });
    expect(model.analysis.value.pending).toBe(false);
    const config = { x: 'x', y: 'y' };
    model.document.setTraining({ data: { class_name: 'arrays', config } });
    await until(model, () => !model.analysis.value.pending);
    kernel.tell('arrays', 2, { count: 3 });
    expect(model.analysis.value.pending).toBe(true);
    await until(model, () => !model.analysis.value.pending);
    expect(kernel.asked('analyze').length).toBe(asked + 2);
  });

  it('is asked again about everything when a cell has changed what layers are', async () => {
    const model = editor();
    const kernel = new Kernel({
      hello: () => hello(),
      analyze: ({ revision }: { revision: number }) => ({
        revision,
        nodes: {},
        totals: null,
        errors: []
      }),
      weights: () => ({ layers: {}, rounded: {}, because: [], sentence: null })
    });
    await settled(model, kernel);
    const asked = kernel.asked('analyze').length;
    const { generation } = model.kernel;
    kernel.tell('settings', 1, { generation: 2 });
    expect(model.analysis.value.pending).toBe(true);
    expect(model.kernel.generation).not.toBe(generation);
    await until(model, () => !model.analysis.value.pending);
    expect(kernel.asked('analyze').length).toBe(asked + 1);
  });

  it('tells later of Keras, and of layers that were registered', async () => {
    const model = editor();
    const catalog = { ...CATALOG.catalog, hash: 'newer' };
    const kernel = new Kernel({ hello: () => hello(), catalog: () => catalog });
    await greeted(model, kernel);
    const devices = [{ name: 'cpu:0', label: 'CPU' }];
    kernel.tell('keras', 1, { devices, error: null });
    expect(model.kernel.status.hello!.devices).toEqual(devices);
    kernel.tell('catalog', 2, { hash: 'newer' });
    await until(model, () => model.catalog.value.catalog.hash === 'newer');
    kernel.tell('keras', 3, {
      devices: [],
      error: { message: 'No TensorFlow.' }
    });
    expect(model.kernel.status).toMatchObject({
      state: 'missing',
      message: 'No TensorFlow.'
    });
  });

  it('that dies leaves the curves, as a lost run', async () => {
    const model = editor();
    const run = { status: status(), curves: { batch: {}, epoch: {} } };
    const kernel = new Kernel({ hello: () => hello({ run }) });
    model.kernel.attach(kernel.client);
    await until(model, () => model.run.history !== null);
    kernel.tell('run', 1, points(1, 2, 3));
    kernel.wire.closed.emit('The kernel died.');
    expect(model.kernel.status).toMatchObject({
      state: 'dead',
      message: 'The kernel died.'
    });
    expect(model.run.history!.status.state).toBe('lost');
    expect(model.run.history!.curves.batch.loss.x).toEqual([1, 2, 3]);
    model.kernel.attach(null);
    model.kernel.attach(new Kernel({ hello: () => hello() }).client);
    await until(model, () => model.kernel.status.state === 'ready');
    expect(model.run.history!.curves.batch.loss.x).toEqual([1, 2, 3]);
  });
});
