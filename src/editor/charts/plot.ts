import type { IDisposable } from '@lumino/disposable';
import type { PlotlyHTMLElement } from 'plotly.js';
import type { IPlotly } from '../host';
import type { IFigure } from './figure';

/** A point of a curve. */
export interface IPlotPoint {
  x: number;
  /** Id of the run that the curve is of. */
  run: string;
}

/** What is to be drawn, one plot in each frame: Plotly takes most of a frame for one. */
const waiting = new Set<() => void>();
let frame = 0;

function drawNext(): void {
  const [draw] = waiting;
  frame = 0;
  waiting.delete(draw);
  schedule();
  draw();
}

/** Sees to it that there is a next frame while something waits, and none else. */
function schedule(): void {
  if (waiting.size === 0) {
    cancelAnimationFrame(frame);
    frame = 0;
  } else if (frame === 0) {
    frame = requestAnimationFrame(drawNext);
  }
}

/**
 * One plot on the page. It draws the newest figure when it is its turn, and only while it can be seen: a
 * run sends ten figures a second, and a tab in the background must not pay for them.
 */
export class Plot implements IDisposable {
  /**
   * @param _onLabel - Told of a click on one of the layout's annotations.
   * @param _onPoint - Told of a click on a curve.
   */
  constructor(
    element: HTMLElement,
    plotly: IPlotly,
    private readonly _onLabel: (index: number) => void = () => undefined,
    private readonly _onPoint: (point: IPlotPoint) => void = () => undefined
  ) {
    this._element = element;
    this._plotly = plotly;
    this._visibility = new IntersectionObserver(entries => {
      this._visible = entries[entries.length - 1].isIntersecting;
      this._schedule();
    });
    this._visibility.observe(element);
    this._size = new ResizeObserver(() => {
      this._resized = true;
      this._schedule();
    });
    this._size.observe(element);
  }

  get isDisposed(): boolean {
    return this._disposed;
  }

  dispose(): void {
    if (this._disposed) {
      return;
    }
    this._disposed = true;
    waiting.delete(this._draw);
    schedule();
    this._visibility.disconnect();
    this._size.disconnect();
    this._plotly.purge(this._element);
  }

  /** Replaces the figure, which is made when it is drawn. */
  show(figure: () => IFigure): void {
    this._figure = figure;
    this._schedule();
  }

  private _schedule(): void {
    if (!this._disposed && this._visible) {
      waiting.add(this._draw);
      schedule();
    }
  }

  private _listen(plot: PlotlyHTMLElement): void {
    if (!this._listens) {
      this._listens = true;
      plot.on('plotly_clickannotation', ({ index }) => this._onLabel(index));
      plot.on('plotly_click', ({ event, points: [{ x, data }] }) => {
        const { meta } = data as { meta?: unknown };
        const isMenu = event?.button === 2;
        if (typeof x === 'number' && typeof meta === 'string' && !isMenu) {
          this._onPoint({ x, run: meta });
        }
      });
    }
  }

  private readonly _draw = (): void => {
    if (this._figure) {
      const { data, layout, config } = this._figure();
      this._figure = null;
      this._drawn = true;
      void this._plotly
        .react(this._element, data, layout, config)
        .then(plot => this._listen(plot));
    }
    if (this._resized && this._drawn) {
      this._resized = false;
      this._plotly.Plots.resize(this._element);
    }
  };

  private readonly _element: HTMLElement;
  private readonly _plotly: IPlotly;
  private readonly _visibility: IntersectionObserver;
  private readonly _size: ResizeObserver;
  /** What is not drawn yet. */
  private _figure: (() => IFigure) | null = null;
  private _drawn = false;
  private _listens = false;
  private _resized = false;
  private _visible = false;
  private _disposed = false;
}
