import { type ISample, type IWhy } from '../..';
import { CATALOG } from '../../__tests__/fixtures';
import { hello, Kernel } from '../../__tests__/kernel';
import { editor, until } from '../../__tests__/model';

const SAMPLE = { index: 0, part: 'training', views: [] } as unknown as ISample;

const error = (code: string) => ({
  code,
  message: code,
  layer: null,
  argument: null,
  detail: null,
  fix: null
});

describe('why an answer', () => {
  let kernel: Kernel;
  let answer: () => IWhy;
  const asked = () => kernel.asked('why');

  beforeEach(() => {
    answer = () => ({ seconds: 0, parts: [] }) as unknown as IWhy;
    kernel = new Kernel({
      hello: () => hello({ catalog_hash: CATALOG.catalog.hash }),
      sample: () => ({ ...SAMPLE }),
      probe: () => ({ views: {}, predictions: {}, errors: {}, seconds: 0 }),
      why: () => answer()
    });
  });

  it('is asked again with the next sample, after an edit and for another method', async () => {
    const model = editor();
    model.kernel.attach(kernel.client);
    await model.inside.open();
    expect(asked()).toEqual([]);
    await model.why.open();
    await until(model, () => model.why.value.why !== null);
    const count = asked().length;
    await model.inside.choose({ class_name: 'by_index', config: { index: 1 } });
    await until(model, () => asked().length > count);
    model.document.rename('dense', 'another');
    await until(model, () => asked().length > count + 1);
    const method = { class_name: 'saliency', config: {} };
    model.why.choose({ method, target: 3 });
    await until(model, () => asked().length > count + 2);
    expect(asked().pop()).toMatchObject({ method, target: 3, output: 0 });
    model.inside.close();
    expect(model.why.value.isOpen).toBe(false);
    model.dispose();
  });

  it('keeps the answer that there is where another one is ended', async () => {
    const model = editor();
    model.kernel.attach(kernel.client);
    await model.why.open();
    await until(model, () => model.why.value.why !== null);
    const { why } = model.why.value;
    answer = () => {
      throw error('overtaken');
    };
    model.why.choose({ target: 1 });
    await until(model, () => model.why.value.isAsking);
    await until(model, () => !model.why.value.isAsking);
    expect(model.why.value).toMatchObject({ why, error: null });
    answer = () => {
      throw error('no_slope');
    };
    model.why.choose({ target: 2 });
    await until(model, () => model.why.value.error !== null);
    expect(model.why.value.why).toBeNull();
    model.dispose();
  });
});
