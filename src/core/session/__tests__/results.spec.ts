import { refusal, type EditorModel, type IEvaluation } from '../..';
import { CATALOG } from '../../__tests__/fixtures';
import { hello, Kernel } from '../../__tests__/kernel';
import { editor, until } from '../../__tests__/model';

const EVALUATION: IEvaluation = {
  part: 'validation',
  count: 10,
  parts: { training: 20, validation: 10 },
  outputs: [
    {
      name: 'classes',
      kind: 'classes',
      names: ['a', 'b'],
      positions: 1,
      has_truth: true
    }
  ],
  metrics: [{ name: 'loss', value: 0.5 }],
  run: 'first',
  epoch: 2
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
      result: ({ class_name }: { class_name: string }) =>
        class_name === 'worst'
          ? { kind: 'gallery', count: 0, samples: [] }
          : class_name === 'confusion'
            ? {
                kind: 'confusion',
                classes: ['a', 'b'],
                numbers: [0, 1],
                counts: [
                  [1, 2],
                  [3, 4]
                ],
                left_out: 0
              }
            : { kind: 'per_class', rows: [], mean: {}, accuracy: 0.5 }
    });
    model = editor();
    model.kernel.attach(kernel.client);
  });

  afterEach(() => model.dispose());

  it('are asked for only when somebody evaluates, and are of before after an edit', async () => {
    expect(kernel.asked('evaluate')).toEqual([]);
    await model.results.evaluate('validation');
    const { value } = model.results;
    expect(value.evaluation).toEqual(EVALUATION);
    expect(value.confusion?.counts[1]).toEqual([3, 4]);
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
      config: { true: 0, predicted_as: 1, order: 'wrong' },
      output: 0
    });
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
