import { editor, until } from '../../__tests__/model';
import { hello, Kernel, points, status } from '../../__tests__/kernel';

describe('a run', () => {
  it('takes every event once, and fills a gap by the history', async () => {
    const model = editor();
    const kernel = new Kernel({
      hello: () => hello({ seq: 4, run: points(1, 2) as never }),
      history: () => ({ ...points(1, 2, 3, 4, 5), seq: 8 })
    });
    model.kernel.attach(kernel.client);
    await until(model, () => model.run.history !== null);
    kernel.tell('run', 4, points(2));
    kernel.tell('run', 5, points(3));
    expect(model.run.history!.curves.batch.loss.x).toEqual([1, 2, 3]);
    kernel.tell('run', 8, points(5));
    kernel.tell('run', 9, points(6));
    kernel.tell('run', 10, points(7));
    await until(model, () => model.run.history!.curves.batch.loss.x.length > 6);
    expect(model.run.history!.curves.batch.loss.x).toEqual([
      1, 2, 3, 4, 5, 6, 7
    ]);
    expect(kernel.asked('history')).toEqual([{ run: 'run-1' }]);
  });

  it('starts over with another id', async () => {
    const model = editor();
    const kernel = new Kernel({ hello: () => hello() });
    model.kernel.attach(kernel.client);
    await until(model, () => model.kernel.status.state === 'ready');
    kernel.tell('run', 1, points(1));
    const first = model.run.history;
    kernel.tell('run', 2, {
      status: status({ run: 'run-2' }),
      curves: { batch: {}, epoch: {} }
    });
    expect(model.run.history).not.toBe(first);
    expect(model.run.history!.curves.batch).toEqual({});
  });

  it('is begun with the document, which has the plan', async () => {
    const model = editor();
    const kernel = new Kernel({
      hello: () => hello(),
      train: () => ({ run: 'run-1', taken: null })
    });
    const data = { class_name: 'digits', config: {} };
    model.document.setTraining({ fit: { epochs: 3 }, data });
    model.kernel.attach(kernel.client);
    await model.run.train('fresh');
    expect(model.run.error).toBeNull();
    expect(kernel.asked('train')).toEqual([
      {
        document: JSON.stringify(model.document.model),
        start: 'fresh'
      }
    ]);
  });

  it('begins once, though the button is pressed again while the kernel starts', async () => {
    const model = editor();
    const kernel = new Kernel({
      hello: () => hello(),
      train: () => ({ run: 'x', taken: null })
    });
    let start = () => {};
    const started = new Promise<void>(resolve => (start = resolve));
    model.kernel.setStatus({
      state: 'none',
      message: '',
      hello: null,
      start: () => started
    });
    const presses = [model.run.train('trained'), model.run.train('trained')];
    model.kernel.attach(kernel.client);
    start();
    await Promise.all(presses);
    expect(kernel.asked('train')).toHaveLength(1);
    expect(model.run.error).toBeNull();
  });

  it('asks before the trained model replaces something of the user’s own', async () => {
    const model = editor();
    const taken = { name: 'digits', free: 'digits_2', sentence: 'Taken.' };
    const kernel = new Kernel({
      hello: () => hello(),
      train: (payload: { replace?: string }) =>
        payload.replace === 'digits'
          ? { run: 'x', taken: null }
          : { run: null, taken }
    });
    model.kernel.attach(kernel.client);
    await model.run.train('fresh');
    expect(model.run.question).toEqual({ ...taken, start: 'fresh' });
    model.run.cancel();
    expect(model.run.question).toBeNull();
    await model.run.train('fresh');
    await model.run.train('fresh', { replace: 'digits' });
    expect(model.run.question).toBeNull();
    expect(model.run.error).toBeNull();
    await model.run.train('trained');
    model.kernel.attach(null);
    expect(model.run.question).toBeNull();
  });

  it('goes a batch or an epoch: a new run, or the one that is under way', async () => {
    const model = editor();
    const kernel = new Kernel({
      hello: () => hello(),
      train: () => ({ run: 'a', taken: null }),
      control: () => ({})
    });
    model.kernel.attach(kernel.client);
    await model.run.step('batch');
    expect(kernel.asked('train')).toMatchObject([
      { start: 'trained', until: 'batch' }
    ]);
    kernel.tell('run', 1, points(1));
    await model.run.step('epoch');
    expect(kernel.asked('control')).toEqual([
      { run: 'run-1', action: 'one_epoch' }
    ]);
  });

  it('is steered by its id', async () => {
    const model = editor();
    const kernel = new Kernel({
      hello: () => hello({ run: points(1) as never }),
      control: () => ({})
    });
    model.kernel.attach(kernel.client);
    await until(model, () => model.run.history !== null);
    await model.run.pause();
    await model.run.resume();
    await model.run.stop();
    expect(kernel.asked('control')).toEqual(
      ['pause', 'resume', 'stop'].map(action => ({ run: 'run-1', action }))
    );
  });

  it('that can’t begin leaves the reason, until the next attempt', async () => {
    const model = editor();
    await model.run.train('fresh');
    expect(model.run.error).toMatchObject({ code: 'no_kernel' });
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
        return { run: 'x', taken: null };
      }
    });
    model.kernel.attach(kernel.client);
    await model.run.train('trained');
    expect(model.run.error).toEqual(error);
    fails = false;
    await model.run.train('trained');
    expect(model.run.error).toBeNull();
  });
});
