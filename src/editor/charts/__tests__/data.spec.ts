import { chartData, formatValue, latest } from '../data';

const one = { x: [1], y: [0.5] };

describe('chartData', () => {
  it('puts the loss first and keeps the order of the other metrics', () => {
    const charts = chartData({
      batch: { accuracy: one, loss: one },
      epoch: { accuracy: one, auc: one, loss: one, val_loss: one }
    });
    expect(charts.map(({ metric }) => metric)).toEqual([
      'loss',
      'accuracy',
      'auc'
    ]);
  });

  it('draws validation in the chart of its metric', () => {
    const validation = { x: [1], y: [0.75] };
    const [chart] = chartData({
      batch: {},
      epoch: { loss: one, val_loss: validation }
    });
    expect(chart.epoch).toBe(one);
    expect(chart.validation).toBe(validation);
    expect(chart.batch.x).toEqual([]);
  });

  it('gives a metric that only looks like validation a chart of its own', () => {
    const charts = chartData({ batch: { val_ue: one }, epoch: {} });
    expect(charts.map(({ metric }) => metric)).toEqual(['val_ue']);
  });

  it('takes any name for a metric', () => {
    const curves = JSON.parse('{"__proto__": {"x": [1], "y": [2]}}');
    const charts = chartData({ batch: curves, epoch: {} });
    expect(charts).toHaveLength(1);
    expect(charts[0].batch.y).toEqual([2]);
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
