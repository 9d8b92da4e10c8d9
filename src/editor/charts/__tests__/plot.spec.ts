import type { IPlotly } from '../../host';
import { Plot } from '../plot';
import { Page } from './browser';

/** Records what Plotly is asked to draw. */
function recorder() {
  const calls: string[] = [];
  const plotly = {
    react: (_: HTMLElement, data: { name: string }[]) => {
      calls.push(`draw ${data[0].name}`);
      return Promise.resolve({ on: () => undefined });
    },
    purge: () => calls.push('purge'),
    Plots: { resize: () => calls.push('resize') }
  };
  return { calls, plotly: plotly as unknown as IPlotly };
}

const named = (name: string) => () => ({
  data: [{ name }],
  layout: {},
  config: {}
});

describe('Plot', () => {
  let page: Page;
  let plot: Plot;
  let calls: string[];

  beforeEach(() => {
    page = new Page();
    const { calls: recorded, plotly } = recorder();
    calls = recorded;
    plot = new Plot(document.createElement('div'), plotly);
  });

  it('draws only the newest figure of a frame', () => {
    page.show(true);
    plot.show(named('a'));
    plot.show(named('b'));
    expect(calls).toEqual([]);
    page.frame();
    page.frame();
    expect(calls).toEqual(['draw b']);
  });

  it('leaves a frame to each plot', () => {
    const { calls: recorded, plotly } = recorder();
    const other = new Plot(document.createElement('div'), plotly);
    page.show(true);
    plot.show(named('a'));
    other.show(named('b'));
    page.frame();
    expect([calls, recorded]).toEqual([['draw a'], []]);
    page.frame();
    expect(recorded).toEqual(['draw b']);
    other.dispose();
  });

  it('draws nothing while it is out of sight, and the newest when it comes into sight', () => {
    page.show(false);
    plot.show(named('a'));
    page.frame();
    plot.show(named('b'));
    page.frame();
    expect(calls).toEqual([]);
    page.show(true);
    page.frame();
    expect(calls).toEqual(['draw b']);
  });

  it('follows the size of its element', () => {
    page.show(true);
    plot.show(named('a'));
    page.frame();
    page.resize();
    page.frame();
    expect(calls).toEqual(['draw a', 'resize']);
  });

  it('draws no more when it is disposed', () => {
    page.show(true);
    plot.show(named('a'));
    plot.dispose();
    plot.dispose();
    page.frame();
    expect(calls).toEqual(['purge']);
  });
});
