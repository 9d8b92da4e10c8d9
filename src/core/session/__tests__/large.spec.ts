import type { IProbe, IProbedLayer, ISample } from '../..';
import { CATALOG } from '../../__tests__/fixtures';
import { hello, Kernel } from '../../__tests__/kernel';
import { editor, until } from '../../__tests__/model';
import { wrapped } from '../../__tests__/parts';

const SAMPLE = { index: 0, part: 'training', views: [] } as unknown as ISample;
const PROBE: IProbe = {
  views: {},
  errors: {},
  predictions: {},
  before: {},
  surfaces: {},
  weights: 'fresh',
  steps: [],
  missing: [],
  is_whole: true,
  seconds: 0
};
const LAYER: IProbedLayer = { views: [], sentence: null, seconds: 0 };

describe('what is asked of a look inside', () => {
  let kernel: Kernel;
  const nodes = () => kernel.asked('probe').map(payload => payload.nodes);

  beforeEach(() => {
    jest.useFakeTimers();
    kernel = new Kernel({
      hello: () => hello({ catalog_hash: CATALOG.catalog.hash }),
      sample: () => SAMPLE,
      probe: () => PROBE,
      probe_layer: () => LAYER
    });
  });
  afterEach(() => jest.useRealTimers());

  const opened = async () => {
    const model = editor();
    model.kernel.attach(kernel.client);
    await model.inside.open();
    await jest.advanceTimersByTimeAsync(1000);
    return model;
  };

  it('is about the nodes in sight, once for each, and about what is predicted alone while all are too small', async () => {
    const model = await opened();
    expect(nodes()).toEqual([[]]);
    model.inside.see(['dense:0', 'dense:1']);
    await jest.advanceTimersByTimeAsync(1000);
    model.inside.see(['dense:1']);
    await jest.advanceTimersByTimeAsync(1000);
    expect(nodes().slice(1)).toEqual([['dense:0', 'dense:1']]);
    model.inside.see([]);
    model.document.rename('dense', 'other');
    await jest.advanceTimersByTimeAsync(1000);
    expect(nodes().slice(2)).toEqual([['other:0', 'subtract:0']]); // the outputs
    model.inside.see(['other:1']);
    await jest.advanceTimersByTimeAsync(1000);
    expect(nodes().slice(3)).toEqual([['other:1']]);
    model.dispose();
  });

  it('has all of one output while its section is open', async () => {
    const model = await opened();
    expect(kernel.asked('probe_layer')).toEqual([]);
    model.inside.setLarge(true);
    model.inside.enlarge({ node: 'dense:1', tensor: 0 });
    await jest.advanceTimersByTimeAsync(1000);
    expect(kernel.asked('probe_layer')).toEqual([
      expect.objectContaining({ path: [], node: 'dense:1', tensor: 0 })
    ]);
    expect(model.inside.value.large).toMatchObject({
      node: 'dense:1',
      layer: LAYER,
      error: null
    });
    model.inside.enlarge(null);
    expect(model.inside.value.large).toBeNull();
    model.dispose();
  });
});

describe('a model inside', () => {
  it('is looked at by the call that was opened, and by another one that is chosen', async () => {
    const kernel = new Kernel({
      hello: () => hello({ catalog_hash: CATALOG.catalog.hash }),
      sample: () => SAMPLE,
      probe: () => PROBE
    });
    const model = editor('nested');
    model.kernel.attach(kernel.client);
    await model.inside.open();
    await until(model, () => model.inside.value.probe !== null);
    model.enter('inner:1');
    expect(model.inside.calls).toEqual({
      all: ['inner:0', 'inner:1'],
      shown: 'inner:1',
      steps: []
    });
    const path = () => String(kernel.asked('probe').pop()?.path);
    await until(model, () => path() === 'inner:1');
    model.inside.shownCalls.choose([], 'inner:0');
    expect(model.inside.calls.shown).toBe('inner:0');
    model.dispose();
  });

  it('of a wrapper is looked at in the step that is chosen', async () => {
    const kernel = new Kernel({
      hello: () => hello({ catalog_hash: CATALOG.catalog.hash }),
      sample: () => SAMPLE,
      probe: ({ path }: { path: string[] }) => ({
        ...PROBE,
        steps: path.length ? [4] : []
      })
    });
    const model = editor();
    model.document.setSource(wrapped());
    model.kernel.attach(kernel.client);
    await model.inside.open();
    model.enter('each:0');
    const path = () => String(kernel.asked('probe').pop()?.path);
    await until(model, () => model.inside.calls.steps.length > 0);
    const step = { path: ['each'], count: 4 };
    expect(model.inside.calls.steps).toEqual([{ ...step, shown: 0 }]);
    model.inside.shownCalls.chooseStep(['each'], 2);
    expect(model.inside.calls.steps).toEqual([{ ...step, shown: 2 }]);
    await until(model, () => path() === 'each:0@2');
    model.show([]);
    await until(model, () => path() === '');
    expect(model.inside.calls.steps).toEqual([]);
    model.dispose();
  });
});
