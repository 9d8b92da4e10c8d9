import { refusal, type EditorModel, type IEvaluation } from '../..';
import { CATALOG } from '../../__tests__/fixtures';
import { hello, Kernel } from '../../__tests__/kernel';
import { editor, until } from '../../__tests__/model';
import { CONFUSION, EVALUATION } from './evaluation';

const RESULTS: Record<string, object> = {
  worst: { kind: 'gallery', count: 0, samples: [] },
  confusion: CONFUSION,
  comparison: {
    kind: 'comparison',
    is_of_distance: false,
    both: 5,
    only_this: 2,
    only_other: 1,
    neither: 2
  },
  slices: { kind: 'slices', column: 'town', rows: [] },
  per_class: { kind: 'per_class', rows: [], mean: {}, accuracy: 0.5 }
};

describe('results', () => {
  let model: EditorModel;
  let kernel: Kernel;
  let evaluate: () => IEvaluation | Promise<IEvaluation>;

  beforeEach(() => {
    evaluate = () => EVALUATION;
    kernel = new Kernel({
      hello: () => hello({ catalog_hash: CATALOG.catalog.hash }),
      evaluate: () => evaluate(),
      end_evaluation: () => ({}),
      result: ({ class_name }: { class_name: string }) => RESULTS[class_name]!
    });
    model = editor();
    model.kernel.attach(kernel.client);
  });

  afterEach(() => model.dispose());

  it('are those of the epoch that is shown, on the same samples', async () => {
    await model.results.evaluate('validation');
    await model.results.choose({ true: 0, predicted_as: 1 });
    const at = { run: 'first', epoch: 3 };
    model.moment.set({ ...model.moment.value, at });
    expect(model.results.value.isOfBefore).toBe(true);
    evaluate = () => ({ ...EVALUATION, epoch: 3 });
    await until(model, () => model.results.value.evaluation?.epoch === 3);
    await until(model, () => kernel.asked('result').length >= 7);
    expect(kernel.asked('evaluate').map(payload => payload.at)).toEqual([
      null,
      at
    ]);
    const { cell, isOfBefore, confusion } = model.results.value;
    expect(cell).toEqual({ true: 0, predicted_as: 1 });
    expect([isOfBefore, confusion === null]).toEqual([false, false]);
  });

  it('are asked for only when somebody evaluates, and are of before after an edit', async () => {
    expect(kernel.asked('evaluate')).toEqual([]);
    await model.results.evaluate('validation');
    const { value } = model.results;
    expect(value.evaluation).toEqual(EVALUATION);
    expect(value.confusion?.counts[1]).toEqual([0, 6]);
    expect(value.gallery?.count).toBe(0);
    expect([value.isOfBefore, value.share]).toEqual([false, null]);
    model.document.rename('dense', 'other');
    expect(model.results.value.isOfBefore).toBe(true);
    model.document.undo();
    expect(model.results.value.isOfBefore).toBe(false);
  });

  it('show the samples of a cell', async () => {
    await model.results.evaluate('validation');
    await model.results.choose({ true: 0, predicted_as: 1 });
    expect(kernel.asked('result').at(-1)).toEqual({
      class_name: 'worst',
      config: { true: 0, predicted_as: 1, order: 'wrong', only: null },
      output: 0,
      slice: null
    });
  });

  it('show some samples alone, told apart by a column that is remembered', async () => {
    evaluate = () => ({ ...EVALUATION, columns: ['town'] });
    await model.results.evaluate('validation');
    await model.slices.choose('town');
    expect(model.slices.value.slices?.column).toBe('town');
    const slice = { column: 'town', number: 1 };
    await model.results.chooseSlice(slice);
    const asked = kernel.asked('result').slice(-3);
    expect(asked.map(each => each.class_name)).toEqual([
      'confusion',
      'per_class',
      'worst'
    ]);
    expect(asked.map(each => each.slice)).toEqual([slice, slice, slice]);
    await model.results.evaluate('test');
    expect(model.results.value.slice).toBeNull();
    expect(model.slices.value.column).toBe('town');
  });

  it('are compared with another epoch on the same samples, until others are evaluated', async () => {
    await model.results.evaluate('validation');
    const at = { run: 'first', epoch: 1 };
    const shares: unknown[] = [];
    model.beside.changed.connect(() => shares.push(model.beside.value.share));
    evaluate = () => {
      kernel.tell('evaluation', 1, { share: 0.25 });
      return EVALUATION;
    };
    await model.beside.compare(at);
    expect(shares).toContain(0.25);
    expect(model.beside.value.share).toBeNull();
    expect(kernel.asked('evaluate').at(-1)).toMatchObject({ at, beside: true });
    expect(model.beside.value.comparison?.only_this).toBe(2);
    expect(model.beside.value.confusion?.classes).toEqual(['cat', 'dog']);
    await model.results.showOnly('this');
    expect(kernel.asked('result').at(-1)?.config).toMatchObject({
      only: 'this'
    });
    evaluate = () => ({ ...EVALUATION });
    await model.results.evaluate('validation');
    expect(model.beside.value.evaluation).toBeNull();
  });

  it('say how far the predictions are, and why there are none', async () => {
    let end: (evaluation: IEvaluation) => void = () => undefined;
    const began = new Promise<void>(tell => {
      evaluate = () => {
        tell();
        return new Promise(resolve => (end = resolve));
      };
    });
    const asked = model.results.evaluate('validation');
    await began;
    kernel.tell('evaluation', 1, { share: 0.5 });
    await until(model, () => model.results.value.share === 0.5);
    await model.results.stop();
    expect(kernel.asked('end_evaluation')).toHaveLength(1);
    end(EVALUATION);
    await asked;
    evaluate = () => {
      throw refusal('untrained', 'Train it first.').error;
    };
    await model.results.evaluate('validation');
    expect(model.results.value.error?.message).toBe('Train it first.');
  });
});
