import {
  act,
  cleanup,
  fireEvent,
  render,
  screen
} from '@testing-library/react';
import * as React from 'react';
import type { ICurves, IDrawnRun } from '../../../core';
import { HOST } from '../../__tests__/host';
import { HostContext } from '../../host';
import type { IHost, IPlotly } from '../../host';
import { Charts } from '../Charts';
import type { IFigure } from '../figure';
import { Page } from './browser';
import { drawn as run } from './runs';

const CURVES: ICurves = {
  batch: { loss: { x: [1, 2], y: [2, 1] } },
  epoch: {}
};

const NOTHING: ICurves = { batch: {}, epoch: {} };

describe('Charts', () => {
  let page: Page;
  let drawn: IFigure[];
  let plotly: jest.Mock<Promise<IPlotly>>;

  let host: IHost;

  const charts = (curves: ICurves, ...others: IDrawnRun[]) => (
    <HostContext.Provider value={host}>
      <Charts runs={[run(curves), ...others]} />
    </HostContext.Provider>
  );

  beforeEach(() => {
    page = new Page();
    drawn = [];
    const recorder = {
      react: (
        _: HTMLElement,
        data: IFigure['data'],
        layout: IFigure['layout'],
        config: IFigure['config']
      ) => {
        drawn.push({ data, layout, config });
        return Promise.resolve({ on: () => undefined });
      },
      purge: () => undefined,
      Plots: { resize: () => undefined }
    } as unknown as IPlotly;
    plotly = jest.fn(() => Promise.resolve(recorder));
    host = { ...HOST, assets: { ...HOST.assets, plotly } };
  });

  afterEach(() => {
    cleanup();
    delete document.body.dataset.jpThemeLight;
    document.head.replaceChildren();
  });

  it('loads Plotly when the first point comes, and once', async () => {
    const view = render(charts(NOTHING));
    expect(plotly).not.toHaveBeenCalled();
    await act(async () => view.rerender(charts(CURVES)));
    await act(async () => view.rerender(charts({ ...CURVES })));
    expect(plotly).toHaveBeenCalledTimes(1);
  });

  it('draws the curves, and again in the colours of another theme', async () => {
    const theme = document.head.appendChild(document.createElement('style'));
    const color = (name: string) => `div { --jp-ui-font-color1: ${name}; }`;
    theme.textContent = color('black');
    await act(async () => void render(charts(CURVES)));
    page.show(true);
    page.frame();
    expect(drawn[0].data[0].y).toEqual([2, 1]);
    expect(drawn[0].layout.font?.color).toBe('black');
    await act(async () => {
      theme.textContent = color('white');
      document.body.dataset.jpThemeLight = 'false';
    });
    page.frame();
    expect(drawn[1].layout.font?.color).toBe('white');
  });

  it('hides what the legend is pressed at, and shows it again', async () => {
    const other = run(CURVES, { id: 'b', name: 'second', color: 1 });
    await act(async () => void render(charts(CURVES, other)));
    page.show(true);
    const names = () => {
      page.frame();
      return drawn.at(-1)!.data.map(({ name }) => name);
    };
    const press = (name: string) =>
      fireEvent.click(screen.getByRole('button', { name }));
    expect(names()).toContain('second');
    press('second');
    expect(names()).not.toContain('second');
    press('second');
    press('validation');
    expect(names()).toContain('second');
    expect(names()).not.toContain('second, validation');
  });

  it('keeps how curves are looked at while points come', async () => {
    const view = render(charts(CURVES));
    await act(async () => undefined);
    page.show(true);
    fireEvent.change(screen.getByRole('combobox', { name: 'X axis' }), {
      target: { value: 'time' }
    });
    fireEvent.click(screen.getByRole('checkbox', { name: 'log y' }));
    await act(async () => view.rerender(charts({ ...CURVES })));
    page.frame();
    const { xaxis, yaxis } = drawn.at(-1)!.layout;
    expect(xaxis?.title).toEqual({ text: 'Time in seconds' });
    expect(yaxis?.type).toBe('log');
  });

  it('says why Plotly could not be loaded, and tries again when asked', async () => {
    plotly.mockRejectedValueOnce(new Error('The kernel is gone.'));
    await act(async () => void render(charts(CURVES)));
    expect(screen.getByRole('alert').textContent).toContain(
      'The kernel is gone.'
    );
    await act(async () => {
      fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    });
    expect(screen.queryByRole('alert')).toBeNull();
    page.show(true);
    page.frame();
    expect(drawn).toHaveLength(1);
  });

  it('shows the name of a metric as text', async () => {
    const hostile = '<img src=x onerror=alert(1)>';
    const { container } = render(
      charts({ batch: { [hostile]: { x: [1], y: [1] } }, epoch: {} })
    );
    await act(async () => undefined);
    expect(container.querySelector('img')).toBeNull();
    expect(container.querySelector('figcaption')?.textContent).toContain(
      hostile
    );
  });
});
