import { english } from '../../../core';
import { figure } from '../figure';
import type { IFigureOptions } from '../figure';

const OPTIONS: IFigureOptions = {
  chart: {
    metric: 'loss',
    batch: { x: [1, 2, 3, 4], y: [4, null, 2, 1] },
    epoch: { x: [1, 2], y: [3, 1.5] },
    validation: { x: [1, 2], y: [3.5, 2] }
  },
  run: 'a',
  stepsPerEpoch: 2,
  step: 4,
  theme: {
    text: '#111',
    grid: '#222',
    training: '#333',
    validation: '#444',
    font: 'serif'
  },
  trans: english
};

describe('figure', () => {
  it('draws the end of an epoch where its last batch is', () => {
    const [batch, epoch] = figure(OPTIONS).data;
    expect(batch.x).toEqual([0.5, 1, 1.5, 2]);
    expect(epoch.x).toEqual([1, 2]);
  });

  it('has the words of Plotly in the language of the page', () => {
    const trans = { ...english, __: (text: string) => `⟦${text}⟧` };
    const { config } = figure({ ...OPTIONS, trans });
    const { dictionary } = config.locales![config.locale!];
    const said = Object.entries(dictionary!);
    expect(said.length).toBeGreaterThan(3);
    for (const [words, translated] of said) {
      expect(translated).toBe(`⟦${words}⟧`);
    }
  });

  it('ends where the run is, whatever the metric has', () => {
    const chart = { ...OPTIONS.chart, batch: { x: [], y: [] } };
    const { xaxis } = figure({ ...OPTIONS, chart, step: 5 }).layout;
    expect(xaxis).toMatchObject({ autorangeoptions: { include: 2.5 } });
  });

  it('counts batches while nobody knows how many an epoch has', () => {
    const { data, layout } = figure({ ...OPTIONS, stepsPerEpoch: null });
    expect(data[0].x).toEqual([1, 2, 3, 4]);
    expect(layout.xaxis?.title).toEqual({ text: 'Batch' });
  });

  it('leaves a gap where a value was not finite', () => {
    const [batch] = figure(OPTIONS).data;
    expect(batch.y).toEqual([4, null, 2, 1]);
    expect(batch.connectgaps).toBe(false);
  });

  it('draws training solid and validation dashed, in the colours of the theme', () => {
    const [batch, epoch, validation] = figure(OPTIONS).data;
    expect(batch.line).toMatchObject({ color: '#333', width: 1 });
    expect(epoch.line).toMatchObject({ color: '#333', width: 2 });
    expect(epoch.mode).toBe('lines+markers');
    expect(validation.line).toMatchObject({ color: '#444', dash: 'dash' });
  });

  it('gives Plotly no name of a file unescaped, and none in a template', () => {
    const metric = '<a href="https://evil.example">$x$</a>%{y}';
    const { data, layout, config } = figure({
      ...OPTIONS,
      chart: { ...OPTIONS.chart, metric }
    });
    expect(JSON.stringify({ data, layout, config })).not.toContain('<a');
    for (const trace of data) {
      expect(trace.hovertemplate).not.toContain('evil');
    }
    expect(config).toMatchObject({ typesetMath: false, displaylogo: false });
  });

  it('keeps the zoom of a user for as long as the run is the same', () => {
    expect(figure(OPTIONS).layout.uirevision).toBe('a');
  });
});
