import * as React from 'react';
import type { IPlotly } from '../host';
import type { IFigure } from './figure';
import { type IPlotPoint, Plot } from './plot';
import { useChartTheme, type IChartTheme } from './theme';

/**
 * A plot that shows what was drawn last, in the colours of the page.
 *
 * @param plotly - Null until it is there.
 * @param draw - Makes the figure. A new one is drawn where this is another function.
 * @param onLabel - Told of a click on one of the layout's annotations.
 * @param onPoint - Told of a click on a curve.
 * @returns For the element that holds the plot.
 */
export function usePlot(
  plotly: IPlotly | null,
  draw: (theme: IChartTheme) => IFigure,
  onLabel?: (index: number) => void,
  onPoint?: (point: IPlotPoint) => void
): React.RefObject<HTMLDivElement> {
  const element = React.useRef<HTMLDivElement>(null);
  const plot = React.useRef<Plot | null>(null);
  const theme = useChartTheme(element);
  const latest = React.useRef({ onLabel, onPoint });
  latest.current = { onLabel, onPoint };

  React.useEffect(() => {
    if (!plotly || !element.current) {
      return;
    }
    const created = new Plot(
      element.current,
      plotly,
      index => latest.current.onLabel?.(index),
      point => latest.current.onPoint?.(point)
    );
    plot.current = created;
    return () => created.dispose();
  }, [plotly]);

  React.useEffect(() => {
    if (theme) {
      plot.current?.show(() => draw(theme));
    }
  }, [plotly, draw, theme]);

  return element;
}
