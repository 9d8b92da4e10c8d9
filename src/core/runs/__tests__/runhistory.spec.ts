import { RunHistory } from '../..';
import { MAX_POINTS } from '../boundedseries';
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

  it.each([50, 1000, 30_000])(
    'keeps ends and extremes of a long run, sent %d at a time',
    size => {
      const total = 30_000;
      const value = (x: number) => (x === 7777 ? 9 : x === 20_001 ? -9 : 1 / x);
      const history = new RunHistory(run(0, 0));
      for (let from = 1; from <= total; from += size) {
        const { x } = series(from, Math.min(total + 1, from + size));
        const loss = { x, y: x.map(value) };
        history.apply({
          status: status(),
          curves: { batch: { loss }, epoch: {} }
        });
      }
      const { x, y } = history.curves.batch.loss;
      expect(x.length).toBeGreaterThan(MAX_POINTS / 4);
      expect(x.length).toBeLessThanOrEqual(MAX_POINTS + 2);
      expect(x).toEqual([...new Set(x)].sort((a, b) => a - b));
      expect(y).toEqual(x.map(value));
      expect(x).toEqual(expect.arrayContaining([1, 7777, 20_001, total]));
      const late = x.filter(each => each > total / 2).length;
      expect(late / x.length).toBeGreaterThan(0.4);
      expect(late / x.length).toBeLessThan(0.6);
    }
  );

  it('keeps the ends of epochs, and where values are not finite', () => {
    const history = new RunHistory(run(0, 0));
    const { x } = series(1, 20_001);
    const y = x.map(each => (each === 7000 ? null : (each % 100) / 100));
    history.apply({
      status: status({ steps_per_epoch: 1000 }),
      curves: { batch: { loss: { x, y } }, epoch: {} }
    });
    const kept = history.curves.batch.loss;
    expect(kept.x).toEqual(
      expect.arrayContaining(x.filter(each => each % 1000 === 0))
    );
    expect(kept.y.filter(each => each === null)).toHaveLength(1);
  });

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
