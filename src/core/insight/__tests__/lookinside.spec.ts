import { refusal, stringify, type IProbe, type ISample } from '../..';
import { CATALOG } from '../../__tests__/fixtures';
import { hello, Kernel, status } from '../../__tests__/kernel';
import { editor, until } from '../../__tests__/model';

const SAMPLE: ISample = {
  index: 0,
  part: 'training',
  is_changed: false,
  label: '7',
  parts: { training: 10 },
  classes: [],
  ways: [],
  inputs: [],
  note: null,
  why_no_data: null,
  views: [],
  plane: null
};
const probe = (weights: IProbe['weights'] = 'fresh'): IProbe => ({
  views: {},
  predictions: {},
  before: {},
  errors: {},
  surfaces: {},
  weights,
  steps: [],
  missing: [],
  is_whole: true,
  seconds: 0.001
});

describe('a look inside', () => {
  let answer: IProbe;
  let kernel: Kernel;
  const asked = (type: string) => kernel.asked(type).length;

  beforeEach(() => {
    answer = probe();
    kernel = new Kernel({
      hello: () => hello({ catalog_hash: CATALOG.catalog.hash }),
      sample: () => SAMPLE,
      probe: () => answer
    });
  });

  it('costs nothing before somebody looks, and after', async () => {
    jest.useFakeTimers();
    const model = editor();
    model.kernel.attach(kernel.client);
    await jest.advanceTimersByTimeAsync(1000);
    model.document.rename('dense', 'one');
    await jest.advanceTimersByTimeAsync(1000);
    expect([asked('sample'), asked('probe')]).toEqual([0, 0]);
    await model.inside.open();
    await jest.advanceTimersByTimeAsync(1000);
    expect([asked('sample'), asked('probe')]).toEqual([1, 1]);
    model.inside.close();
    model.document.rename('one', 'two');
    await jest.advanceTimersByTimeAsync(1000);
    expect(asked('probe')).toBe(1);
    expect(model.inside.value.probe).toBeNull();
    model.dispose();
    jest.useRealTimers();
  });

  it('follows what is being changed as fast as it is answered, and another choice ends it', async () => {
    jest.useFakeTimers();
    const model = editor();
    model.kernel.attach(kernel.client);
    await model.inside.open();
    const row = (age: number) => ({ class_name: 'by_row', config: { age } });
    [1, 2, 3].forEach(age => void model.inside.change(row(age)));
    expect(model.inside.value.choice).toEqual(row(3));
    await jest.advanceTimersByTimeAsync(1000);
    const choices = kernel.asked('sample').map(({ choice }) => choice);
    expect(choices.slice(1)).toEqual([row(1), row(3)]);
    void model.inside.change(row(4));
    void model.inside.change(row(5));
    await model.inside.choose(row(0));
    await jest.advanceTimersByTimeAsync(1000);
    const last = kernel.asked('sample').map(({ choice }) => choice);
    expect(last[last.length - 1]).toEqual(row(0));
    expect(last).not.toContainEqual(row(5));
    model.dispose();
    jest.useRealTimers();
  });

  it('follows the drawing: after an edit the kernel is asked about what is drawn then', async () => {
    const model = editor();
    model.kernel.attach(kernel.client);
    await model.inside.open();
    await until(model, () => model.inside.value.probe !== null);
    answer = probe('both');
    model.document.rename('dense', 'another');
    await until(model, () => model.inside.value.probe?.weights === 'both');
    const last = kernel.asked('probe').pop()!;
    expect(last.document).toBe(stringify(model.document.model!));
    expect(last.path).toEqual([]);
    model.dispose();
  });

  it('without data chooses another random sample after an edit, and one of the data once there is some', async () => {
    kernel = new Kernel({
      hello: () => hello({ catalog_hash: CATALOG.catalog.hash }),
      sample: (({ document }: { document: string }) =>
        document.includes('digits')
          ? SAMPLE
          : { ...SAMPLE, part: 'own', note: 'Random sample.' }) as never,
      probe: () => answer
    });
    const model = editor();
    model.kernel.attach(kernel.client);
    await model.inside.open();
    await until(model, () => model.inside.value.probe !== null);
    model.document.rename('dense', 'another');
    await until(model, () => asked('sample') === 2);
    model.document.setTraining({ data: { class_name: 'digits', config: {} } });
    await until(model, () => model.inside.value.sample?.part === 'training');
    const { probe: before } = model.inside.value;
    model.document.rename('another', 'third');
    await until(model, () => model.inside.value.probe !== before);
    expect(asked('sample')).toBe(3);
    model.dispose();
  });

  it('shows what can be seen at once, and what is predicted when it is known', async () => {
    const told: ((probe: IProbe) => void)[] = [];
    const likely = (name: string): IProbe['predictions'] => ({
      'dense:0': {
        likely: [{ name, probability: 1 }],
        numbers: [],
        is_right: null,
        output: '',
        target: null
      }
    });
    kernel = new Kernel({
      hello: () => hello({ catalog_hash: CATALOG.catalog.hash }),
      sample: () => SAMPLE,
      probe: (({ is_hurried }: { is_hurried: boolean }) =>
        is_hurried
          ? { ...probe(), errors: { hurried: 'now' }, is_whole: false }
          : new Promise(resolve => told.push(resolve))) as never
    });
    const model = editor();
    model.kernel.attach(kernel.client);
    const now = () => model.inside.value.probe;
    const asked = async (times: number) => {
      while (told.length < times) {
        await new Promise(resolve => setTimeout(resolve));
      }
    };
    await model.inside.open();
    await asked(1);
    expect(now()).toMatchObject({ is_whole: false, predictions: {} });
    told[0]({ ...probe(), predictions: likely('first') });
    await until(model, () => now()?.is_whole === true);
    expect(now()).toMatchObject({
      predictions: likely('first'),
      errors: { hurried: 'now' }
    });
    model.document.rename('dense', 'another');
    await asked(2);
    expect(now()).toMatchObject({
      is_whole: false,
      predictions: likely('first')
    });
    model.document.rename('another', 'third'); // while the kernel is at what takes longer
    await asked(3);
    told[2]({ ...probe(), predictions: likely('third') });
    await until(model, () => now()?.is_whole === true);
    told[1]({ ...probe(), predictions: likely('second') });
    await Promise.resolve();
    expect(now()?.predictions).toEqual(likely('third'));
    model.dispose();
  });

  it('follows the epoch that is shown, and no training meanwhile', async () => {
    const model = editor();
    model.kernel.attach(kernel.client);
    await model.inside.open();
    await until(model, () => model.inside.value.probe !== null);
    const at = { run: 'first', epoch: 3 };
    model.moment.set({ ...model.moment.value, at });
    const { probe: before } = model.inside.value;
    answer = { ...probe('trained'), missing: ['dense'] };
    await until(model, () => model.inside.value.probe !== before);
    expect(kernel.asked('probe').map(payload => payload.at)).toEqual([
      null,
      at
    ]);
    expect(model.inside.value.probe?.missing).toEqual(['dense']);
    const running = status({ state: 'training', step: 1 });
    kernel.tell('run', 1, {
      status: running,
      curves: { batch: {}, epoch: {} }
    });
    model.moment.showNow();
    await until(model, () => asked('probe') === 3);
    model.dispose();
  });

  it('is taken again while it trains, at most a hundredth of the time, and at once when it ends', async () => {
    jest.useFakeTimers();
    const model = editor();
    model.kernel.attach(kernel.client);
    answer = { ...probe('trained'), seconds: 0.02 };
    await model.inside.open();
    await jest.advanceTimersByTimeAsync(1000);
    const before = asked('probe');
    for (let step = 1; step <= 40; step++) {
      const running = status({ state: 'training', step });
      const curves = { batch: {}, epoch: {} };
      kernel.tell('run', step, { status: running, curves });
      await jest.advanceTimersByTimeAsync(250);
    }
    expect(asked('probe') - before).toBe(5); // ten seconds, two for each
    const ended = status({ state: 'finished', step: 41 });
    kernel.tell('run', 41, {
      status: ended,
      curves: { batch: {}, epoch: {} }
    });
    await jest.advanceTimersByTimeAsync(1);
    expect(asked('probe') - before).toBe(6);
    model.dispose();
    jest.useRealTimers();
  });

  it('looks over the whole plane, of which the outputs are seen without their cards', async () => {
    const plane = {
      across: { name: 'x[0]', number: 0, low: 0, high: 1 },
      up: { name: 'x[1]', number: 1, low: 0, high: 1 },
      numbers: ['x[0]', 'x[1]'],
      points: []
    };
    kernel = new Kernel({
      hello: () => hello({ catalog_hash: CATALOG.catalog.hash }),
      sample: (({ choice }: { choice: { class_name: string } }) =>
        choice.class_name === 'over_plane'
          ? { ...SAMPLE, plane }
          : SAMPLE) as never,
      probe: () => answer
    });
    const model = editor();
    model.kernel.attach(kernel.client);
    await model.inside.setPlane(true);
    model.inside.see([]);
    await until(model, () => model.inside.value.probe !== null);
    expect(model.inside.value.sample?.plane).toEqual(plane);
    const outputs = model.document.graph.outputs.map(({ node }) => node);
    expect(kernel.asked('probe').pop()?.nodes).toEqual(outputs);
    await model.inside.setPlane(false);
    expect(kernel.asked('sample').pop()?.choice).toEqual({
      class_name: 'by_index',
      config: { part: 'training', index: 0 }
    });
    model.dispose();
  });

  it('says why there is nothing to see, and tries again with another sample', async () => {
    kernel = new Kernel({
      hello: () => hello({ catalog_hash: CATALOG.catalog.hash }),
      sample: (({ choice }: { choice: { class_name: string } }) => {
        if (choice.class_name === 'by_class') {
          return SAMPLE;
        }
        throw refusal('no_data', 'No data is selected.').error;
      }) as never,
      probe: () => answer
    });
    const model = editor();
    model.kernel.attach(kernel.client);
    await model.inside.open();
    expect(model.inside.value).toMatchObject({
      isOpen: true,
      sample: null,
      error: { code: 'no_data' }
    });
    await model.inside.choose({ class_name: 'by_class', config: {} });
    await until(model, () => model.inside.value.probe !== null);
    expect(model.inside.value).toMatchObject({ sample: SAMPLE, error: null });
    model.dispose();
  });
});
