import type { IRunJSON, RunState } from '../../core';
import { ChartsSession } from '../chartssession';
import { Page } from './page';

function run(state: RunState, points: number): IRunJSON {
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
      notes: [],
      marks: []
    },
    curves: { batch: { loss: { x, y: x.map(i => 1 / i) } }, epoch: {} }
  };
}

/** The event that tells of one more batch. */
function point(seq: number) {
  const { status } = run('training', seq);
  const curves = { batch: { loss: { x: [seq], y: [1 / seq] } }, epoch: {} };
  return { event: 'run', seq, payload: { status, curves } };
}

describe('ChartsSession', () => {
  let page: Page;
  let session: ChartsSession;
  const points = () => session.run?.curves.batch.loss?.x;
  const open = (saved: IRunJSON | null = null, seq = 0) => {
    page = new Page({ _view: 'charts', _run: saved && { ...saved, seq } });
    session = new ChartsSession(page.model);
  };

  afterEach(() => session.dispose());

  it('shows the whole run of a kernel, and goes on with its events', async () => {
    open();
    await page.reply('hello', { seq: 2, run: run('training', 2) });
    expect(points()).toEqual([1, 2]);
    page.receive(point(2));
    page.receive(point(3));
    expect(points()).toEqual([1, 2, 3]);
  });

  it('draws a run from its first event while the kernel is too busy to answer', () => {
    open();
    page.receive(point(1));
    page.receive(point(2));
    expect(points()).toEqual([1, 2]);
  });

  it('starts from the trait where it missed events of a busy kernel', () => {
    open();
    page.receive(point(4));
    expect(points()).toBeUndefined();
    page.change({ _run: { ...run('training', 3), seq: 3 } });
    expect(points()).toEqual([1, 2, 3, 4]);
    page.receive(point(5));
    expect(points()).toEqual([1, 2, 3, 4, 5]);
  });

  it('keeps what it has when an older run comes late', async () => {
    open(run('training', 3), 3);
    page.receive(point(4));
    page.change({ _run: { ...run('training', 2), seq: 2 } });
    await page.reply('hello', { seq: 0, run: null });
    expect(points()).toEqual([1, 2, 3, 4]);
  });

  it('asks for the history when an event was lost', async () => {
    open(run('training', 2), 2);
    page.receive(point(4));
    page.receive(point(5));
    await page.reply('history', { seq: 4, ...run('training', 4) });
    expect(points()).toEqual([1, 2, 3, 4, 5]);
  });

  it('stops the run that it shows, and says when that failed', async () => {
    open(run('training', 1), 1);
    const stopped = session.stop();
    const request = page.sent[page.sent.length - 1];
    expect(request).toMatchObject({
      type: 'control',
      payload: { run: 'a', action: 'stop' }
    });
    const error = { code: 'unknown_run', message: 'There is no such run.' };
    page.receive({ id: request.id, ok: false, error });
    await stopped;
    expect(session.failure).toBe(error);
  });

  it('keeps the curves of a run whose kernel is gone, and says that it is lost', () => {
    open(run('training', 2), 2);
    session.connection.setLive(false);
    expect(session.run?.status.state).toBe('lost');
    expect(points()).toEqual([1, 2]);
  });

  it('lets a run that has ended be what it was when the kernel goes', () => {
    open(run('finished', 2), 2);
    session.connection.setLive(false);
    expect(session.run?.status.state).toBe('finished');
  });

  it('lets messages of others pass', () => {
    open(run('training', 1), 1);
    for (const message of [null, 7, 'text', {}, { id: 'unknown', ok: true }]) {
      page.receive(message);
    }
    expect(points()).toEqual([1]);
  });
});
