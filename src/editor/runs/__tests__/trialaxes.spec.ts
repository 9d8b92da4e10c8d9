import type { IRunSummary } from '../../../core';
import { summary } from './keptruns';
import { bestTrial, failedTrials } from '../outcome';
import { latestTrials, metricOf, trialAxes } from '../trialaxes';

const trial = (
  id: string,
  rate: number,
  optimizer: string,
  value: number | null,
  group = 'b'
): IRunSummary => ({
  ...summary(id),
  group,
  values: { rate, optimizer },
  best:
    value === null
      ? {}
      : { loss: { value: 1, epoch: 1 }, val_loss: { value, epoch: 2 } }
});

describe('what came of a sweep', () => {
  const judged = { metric: 'val_accuracy', better: 'up' } as const;
  const of = (id: string, value: number, state: 'finished' | 'failed') => ({
    ...trial(id, 1, 'a', 1),
    state,
    judged,
    best: { val_accuracy: { value, epoch: 1 } }
  });

  it('has its best trial among those that worked', () => {
    const trials = [
      of('1', 0.5, 'finished'),
      of('2', 0.75, 'finished'),
      of('3', 0.9, 'failed')
    ];
    expect(bestTrial(trials)?.id).toBe('2');
    expect(failedTrials(trials).map(({ id }) => id)).toEqual(['3']);
    expect(bestTrial([of('3', 0.9, 'failed')])).toBeNull();
    expect(bestTrial([trial('1', 1, 'a', 1)])).toBeNull();
    expect(metricOf(trials)).toBe('val_accuracy');
  });
});

describe('the axes of trials', () => {
  const trials = [
    trial('1', 0.0001, 'adam', 3),
    trial('2', 0.1, 'sgd', 1),
    trial('3', 0.01, 'adam', null)
  ];

  it('are of the latest sweep', () => {
    const runs = [summary('alone'), ...trials, trial('old', 1, 'adam', 1, 'a')];
    expect(latestTrials(runs).map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(latestTrials([summary('alone')])).toEqual([]);
  });

  it('are one for each value, and one for what came of it', () => {
    expect(metricOf(trials)).toBe('val_loss');
    const [rate, optimizer, loss] = trialAxes(trials);
    expect([rate, optimizer, loss].map(({ name }) => name)).toEqual([
      'rate',
      'optimizer',
      'val_loss'
    ]);
    // Rates from 0.0001 to 0.1 are spread over powers of ten.
    expect(rate.places.get('3')).toBeCloseTo(2 / 3);
    expect(rate.ticks.map(({ label }) => label)).toEqual(['0.0001', '0.1']);
    expect(optimizer.places.get('2')).toBe(1);
    expect(loss.places.get('1')).toBe(1);
    expect(loss.places.has('3')).toBe(false);
  });

  it('have a place for values that are all the same', () => {
    const [rate] = trialAxes([trial('1', 1, 'a', 1), trial('2', 1, 'a', 1)]);
    expect([...rate.places.values()]).toEqual([0.5, 0.5]);
    expect(rate.ticks).toHaveLength(1);
  });
});
