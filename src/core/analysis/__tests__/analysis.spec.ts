import type { JSONObject } from '@lumino/coreutils';
import type { IAnalyzePayload, ILayerJSON } from '../..';
import { editor, settled, until } from '../../__tests__/model';
import { hello, Kernel } from '../../__tests__/kernel';

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
      typeof item === 'string'
        ? [JSON.parse(item) as ILayerJSON]
        : base!.slice(item[0], item[0] + item[1])
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
      errors: [],
      judging: false
    };
  };
}

describe('analysis', () => {
  it('knows nothing of an edit while the kernel can not be heard', async () => {
    const [model, analyst] = [editor(), new Analyst()];
    const kernel = () =>
      new Kernel({ hello: () => hello(), analyze: analyst.answer });
    model.kernel.attach(kernel().client);
    await settled(model);
    model.kernel.setStatus({ state: 'connecting', message: '', hello: null });
    expect(model.analysis.value.nodes.size).toBe(4);
    model.document.setArguments('dense', { units: 7 });
    expect(model.analysis.value.nodes.size).toBe(0);
    model.kernel.attach(kernel().client);
    await settled(model);
    expect(model.analysis.value.nodes.size).toBe(4);
  });

  it('sends everything once, then what changed', async () => {
    const [model, analyst] = [editor(), new Analyst()];
    const kernel = new Kernel({
      hello: () => hello(),
      analyze: analyst.answer
    });
    model.kernel.attach(kernel.client);
    expect(model.analysis.value.pending).toBe(true);
    await settled(model);
    expect(model.analysis.value.nodes.size).toBe(4);
    model.document.setArguments('dense', { units: 9 });
    model.document.remove(['right:0']);
    await settled(model);
    expect(analyst.sizes).toEqual([4, 1]);
    expect(model.analysis.value.nodes.get('dense:0')).toEqual({ params: 9 });
    expect(model.analysis.value.nodes.has('right:0')).toBe(false);
    expect(model.analysis.value.totals?.layers).toBe(3);
    // The kernel may keep the shape that a layer was built for.
    expect([...analyst.revisions.values()].pop()).toMatchObject(
      model.document.model!.config.layers
    );
    const [, change] = kernel.asked('analyze') as unknown as IAnalyzePayload[];
    expect(change.layers[0]).toEqual([0, 1]);
    expect(JSON.parse(change.model).config.layers).toEqual([]);
    expect(JSON.parse(change.model)).not.toHaveProperty('kerasviz');
  });

  it('asks nothing when nodes are only moved', async () => {
    const [model, analyst] = [editor(), new Analyst()];
    const kernel = new Kernel({
      hello: () => hello(),
      analyze: analyst.answer
    });
    model.kernel.attach(kernel.client);
    await settled(model);
    model.document.move({ 'dense:0': [1, 2] });
    model.document.setTraining({ fit: { epochs: 3 } });
    expect(model.analysis.value.pending).toBe(false);
    model.document.undo();
    expect(kernel.asked('analyze')).toHaveLength(1);
  });

  it('asks again when other data is chosen, which it sends; how long to train is nothing to it', async () => {
    const [model, analyst] = [editor(), new Analyst()];
    const kernel = new Kernel({
      hello: () => hello(),
      analyze: analyst.answer
    });
    model.kernel.attach(kernel.client);
    await settled(model);
    model.document.setTraining({
      data: { class_name: 'digits', config: {} },
      fit: { epochs: 3 }
    });
    expect(model.analysis.value.pending).toBe(true);
    await settled(model);
    model.document.setTraining({ fit: { epochs: 5 } });
    model.document.move({ 'dense:0': [1, 2] });
    expect(model.analysis.value.pending).toBe(false);
    const [, asked] = kernel.asked('analyze') as unknown as IAnalyzePayload[];
    expect(JSON.parse(asked.model).kerasviz).toEqual({
      version: 1,
      training: { data: { class_name: 'digits', config: {} } }
    });
    expect(analyst.sizes).toEqual([4, 0]);
    model.document.undo();
    model.document.undo();
    model.document.undo();
    await settled(model);
    const last = kernel.asked('analyze').pop() as unknown as IAnalyzePayload;
    expect(JSON.parse(last.model)).not.toHaveProperty('kerasviz');
  });

  it('has one request on its way, and then asks about the newest model only', async () => {
    const [model, analyst] = [editor(), new Analyst()];
    let open = (): void => undefined;
    analyst.gate = new Promise(resolve => (open = resolve));
    const kernel = new Kernel({
      hello: () => hello(),
      analyze: analyst.answer
    });
    model.kernel.attach(kernel.client);
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
    expect(model.analysis.value.nodes.get('dense:0')).toEqual({ params: 8 });
  });

  it('sends everything again to a kernel that does not know the base', async () => {
    const [model, analyst] = [editor(), new Analyst()];
    model.kernel.attach(
      new Kernel({
        hello: () => hello(),
        analyze: analyst.answer
      }).client
    );
    await settled(model);
    analyst.revisions.clear();
    model.document.remove(['subtract:0']);
    await settled(model);
    expect(analyst.sizes).toEqual([4, 3]);
    expect(model.analysis.value.nodes.size).toBe(3);
  });

  it('starts over with another kernel and forgets what the previous one knew', async () => {
    const [model, first, second] = [editor(), new Analyst(), new Analyst()];
    model.kernel.attach(
      new Kernel({
        hello: () => hello(),
        analyze: first.answer
      }).client
    );
    await settled(model);
    model.kernel.attach(null);
    expect(model.analysis.value).toMatchObject({
      totals: null,
      pending: false
    });
    model.kernel.attach(
      new Kernel({
        hello: () => hello(),
        analyze: second.answer
      }).client
    );
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
    model.kernel.attach(
      new Kernel({
        hello: () => hello(),
        analyze: (payload: IAnalyzePayload) => {
          if (fails) {
            throw error;
          }
          return analyst.answer(payload);
        }
      }).client
    );
    await settled(model);
    expect(model.analysis.value.errors).toEqual([error]);
    fails = false;
    model.document.setArguments('dense', { units: 3 });
    await settled(model);
    expect(model.analysis.value.errors).toEqual([]);
    expect(model.analysis.value.nodes.size).toBe(4);
  });

  it('shows errors at once, and a fix for each when it is found', async () => {
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
        errors: [wrong],
        judging: false
      }),
      fixes: () => new Promise<object>(resolve => (found = resolve))
    });
    model.kernel.attach(kernel.client);
    await settled(model);
    const before = model.analysis.value;
    expect(before.nodes.get('dense:0')?.error?.fix).toBeNull();
    const [{ revision }] = kernel.asked('fixes');
    const fix = { title: 'Fix' };
    found({ revision, nodes: { 'dense:0': fix }, errors: [wrong] });
    await until(model, () => model.analysis.value !== before);
    expect(model.analysis.value.nodes.get('dense:0')?.error?.fix).toEqual(fix);
    expect(model.analysis.value.nodes.get('add:0')).toBe(
      before.nodes.get('add:0')
    );
    expect(model.analysis.value.errors[0].fix).toBeNull();
  });

  it('asks for what takes longer to find than shapes do', async () => {
    const model = editor();
    const wrong = { code: 'metrics', layer: 'dense', message: 'No.' };
    const found = { ...wrong, detail: null, fix: null };
    const kernel = new Kernel({
      hello: () => hello(),
      analyze: ({ revision }: IAnalyzePayload) => ({
        revision,
        nodes: {},
        totals: { layers: 4, params: 0, trainable: 0, bytes: 0 },
        errors: [],
        judging: revision === 1
      }),
      fixes: ({ revision }) => ({ revision, nodes: {}, errors: [found] })
    });
    model.kernel.attach(kernel.client);
    await until(model, () => model.analysis.value.errors.length > 0);
    expect(model.analysis.value.errors).toEqual([found]);
    model.document.setArguments('dense', { units: 9 });
    await settled(model);
    expect(model.analysis.value.errors).toEqual([]);
    expect(kernel.asked('fixes')).toHaveLength(1);
  });

  it('takes no fixes for a model that has changed since', async () => {
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
        errors: [],
        judging: false
      }),
      fixes: () => new Promise<object>(resolve => waiting.push(resolve))
    });
    model.kernel.attach(kernel.client);
    await settled(model);
    model.document.setArguments('dense', { units: 9 });
    await settled(model);
    const [old, latest] = waiting;
    const fixOf = (title: string) => ({ nodes: { 'dense:0': { title } } });
    old({ revision: 1, ...fixOf('Old'), errors: [] });
    latest({ revision: 2, ...fixOf('New'), errors: [] });
    const fix = () => model.analysis.value.nodes.get('dense:0')?.error?.fix;
    await until(model, () => fix() !== null);
    expect(fix()).toEqual({ title: 'New' });
  });

  it('has nothing to say about a text that is no model', async () => {
    const [model, analyst] = [editor(), new Analyst()];
    model.kernel.attach(
      new Kernel({
        hello: () => hello(),
        analyze: analyst.answer
      }).client
    );
    await settled(model);
    model.document.setSource('{');
    await settled(model);
    expect(model.analysis.value.nodes.size).toBe(0);
  });
});
