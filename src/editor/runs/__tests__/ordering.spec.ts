import { english } from '../../../core';
import { summary } from './keptruns';
import { listed, metricsOf, type RunColumn } from '../ordering';
import { runText } from '../runtext';

const best = (values: { [metric: string]: number }) => ({
  best: Object.fromEntries(
    Object.entries(values).map(([metric, value]) => [
      metric,
      { value, epoch: 1 }
    ])
  )
});
const RUNS = [
  summary('c', { elapsed: 9, note: 'with Dropout', ...best({ loss: 2 }) }),
  summary('b', { elapsed: 70, state: 'failed', best: {} }),
  summary('a', { elapsed: 8, name: 'run 10', ...best({ loss: 10 }) })
];

const ids = (words: string, column?: RunColumn, descending = false) =>
  listed(RUNS, words, column ? { column, descending } : null, (run, column) =>
    runText(run, column, english)
  ).map(({ id }) => id);

describe('the order of runs', () => {
  it('is that of time at first', () => {
    expect(ids('')).toEqual(['c', 'b', 'a']);
  });

  it('counts numbers as numbers, and has what is not known last', () => {
    expect(ids('', 'best:loss')).toEqual(['c', 'a', 'b']);
    expect(ids('', 'best:loss', true)).toEqual(['a', 'c', 'b']);
    expect(ids('', 'duration')).toEqual(['a', 'c', 'b']);
    expect(ids('', 'note', true)).toEqual(['c', 'b', 'a']);
  });

  it('keeps those in which every word of the filter is', () => {
    expect(ids('dropout')).toEqual(['c']);
    expect(ids('10 run')).toEqual(['a']);
    expect(ids('failed')).toEqual(['b']);
    expect(ids('failed dropout')).toEqual([]);
  });
});

describe('metricsOf', () => {
  it('takes those of the validation where there are any, the loss first, and few', () => {
    const some = best({ accuracy: 1, val_accuracy: 1, loss: 1, val_loss: 1 });
    expect(metricsOf([summary('a', some)])).toEqual([
      'val_loss',
      'val_accuracy'
    ]);
    const many = best({ a: 1, b: 1, c: 1, d: 1, loss: 1 });
    expect(metricsOf([summary('a', many)])).toEqual(['loss', 'a', 'b', 'c']);
  });
});
