import type { IWeightOrigins } from '../..';
import { originOf, refusal, roundedTo } from '../..';
import { editor, until } from '../../__tests__/model';
import { CATALOG } from '../../__tests__/fixtures';
import { hello, Kernel, status } from '../../__tests__/kernel';

const TRAINED: IWeightOrigins = {
  layers: { dense: 'trained' },
  rounded: {},
  because: [],
  sentence: null
};
const FRESH: IWeightOrigins = {
  layers: { dense: 'fresh' },
  rounded: {},
  because: ['dense'],
  sentence: "1 of 1 layers, 'dense', has fresh weights because 'dense' changed."
};

describe('the weights of a drawing', () => {
  let answer: IWeightOrigins;
  let kernel: Kernel;
  const asked = () => kernel.asked('weights').length;
  const curves = { batch: {}, epoch: {} };

  beforeEach(() => {
    answer = TRAINED;
    kernel = new Kernel({
      hello: () => hello({ catalog_hash: CATALOG.catalog.hash }),
      weights: () => answer
    });
  });

  it('are those that the kernel tells, and unknown from an edit to the answer', async () => {
    const model = editor();
    expect(model.weights.value).toBeNull();
    model.kernel.attach(kernel.client);
    await until(model, () => model.weights.value !== null);
    expect(model.weights.value).toEqual(TRAINED);
    answer = FRESH;
    const [{ layer }] = model.document.graph.nodes.filter(n => !n.isInput);
    model.document.rename(layer, 'another');
    expect(model.weights.value).toBeNull();
    await until(model, () => model.weights.value !== null);
    expect(model.weights.value).toEqual(FRESH);
    model.dispose();
  });

  it('are not asked for again after each edit of a drawing that was never trained', async () => {
    jest.useFakeTimers();
    const model = editor();
    answer = { ...FRESH, because: [], sentence: null };
    model.kernel.attach(kernel.client);
    await jest.advanceTimersByTimeAsync(1000);
    expect(asked()).toBe(1);
    expect(model.weights.value).toBeNull();
    const [{ layer }] = model.document.graph.nodes.filter(n => !n.isInput);
    model.document.rename(layer, 'another');
    await jest.advanceTimersByTimeAsync(1000);
    expect(asked()).toBe(1);
    answer = TRAINED;
    model.document.setWeights('trained.h5');
    await jest.advanceTimersByTimeAsync(1000);
    expect(model.weights.value).toEqual(TRAINED);
    model.dispose();
    jest.useRealTimers();
  });

  it('stay known when nodes are moved, and when the training form changes', async () => {
    const model = editor();
    model.kernel.attach(kernel.client);
    await until(model, () => model.weights.value !== null);
    const [{ id }] = model.document.graph.nodes;
    model.document.move({ [id]: [1, 2] });
    model.document.setTraining({ seed: 1 });
    expect(model.weights.value).toEqual(TRAINED);
    model.dispose();
  });

  it('are asked for when a run has ended, and unknown while it trains', async () => {
    const model = editor();
    model.kernel.attach(kernel.client);
    await until(model, () => model.weights.value !== null);
    kernel.tell('run', 1, { status: status(), curves });
    expect(model.weights.value).toBeNull();
    kernel.tell('run', 2, { status: status({ step: 1 }), curves });
    kernel.tell('run', 3, { status: status({ state: 'finished' }), curves });
    await until(model, () => model.weights.value !== null);
    expect(asked()).toBe(2);
    model.dispose();
  });

  it('are asked for by the revision that the kernel has analysed, and of the whole drawing where it has not', async () => {
    const analysis = { nodes: {}, totals: null, errors: [], judging: false };
    let isLate = false;
    kernel = new Kernel({
      hello: () => hello({ catalog_hash: CATALOG.catalog.hash }),
      analyze: ({ revision }) => ({ ...analysis, revision }),
      weights: ({ revision }) => {
        if (isLate && revision !== null) {
          throw refusal('superseded', 'A newer one came.').error;
        }
        return answer;
      }
    });
    const model = editor();
    model.document.setWeights('trained.h5');
    model.kernel.attach(kernel.client);
    await until(model, () => model.weights.value !== null);
    expect(kernel.asked('weights')).toEqual([
      { document: null, revision: 1, file: 'trained.h5' }
    ]);
    isLate = true;
    expect(await model.weights.latest()).toEqual(TRAINED);
    const [, late, whole] = kernel.asked('weights');
    expect(late).toEqual({ document: null, revision: 1, file: 'trained.h5' });
    expect(whole).toMatchObject({ revision: null, file: null });
    expect(JSON.parse(String(whole.document))).toEqual(model.document.model);
    model.dispose();
  });

  it("are nobody's when the kernel goes", async () => {
    const model = editor();
    model.kernel.attach(kernel.client);
    await until(model, () => model.weights.value !== null);
    model.kernel.attach(null);
    model.kernel.setStatus({ state: 'none', message: '', hello: null });
    expect(model.weights.value).toBeNull();
    model.dispose();
  });
});

describe('originOf', () => {
  const origins: IWeightOrigins = {
    layers: {
      dense: 'trained',
      'inner/a': 'trained',
      'inner/b': 'fresh',
      'inner2/a': 'file'
    },
    rounded: {},
    because: [],
    sentence: null
  };

  it('comes with the dtypes that numbers of the file are rounded to', () => {
    const rounded = {
      'inner/a': 'float16',
      'inner/b': 'float16',
      dense: 'float32'
    };
    const told = { ...origins, rounded };
    expect(roundedTo(told, [], 'inner')).toEqual(['float16']);
    expect(roundedTo(told, ['inner'], 'b')).toEqual(['float16']);
    expect(roundedTo(told, [], 'inner2')).toEqual([]);
  });

  it.each([
    [[], 'dense', 'trained'],
    [['inner'], 'a', 'trained'],
    [['inner'], 'b', 'fresh'],
    [[], 'inner', 'fresh'],
    [[], 'inner2', 'file'],
    [[], 'dropout', null]
  ])('knows %j %s', (path, layer, origin) => {
    expect(originOf(origins, path, layer)).toBe(origin);
  });
});
