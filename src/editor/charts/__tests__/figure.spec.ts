import { english } from '../../../core';
import { FIRST_VIEW } from '../viewing';
import { chartData } from '../data';
import { epochOf, figure, type IFigureOptions } from '../figure';
import { drawn } from './runs';

const CURVES = {
  batch: { loss: { x: [1, 2, 3, 4], y: [4, null, 2, 1] } },
  epoch: {
    loss: { x: [1, 2], y: [3, 1.5] },
    val_loss: { x: [1, 2], y: [3.5, 2] }
  }
};
const RUN = drawn(CURVES);
const OTHER = drawn(CURVES, { id: 'b', name: 'second', color: 1 });

const OPTIONS: IFigureOptions = {
  chart: chartData([RUN])[0],
  count: 1,
  view: FIRST_VIEW,
  theme: {
    text: '#111',
    grid: '#222',
    background: '#fff',
    runs: ['#333', '#555'],
    validation: '#444',
    severities: { error: '#e00', warning: '#fa0', info: '#0aa' },
    font: 'serif'
  },
  trans: english
};

const of = (...runs: (typeof RUN)[]): IFigureOptions => ({
  ...OPTIONS,
  chart: chartData(runs)[0],
  count: runs.length
});

describe('figure', () => {
  it('draws the end of an epoch where its last batch is', () => {
    const [batch, epoch] = figure(OPTIONS).data;
    expect(batch.x).toEqual([0.5, 1, 1.5, 2]);
    expect(epoch.x).toEqual([1, 2]);
  });

  it.each([
    ['step', [1, 2, 3, 4], [2, 4]],
    ['time', [1, 2, 3, 4], [2, 4]]
  ] as const)('draws along %ss', (axis, batches, epochs) => {
    const view = { ...FIRST_VIEW, axis };
    const [batch, epoch] = figure({ ...OPTIONS, view }).data;
    expect([batch.x, epoch.x]).toEqual([batches, epochs]);
  });

  it.each([
    ['epoch', 2, 1.5],
    ['step', 4, 3],
    ['time', 4, 3]
  ] as const)(
    'marks an epoch along %ss, and tells the epoch of a place',
    (axis, end, place) => {
      const options = { ...OPTIONS, view: { ...FIRST_VIEW, axis } };
      const line = (run: string, epoch: number | null) =>
        figure({ ...options, chosen: { run, epoch } }).layout.shapes?.find(
          ({ name }) => name === 'epoch'
        )?.x0;
      expect([line(RUN.id, 0), line(RUN.id, 2)]).toEqual([0, end]);
      expect([line(RUN.id, null), line('other', 1)]).toEqual([end, undefined]);
      expect(epochOf(place, RUN, options)).toBe(1.5);
    }
  );

  it('counts long times in hours', () => {
    const clock = { ...RUN.clock, seconds: { x: [4], y: [36_000] } };
    const options = of(drawn(CURVES, { clock }));
    const view = { ...FIRST_VIEW, axis: 'time' as const };
    const { data, layout } = figure({ ...options, view });
    expect(data[0].x).toEqual([2.5, 5, 7.5, 10]);
    expect(layout.xaxis?.title).toEqual({ text: 'Time in hours' });
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
    const curves = { batch: {}, epoch: CURVES.epoch };
    const { xaxis } = figure(of(drawn(curves, { step: 5 }))).layout;
    expect(xaxis).toMatchObject({ autorangeoptions: { include: 2.5 } });
  });

  it('counts batches while nobody knows how many an epoch has', () => {
    const clock = { ...RUN.clock, ends: { x: [], y: [] } };
    const curves = { batch: CURVES.batch, epoch: {} };
    const { data, layout } = figure(of(drawn(curves, { clock })));
    expect(data[0].x).toEqual([1, 2, 3, 4]);
    expect(layout.xaxis?.title).toEqual({ text: 'Batch' });
  });

  it('leaves a gap where a value was not finite', () => {
    const [batch] = figure(OPTIONS).data;
    expect(batch.y).toEqual([4, null, 2, 1]);
    expect(batch.connectgaps).toBe(false);
  });

  it('draws a run alone with its validation in another colour, dashed', () => {
    const [batch, epoch, validation] = figure(OPTIONS).data;
    expect(batch.line).toMatchObject({ color: '#333', width: 1 });
    expect(epoch.line).toMatchObject({ color: '#333', width: 2 });
    expect(epoch.mode).toBe('lines+markers');
    expect(validation.line).toMatchObject({ color: '#444', dash: 'dash' });
  });

  it('draws several runs in their colours, validation dashed in the same', () => {
    const { data } = figure(of(RUN, OTHER));
    const lines = data.map(({ name, line }) => [name, line?.color, line?.dash]);
    expect(lines).toEqual([
      ['first, each batch', '#333', undefined],
      ['first', '#333', undefined],
      ['first, validation', '#333', 'dash'],
      ['second, each batch', '#555', undefined],
      ['second', '#555', undefined],
      ['second, validation', '#555', 'dash']
    ]);
  });

  it('smooths curves, and leaves the raw ones faint and unsaid', () => {
    const view = { ...FIRST_VIEW, smoothing: 0.5 };
    const [raw, smooth] = figure({ ...OPTIONS, view }).data;
    expect(raw).toMatchObject({ opacity: 0.2, hoverinfo: 'skip' });
    expect(raw.y).toEqual([4, null, 2, 1]);
    expect(smooth.hovertemplate).toBe('%{y:.5~g}');
    expect((smooth.y as number[])[2]).toBeCloseTo(8 / 3);
  });

  it('leaves out what the legend has hidden', () => {
    const hidden = new Set(['batches', 'a']);
    const view = { ...FIRST_VIEW, hidden };
    const names = figure({ ...of(RUN, OTHER), view }).data.map(t => t.name);
    expect(names).toEqual(['second', 'second, validation']);
  });

  it('marks what happened in a run', () => {
    const sentence = { text: 'Learning rate {rate}', args: { rate: 0.1 } };
    const mark = { kind: 'learning_rate', step: 3, epoch: 2, seconds: 3 };
    const run = drawn(CURVES, { marks: [{ ...mark, sentence }] });
    const [shape] = figure(of(run)).layout.shapes!;
    expect(shape).toMatchObject({ x0: 1.5, x1: 1.5, line: { color: '#333' } });
    expect(shape.label?.text).toBe('Learning rate 0.1');
  });

  it('draws a bounded number of points, which has every spike', () => {
    const x = Array.from({ length: 5000 }, (_, i) => i);
    const y = x.map(i => (i === 1234 ? 99 : 0));
    const run = drawn({ batch: { loss: { x, y } }, epoch: {} });
    const [batch] = figure(of(run)).data;
    expect(batch.x!.length).toBeLessThanOrEqual(2000);
    expect(batch.y).toContain(99);
  });

  it('draws many runs as lines alone', () => {
    const long = Array.from({ length: 5000 }, (_, i) => i);
    const runs = Array.from({ length: 30 }, (_, i) =>
      drawn(
        {
          batch: { loss: { x: long, y: long } },
          epoch: { loss: { x: long.slice(1, 9), y: long } }
        },
        { id: `${i}`, color: i }
      )
    );
    const { data, layout } = figure(of(...runs));
    expect(data).toHaveLength(60);
    expect(new Set(data.map(({ mode }) => mode))).toEqual(new Set(['lines']));
    expect(layout.hovermode).toBe('closest');
  });

  it('gives Plotly no name of a file unescaped, and none in a template', () => {
    const metric = '<a href="https://evil.example">$x$</a>%{y}';
    const curves = {
      batch: { [metric]: CURVES.batch.loss },
      epoch: { [metric]: CURVES.epoch.loss }
    };
    const mark = { kind: 'pause', step: 3, epoch: 2, seconds: 3 };
    const run = drawn(curves, {
      name: metric,
      marks: [{ ...mark, sentence: metric }]
    });
    for (const options of [of(run), of(run, OTHER)]) {
      const { data, layout, config } = figure(options);
      expect(JSON.stringify({ data, layout, config })).not.toContain('<a');
      for (const trace of data) {
        expect(trace.hovertemplate ?? '').not.toContain('evil');
      }
      expect(config).toMatchObject({ typesetMath: false, displaylogo: false });
    }
  });

  it('marks the stretch of a curve that something was found by', () => {
    const found = [
      {
        metric: 'val_loss',
        first: 2,
        last: 2,
        severity: 'warning' as const,
        label: 'Overfitting',
        code: 'overfitting',
        isPointed: false,
        onOpen: () => undefined
      }
    ];
    const followed = of(drawn(CURVES, { isFollowed: true }));
    const { layout } = figure({ ...followed, found });
    expect(layout.shapes).toMatchObject([{ x0: 1, x1: 2, fillcolor: '#fa0' }]);
    expect(layout.annotations).toMatchObject([
      { x: 1.5, text: 'Overfitting', hovertext: 'overfitting' }
    ]);
    const view = { ...FIRST_VIEW, axis: 'step' as const };
    const along = figure({ ...followed, view, found }).layout;
    expect(along.shapes).toMatchObject([{ x0: 2, x1: 4 }]);
    expect(figure({ ...OPTIONS, found }).layout.shapes).toEqual([]); // of another run
  });
});
