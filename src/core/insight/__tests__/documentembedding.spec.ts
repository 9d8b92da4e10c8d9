import { refusal, type IEmbedding } from '../..';
import { CATALOG } from '../../__tests__/fixtures';
import { hello, Kernel, status } from '../../__tests__/kernel';
import { editor } from '../../__tests__/model';

const embedding = (class_name: string, follows: boolean): IEmbedding => ({
  methods: [],
  method: { class_name, config: {} },
  follows,
  part: 'training',
  indices: [0, 5],
  across: [0, 1],
  up: [1, 0],
  targets: [0, 1],
  labels: ['0', '1'],
  predicted: ['0', '0'],
  numbers: 4,
  notes: [],
  weights: 'trained',
  seconds: 0.02
});

describe('samples as points', () => {
  let answer: () => IEmbedding;
  let kernel: Kernel;
  const asked = () => kernel.asked('embedding').length;

  beforeEach(() => {
    jest.useFakeTimers();
    answer = () => embedding('pca', true);
    kernel = new Kernel({
      hello: () => hello({ catalog_hash: CATALOG.catalog.hash }),
      embedding: () => answer()
    });
  });
  afterEach(() => jest.useRealTimers());

  const train = async (step: number) => {
    kernel.tell('run', step, {
      status: status({ state: 'training', step }),
      curves: { batch: {}, epoch: {} }
    });
    await jest.advanceTimersByTimeAsync(500);
  };

  it('are asked for while somebody looks, again after an edit, and sparingly in training', async () => {
    const model = editor();
    model.kernel.attach(kernel.client);
    model.document.rename('dense', 'one');
    await jest.advanceTimersByTimeAsync(1000);
    expect(asked()).toBe(0);
    model.embedding.show('one:0');
    await jest.advanceTimersByTimeAsync(1000);
    expect(asked()).toBe(1);
    expect(kernel.asked('embedding')[0]).toMatchObject({
      node: 'one:0',
      path: [],
      part: 'training',
      samples: 500
    });
    model.document.rename('one', 'two');
    await jest.advanceTimersByTimeAsync(1000);
    expect(asked()).toBe(2);
    for (let step = 1; step <= 20; step++) {
      await train(step);
    }
    expect(asked()).toBe(7); // ten seconds, two for each
    model.embedding.close();
    await train(21);
    expect(asked()).toBe(7);
    model.dispose();
  });

  it('stay where the method takes long, and say that they are old', async () => {
    answer = () => embedding('tsne', false);
    const model = editor();
    model.kernel.attach(kernel.client);
    model.embedding.show('dense:0');
    await jest.advanceTimersByTimeAsync(1000);
    model.document.rename('dense', 'one');
    await jest.advanceTimersByTimeAsync(1000);
    expect(asked()).toBe(1);
    expect(model.embedding.value.isOld).toBe(true);
    model.embedding.again();
    await jest.advanceTimersByTimeAsync(1000);
    expect(asked()).toBe(2);
    expect(model.embedding.value.isOld).toBe(false);
    model.dispose();
  });

  it('keep the picture before where something was ended, and say what is wrong', async () => {
    const model = editor();
    model.kernel.attach(kernel.client);
    model.embedding.show('dense:0');
    await jest.advanceTimersByTimeAsync(1000);
    const before = model.embedding.value.embedding;
    answer = () => {
      throw refusal('overtaken', 'It was ended.').error;
    };
    model.embedding.again();
    await jest.advanceTimersByTimeAsync(1000);
    expect(model.embedding.value).toMatchObject({
      embedding: before,
      error: null,
      isAsking: false
    });
    answer = () => {
      throw refusal('embedding', 'Choose a smaller perplexity.').error;
    };
    model.embedding.again();
    await jest.advanceTimersByTimeAsync(1000);
    expect(model.embedding.value.error?.code).toBe('embedding');
    model.dispose();
  });
});
