import { RunHistory } from '../..';
import { MAX_POINTS } from '../runhistory';
import { status } from '../../__tests__/kernel';

function series(from: number, to: number) {
  const x = Array.from({ length: to - from }, (_, i) => from + i);
  return { x, y: x.map(i => i * 2) };
}

function run(from: number, to: number) {
  return {
    status: status(),
    curves: { batch: { loss: series(from, to) }, epoch: {} }
  };
}

describe('RunHistory', () => {
  it('appends points and replaces the status', () => {
    const history = new RunHistory(run(1, 3));
    history.apply({
      status: status({ state: 'finished', step: 3 }),
      curves: {
        batch: { loss: series(3, 5) },
        epoch: { val_loss: { x: [1], y: [null] } }
      }
    });
    expect(history.curves).toEqual({
      batch: { loss: series(1, 5) },
      epoch: { val_loss: { x: [1], y: [null] } }
    });
    expect(history.status.step).toBe(3);
    expect(history.isActive).toBe(false);
  });

  it('keeps series that got no points', () => {
    const history = new RunHistory(run(1, 3));
    const { loss } = history.curves.batch;
    history.apply({
      status: status(),
      curves: { batch: { accuracy: series(1, 2) }, epoch: {} }
    });
    expect(history.curves.batch.loss).toBe(loss);
    expect(Object.keys(history.curves.batch)).toEqual(['loss', 'accuracy']);
  });

  it('keeps metrics whatever they are called', () => {
    const history = new RunHistory(run(1, 2));
    const batch = JSON.parse('{"__proto__": {"x": [1], "y": [2]}}');
    history.apply({ status: status(), curves: { batch, epoch: {} } });
    expect(Object.keys(history.curves.batch)).toContain('__proto__');
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it.each([1, 7, 1000, 30_000])(
    'holds a long run in even steps, sent %d at a time',
    size => {
      const total = 30_000;
      const history = new RunHistory(run(0, 0));
      for (let from = 0; from < total; from += size) {
        history.apply(run(from, Math.min(total, from + size)));
      }
      const { x, y } = history.curves.batch.loss;
      expect(x.length).toBeGreaterThan(MAX_POINTS / 2);
      expect(x.length).toBeLessThanOrEqual(MAX_POINTS);
      expect(x).toEqual(x.map((_, i) => i * 8));
      expect(y).toEqual(x.map(value => value * 2));
    }
  );

  it('is lost only while it goes on', () => {
    const history = new RunHistory(run(1, 3));
    history.lose();
    expect(history.status.state).toBe('lost');
    const ended = new RunHistory({
      ...run(1, 3),
      status: status({ state: 'stopped' })
    });
    ended.lose();
    expect(ended.status.state).toBe('stopped');
  });
});
