import type { JSONObject } from '@lumino/coreutils';
import {
  CatalogIndex,
  EditorModel,
  type EditorModelChange,
  type IAnalyzePayload,
  type ILayerJSON,
  type IModelJSON
} from '..';
import { CATALOG, entry, open, source } from './fixtures';
import { hello, Kernel, points, status } from './kernel';

function editor(name: Parameters<typeof source>[0] = 'shared'): EditorModel {
  return new EditorModel({
    document: open(source(name)),
    catalog: CATALOG,
    path: 'folder/model.keras.json'
  });
}

/** Resolves when the condition holds; it is looked at after each change. */
function until(model: EditorModel, condition: () => boolean): Promise<void> {
  return new Promise(resolve => {
    const look = (): void => {
      if (condition()) {
        model.changed.disconnect(look);
        resolve();
      }
    };
    model.changed.connect(look);
    look();
  });
}

const settled = (model: EditorModel): Promise<void> =>
  until(model, () => !model.analysis.pending);

/** Keeps revisions as the kernel does, and answers with each layer's units. */
class Analyst {
  revisions = new Map<number, ILayerJSON[]>();
  sizes: number[] = [];
  gate: Promise<void> = Promise.resolve();

  readonly answer = async (payload: IAnalyzePayload): Promise<object> => {
    const base = this.revisions.get(payload.base ?? -1);
    if (payload.base !== null && !base) {
      throw {
        code: 'unknown_base',
        layer: null,
        message: '?',
        detail: null,
        fix: null
      };
    }
    await this.gate;
    const layers = payload.layers.flatMap(item =>
      Array.isArray(item) ? base!.slice(item[0], item[0] + item[1]) : [item]
    );
    this.revisions.set(payload.revision, layers);
    this.sizes.push(payload.layers.filter(item => !Array.isArray(item)).length);
    const nodes: JSONObject = {};
    const known = new Set(base?.map(layer => layer.name));
    for (const layer of layers) {
      known.delete(layer.name);
      if (!base?.includes(layer)) {
        nodes[`${layer.name}:0`] = { params: layer.config.units ?? 0 };
      }
    }
    known.forEach(name => (nodes[`${name}:0`] = null));
    return {
      revision: payload.revision,
      nodes,
      totals: { layers: layers.length, params: 0, trainable: 0, bytes: 0 },
      errors: []
    };
  };
}

describe('analysis', () => {
  it('sends everything once, then what changed', async () => {
    const [model, analyst] = [editor(), new Analyst()];
    const kernel = new Kernel({
      hello: () => hello(),
      analyze: analyst.answer
    });
    model.kernel = kernel.client;
    expect(model.analysis.pending).toBe(true);
    await settled(model);
    expect(model.analysis.nodes.size).toBe(4);
    model.document.setArguments('dense', { units: 9 });
    model.document.remove(['right:0']);
    await settled(model);
    expect(analyst.sizes).toEqual([4, 1]);
    expect(model.analysis.nodes.get('dense:0')).toEqual({ params: 9 });
    expect(model.analysis.nodes.has('right:0')).toBe(false);
    expect(model.analysis.totals?.layers).toBe(3);
    expect([...analyst.revisions.values()].pop()).toEqual(
      model.document.model!.config.layers
    );
    const [, change] = kernel.asked('analyze') as unknown as IAnalyzePayload[];
    expect(change.layers[0]).toEqual([0, 1]);
    expect(change.model.config.layers).toEqual([]);
    expect(change.model).not.toHaveProperty('kerasviz');
  });

  it('asks nothing when nodes are only moved', async () => {
    const [model, analyst] = [editor(), new Analyst()];
    const kernel = new Kernel({
      hello: () => hello(),
      analyze: analyst.answer
    });
    model.kernel = kernel.client;
    await settled(model);
    model.document.move({ 'dense:0': [1, 2] });
    model.document.setTraining({ epochs: 3 });
    expect(model.analysis.pending).toBe(false);
    model.document.undo();
    expect(kernel.asked('analyze')).toHaveLength(1);
  });

  it('asks again when other data is chosen, which it sends; how long to train is nothing to it', async () => {
    const [model, analyst] = [editor(), new Analyst()];
    const kernel = new Kernel({
      hello: () => hello(),
      analyze: analyst.answer
    });
    model.kernel = kernel.client;
    await settled(model);
    model.document.setTraining({ data: { source: 'digits' }, epochs: 3 });
    expect(model.analysis.pending).toBe(true);
    await settled(model);
    model.document.setTraining({ epochs: 5 });
    model.document.move({ 'dense:0': [1, 2] });
    expect(model.analysis.pending).toBe(false);
    const [, asked] = kernel.asked('analyze') as unknown as IAnalyzePayload[];
    expect(asked.model.kerasviz).toEqual({
      version: 1,
      training: { data: { source: 'digits' } }
    });
    expect(analyst.sizes).toEqual([4, 0]);
    model.document.undo();
    model.document.undo();
    model.document.undo();
    await settled(model);
    const last = kernel.asked('analyze').pop() as unknown as IAnalyzePayload;
    expect(last.model).not.toHaveProperty('kerasviz');
  });

  it('has one request on its way, and then asks about the newest model only', async () => {
    const [model, analyst] = [editor(), new Analyst()];
    let open = (): void => undefined;
    analyst.gate = new Promise(resolve => (open = resolve));
    const kernel = new Kernel({
      hello: () => hello(),
      analyze: analyst.answer
    });
    model.kernel = kernel.client;
    await new Promise<void>(resolve => {
      const onSend = kernel.wire.onSend;
      kernel.wire.onSend = message => {
        onSend(message);
        if (message.type === 'analyze') {
          resolve();
        }
      };
    });
    for (let units = 1; units < 9; units++) {
      model.document.setArguments('dense', { units });
    }
    open();
    await settled(model);
    expect(kernel.asked('analyze')).toHaveLength(2);
    expect(model.analysis.nodes.get('dense:0')).toEqual({ params: 8 });
  });

  it('sends everything again to a kernel that does not know the base', async () => {
    const [model, analyst] = [editor(), new Analyst()];
    model.kernel = new Kernel({
      hello: () => hello(),
      analyze: analyst.answer
    }).client;
    await settled(model);
    analyst.revisions.clear();
    model.document.remove(['subtract:0']);
    await settled(model);
    expect(analyst.sizes).toEqual([4, 3]);
    expect(model.analysis.nodes.size).toBe(3);
  });

  it('begins anew with another kernel, and forgets what the one before knew', async () => {
    const [model, first, second] = [editor(), new Analyst(), new Analyst()];
    model.kernel = new Kernel({
      hello: () => hello(),
      analyze: first.answer
    }).client;
    await settled(model);
    model.kernel = null;
    expect(model.analysis).toMatchObject({ totals: null, pending: false });
    model.kernel = new Kernel({
      hello: () => hello(),
      analyze: second.answer
    }).client;
    await settled(model);
    expect(second.sizes).toEqual([4]);
  });

  it('shows why the kernel could not analyse, and tries again with the next change', async () => {
    const model = editor();
    const analyst = new Analyst();
    const error = {
      code: 'internal',
      layer: null,
      message: 'Oops.',
      detail: null,
      fix: null
    };
    let fails = true;
    model.kernel = new Kernel({
      hello: () => hello(),
      analyze: (payload: IAnalyzePayload) => {
        if (fails) {
          throw error;
        }
        return analyst.answer(payload);
      }
    }).client;
    await settled(model);
    expect(model.analysis.errors).toEqual([error]);
    fails = false;
    model.document.setArguments('dense', { units: 3 });
    await settled(model);
    expect(model.analysis.errors).toEqual([]);
    expect(model.analysis.nodes.size).toBe(4);
  });

  it('shows errors at once, and a mend of each when it is found', async () => {
    const model = editor();
    const error = { code: 'shape', layer: 'dense', message: 'No.' };
    const wrong = { ...error, detail: null, fix: null };
    let found: (fixes: object) => void = () => undefined;
    const kernel = new Kernel({
      hello: () => hello(),
      analyze: ({ revision }: IAnalyzePayload) => ({
        revision,
        nodes: { 'dense:0': { error: wrong }, 'add:0': { error: null } },
        totals: { layers: 4, params: 0, trainable: 0, bytes: 0 },
        errors: [wrong]
      }),
      fixes: () => new Promise<object>(resolve => (found = resolve))
    });
    model.kernel = kernel.client;
    await settled(model);
    const before = model.analysis;
    expect(before.nodes.get('dense:0')?.error?.fix).toBeNull();
    const [{ revision }] = kernel.asked('fixes');
    const fix = { title: 'Mend' };
    found({ revision, nodes: { 'dense:0': fix }, errors: [null] });
    await until(model, () => model.analysis !== before);
    expect(model.analysis.nodes.get('dense:0')?.error?.fix).toEqual(fix);
    expect(model.analysis.nodes.get('add:0')).toBe(before.nodes.get('add:0'));
    expect(model.analysis.errors[0].fix).toBeNull();
  });

  it('takes no mends of a model that was changed since', async () => {
    const model = editor();
    const error = { code: 'shape', layer: 'dense', message: 'No.' };
    const wrong = { ...error, detail: null, fix: null };
    const waiting: ((fixes: object) => void)[] = [];
    const kernel = new Kernel({
      hello: () => hello(),
      analyze: ({ revision }: IAnalyzePayload) => ({
        revision,
        nodes: { 'dense:0': { error: wrong } },
        totals: { layers: 4, params: 0, trainable: 0, bytes: 0 },
        errors: []
      }),
      fixes: () => new Promise<object>(resolve => waiting.push(resolve))
    });
    model.kernel = kernel.client;
    await settled(model);
    model.document.setArguments('dense', { units: 9 });
    await settled(model);
    const [old, latest] = waiting;
    const mend = (title: string) => ({ nodes: { 'dense:0': { title } } });
    old({ revision: 1, ...mend('Old'), errors: [] });
    latest({ revision: 2, ...mend('New'), errors: [] });
    const fix = () => model.analysis.nodes.get('dense:0')?.error?.fix;
    await until(model, () => fix() !== null);
    expect(fix()).toEqual({ title: 'New' });
  });

  it('has nothing to say about a text that is no model', async () => {
    const [model, analyst] = [editor(), new Analyst()];
    model.kernel = new Kernel({
      hello: () => hello(),
      analyze: analyst.answer
    }).client;
    await settled(model);
    model.document.setSource('{');
    await settled(model);
    expect(model.analysis.nodes.size).toBe(0);
  });
});

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
    model.kernel = kernel.client;
    expect(model.kernelStatus.state).toBe('connecting');
    await until(model, () => model.catalog.catalog.hash === 'new');
    expect(kernel.asked('hello')).toEqual([
      { document: 'folder/model.keras.json' }
    ]);
    expect(model.kernelStatus).toMatchObject({ state: 'ready' });
    expect(model.document.catalog).toBe(model.catalog);
  });

  it('keeps the catalogue at hand where it has the same', async () => {
    const model = editor();
    const kernel = new Kernel({
      hello: () => hello({ catalog_hash: CATALOG.catalog.hash })
    });
    model.kernel = kernel.client;
    await until(model, () => model.kernelStatus.state === 'ready');
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
    model.kernel = kernel.client;
    await until(model, () => model.catalog.layer('Dense') !== undefined);
    expect(kernel.asked('asset')).toEqual([{ name: 'catalog' }]);
    kernel.tell('catalog', 1, { hash: CATALOG.catalog.hash });
    expect(kernel.asked('catalog')).toEqual([]);
  });

  it('tells later of Keras, and of layers that were registered', async () => {
    const model = editor();
    const catalog = { ...CATALOG.catalog, hash: 'newer' };
    const kernel = new Kernel({ hello: () => hello(), catalog: () => catalog });
    model.kernel = kernel.client;
    await until(model, () => model.kernelStatus.state === 'ready');
    const devices = [{ name: 'cpu:0', label: 'CPU' }];
    kernel.tell('keras', 1, { devices, error: null });
    expect(model.kernelStatus.hello!.devices).toEqual(devices);
    kernel.tell('catalog', 2, { hash: 'newer' });
    await until(model, () => model.catalog.catalog.hash === 'newer');
    kernel.tell('keras', 3, {
      devices: [],
      error: { message: 'No TensorFlow.' }
    });
    expect(model.kernelStatus).toMatchObject({
      state: 'missing',
      message: 'No TensorFlow.'
    });
  });

  it('that dies leaves the curves, as a lost run', async () => {
    const model = editor();
    const run = { status: status(), curves: { batch: {}, epoch: {} } };
    const kernel = new Kernel({ hello: () => hello({ run }) });
    model.kernel = kernel.client;
    await until(model, () => model.run !== null);
    kernel.tell('run', 1, points(1, 2, 3));
    kernel.wire.closed.emit('The kernel died.');
    expect(model.kernelStatus).toMatchObject({
      state: 'dead',
      message: 'The kernel died.'
    });
    expect(model.run!.status.state).toBe('lost');
    expect(model.run!.curves.batch.loss.x).toEqual([1, 2, 3]);
    model.kernel = null;
    model.kernel = new Kernel({ hello: () => hello() }).client;
    await until(model, () => model.kernelStatus.state === 'ready');
    expect(model.run!.curves.batch.loss.x).toEqual([1, 2, 3]);
  });
});

describe('a run', () => {
  it('takes every event once, and fills a gap by the history', async () => {
    const model = editor();
    const kernel = new Kernel({
      hello: () => hello({ seq: 4, run: points(1, 2) as never }),
      history: () => ({ ...points(1, 2, 3, 4, 5), seq: 8 })
    });
    model.kernel = kernel.client;
    await until(model, () => model.run !== null);
    kernel.tell('run', 4, points(2));
    kernel.tell('run', 5, points(3));
    expect(model.run!.curves.batch.loss.x).toEqual([1, 2, 3]);
    kernel.tell('run', 8, points(5));
    kernel.tell('run', 9, points(6));
    kernel.tell('run', 10, points(7));
    await until(model, () => model.run!.curves.batch.loss.x.length > 6);
    expect(model.run!.curves.batch.loss.x).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(kernel.asked('history')).toEqual([{ run: 'run-1' }]);
  });

  it('begins anew with another id', async () => {
    const model = editor();
    const kernel = new Kernel({ hello: () => hello() });
    model.kernel = kernel.client;
    await until(model, () => model.kernelStatus.state === 'ready');
    kernel.tell('run', 1, points(1));
    const first = model.run;
    kernel.tell('run', 2, {
      status: status({ run: 'run-2' }),
      curves: { batch: {}, epoch: {} }
    });
    expect(model.run).not.toBe(first);
    expect(model.run!.curves.batch).toEqual({});
  });

  it('is begun with what the document says, or the defaults', async () => {
    const model = editor();
    const kernel = new Kernel({
      hello: () => hello(),
      train: () => ({ run: 'run-1' })
    });
    model.document.setTraining({ epochs: 3, data: { source: 'digits' } });
    model.kernel = kernel.client;
    await model.train('fresh');
    expect(model.trainError).toBeNull();
    expect(kernel.asked('train')).toEqual([
      {
        document: model.document.model,
        data: { source: 'digits' },
        epochs: 3,
        batch_size: 32,
        validation_split: 0.2,
        model_name: 'model',
        fresh: true,
        restore: false
      }
    ]);
  });

  it('begins once, though the button is pressed again while the kernel starts', async () => {
    const model = editor();
    const kernel = new Kernel({
      hello: () => hello(),
      train: () => ({ run: 'x' })
    });
    let start = () => {};
    const started = new Promise<void>(resolve => (start = resolve));
    model.setKernelStatus({
      state: 'none',
      message: '',
      hello: null,
      start: () => started
    });
    const presses = [model.train('trained'), model.train('trained')];
    model.kernel = kernel.client;
    start();
    await Promise.all(presses);
    expect(kernel.asked('train')).toHaveLength(1);
    expect(model.trainError).toBeNull();
  });

  it('is steered by its id', async () => {
    const model = editor();
    const kernel = new Kernel({
      hello: () => hello({ run: points(1) as never }),
      stop: () => ({}),
      pause: () => ({}),
      resume: () => ({})
    });
    model.kernel = kernel.client;
    await until(model, () => model.run !== null);
    await model.pause();
    await model.resume();
    await model.stop();
    for (const type of ['pause', 'resume', 'stop']) {
      expect(kernel.asked(type)).toEqual([{ run: 'run-1' }]);
    }
  });

  it('that can’t begin leaves the reason, until the next attempt', async () => {
    const model = editor();
    await model.train('fresh');
    expect(model.trainError).toMatchObject({ code: 'no_kernel' });
    const error = {
      code: 'no_data',
      layer: null,
      message: 'Choose data.',
      detail: null,
      fix: null
    };
    let fails = true;
    const kernel = new Kernel({
      hello: () => hello(),
      train: () => {
        if (fails) {
          throw error;
        }
        return { run: 'x' };
      }
    });
    model.kernel = kernel.client;
    await model.train('trained');
    expect(model.trainError).toEqual(error);
    fails = false;
    await model.train('trained');
    expect(model.trainError).toBeNull();
  });
});

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
    model.kernel = kernel.client;
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
    model.kernel = kernel.client;
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
    model.kernel = kernel.client;
    await expect(model.applyFix({ title: 'Mend' })).rejects.toThrow('changed');
    expect(model.document.model!.config.name).toBe('edited');
  });

  it('keeps what still exists selected, under its new name', () => {
    const model = editor();
    const told: EditorModelChange[] = [];
    model.select(['dense:1', 'subtract:0', 'right:0.0>dense:1.0.0']);
    model.setLayout(new Map([['dense:1', [5, 5]]]));
    model.changed.connect((_, kind) => told.push(kind));
    model.select(['right:0.0>dense:1.0.0', 'subtract:0', 'dense:1']);
    expect(told).toEqual([]);
    model.document.rename('dense', 'twins');
    expect(told).toEqual(['selection', 'layout', 'document']);
    expect([...model.selection]).toEqual(['twins:1', 'subtract:0']);
    expect(model.layout.get('twins:1')).toEqual([5, 5]);
    model.document.remove(['subtract:0']);
    expect([...model.selection]).toEqual(['twins:1']);
  });

  it('says nothing any more when disposed', async () => {
    const model = editor();
    const kernel = new Kernel({ hello: () => hello() });
    model.kernel = kernel.client;
    const told: EditorModelChange[] = [];
    model.changed.connect((_, kind) => told.push(kind));
    model.dispose();
    model.dispose();
    const length = told.length;
    model.document.setModelName('x');
    kernel.tell('run', 1, points(1));
    expect(told).toHaveLength(length);
    expect(kernel.client.isDisposed).toBe(false);
  });
});
