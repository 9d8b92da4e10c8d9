import type { IRun, RunState } from '../../core';
import { ChartsSession } from '../chartssession';
import { Page } from './page';

function run(state: RunState, points: number): IRun {
  const x = Array.from({ length: points }, (_, i) => i + 1);
  return {
    status: {
      run: 'a',
      state,
      model_name: '',
      device: 'CPU',
      epoch: 1,
      epochs: 2,
      step: points,
      steps_per_epoch: 10,
      elapsed: 1,
      remaining: null,
      error: null,
      notes: []
    },
    curves: { batch: { loss: { x, y: x.map(i => 1 / i) } }, epoch: {} }
  };
}

function point(seq: number, x: number) {
  const { status } = run('training', x);
  const curves = { batch: { loss: { x: [x], y: [1 / x] } }, epoch: {} };
  return { event: 'run', seq, payload: { status, curves } };
}

describe('ChartsSession', () => {
  let page: Page;
  let session: ChartsSession;
  const points = () => session.run?.curves.batch.loss.x;

  beforeEach(() => {
    page = new Page({ _view: 'charts' });
    session = new ChartsSession(page.model);
  });

  afterEach(() => session.dispose());

  it('shows the whole run of a kernel, and goes on with its events', async () => {
    session.connection.setLive(true);
    await page.reply('hello', { seq: 3, run: run('training', 2) });
    expect(points()).toEqual([1, 2]);
    page.receive(point(3, 2));
    page.receive(point(4, 3));
    expect(points()).toEqual([1, 2, 3]);
  });

  it('asks for the history when an event was lost', async () => {
    session.connection.setLive(true);
    await page.reply('hello', { seq: 3, run: run('training', 2) });
    page.receive(point(5, 4));
    await page.reply('history', { seq: 5, ...run('training', 4) });
    expect(points()).toEqual([1, 2, 3, 4]);
  });

  it('stops the run that it shows', async () => {
    session.connection.setLive(true);
    await page.reply('hello', { seq: 0, run: run('training', 1) });
    void session.stop();
    expect(page.sent.pop()).toMatchObject({
      type: 'stop',
      payload: { run: 'a' }
    });
  });

  it('keeps the curves of a run whose kernel is gone, and says that it is lost', async () => {
    session.connection.setLive(true);
    await page.reply('hello', { seq: 0, run: run('training', 2) });
    session.connection.setLive(false);
    expect(session.run?.status.state).toBe('lost');
    expect(points()).toEqual([1, 2]);
  });

  it('shows what was saved where there is no kernel', () => {
    session.dispose();
    page = new Page({ _view: 'charts', _run: run('training', 2) });
    session = new ChartsSession(page.model);
    session.connection.setLive(false);
    expect(points()).toEqual([1, 2]);
    expect(session.run?.status.state).toBe('lost');
  });

  it('lets messages of others pass', async () => {
    session.connection.setLive(true);
    await page.reply('hello', { seq: 0, run: run('training', 1) });
    for (const message of [null, 7, 'text', {}, { id: 'unknown', ok: true }]) {
      page.receive(message);
    }
    expect(points()).toEqual([1]);
  });
});
