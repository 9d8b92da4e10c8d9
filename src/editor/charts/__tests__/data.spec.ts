import type { ICurves } from '../../../core';
import { chartData, formatValue, latest } from '../data';
import { drawn } from './runs';

const one = { x: [1], y: [0.5] };

/** The charts of one run. */
const charts = (curves: ICurves) =>
  chartData([drawn(curves)]).map(({ metric, lines: [line] }) => ({
    metric,
    ...line
  }));

describe('chartData', () => {
  it('puts the loss first and keeps the order of the other metrics', () => {
    const found = charts({
      batch: { accuracy: one, loss: one },
      epoch: { accuracy: one, auc: one, loss: one, val_loss: one }
    });
    expect(found.map(({ metric }) => metric)).toEqual([
      'loss',
      'accuracy',
      'auc'
    ]);
  });

  it('draws validation in the chart of its metric', () => {
    const validation = { x: [1], y: [0.75] };
    const [chart] = charts({
      batch: {},
      epoch: { loss: one, val_loss: validation }
    });
    expect(chart.epoch).toBe(one);
    expect(chart.validation).toBe(validation);
    expect(chart.batch.x).toEqual([]);
  });

  it('gives a metric that only looks like validation a chart of its own', () => {
    const found = charts({ batch: { val_ue: one }, epoch: {} });
    expect(found.map(({ metric }) => metric)).toEqual(['val_ue']);
  });

  it('draws a metric of several runs in one chart, and one that only some have', () => {
    const runs = [
      drawn({ batch: { loss: one }, epoch: {} }),
      drawn({ batch: { accuracy: one, loss: one }, epoch: {} }, { id: 'b' })
    ];
    const lines = chartData(runs).map(({ metric, lines }) => [
      metric,
      lines.map(({ run }) => run.id)
    ]);
    expect(lines).toEqual([
      ['loss', ['a', 'b']],
      ['accuracy', ['b']]
    ]);
  });

  it('takes any name for a metric', () => {
    const curves = JSON.parse('{"__proto__": {"x": [1], "y": [2]}}');
    const found = charts({ batch: curves, epoch: {} });
    expect(found).toHaveLength(1);
    expect(found[0].batch.y).toEqual([2]);
  });
});

describe('latest', () => {
  it('is the newest value, and null for a gap', () => {
    expect(latest({ x: [1, 2], y: [1, 0] })).toBe(0);
    expect(latest({ x: [1, 2], y: [1, null] })).toBeNull();
    expect(latest({ x: [], y: [] })).toBeNull();
  });
});

describe('formatValue', () => {
  it.each([
    [0, '0'],
    [0.123456, '0.1235'],
    [1, '1'],
    [-12.5, '-12.5'],
    [0.00001234, '1.23e-5'],
    [1234567, '1.23e+6']
  ])('writes %d as %s', (value, text) => {
    expect(formatValue(value)).toBe(text);
  });
});
