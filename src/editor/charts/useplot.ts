import * as React from 'react';
import type { IPlotly } from '../host';
import type { IFigure } from './figure';
import { Plot } from './plot';
import { useChartTheme, type IChartTheme } from './theme';

/**
 * A plot that shows what was drawn last, in the colours of the page.
 *
 * @param plotly - Null until it is there.
 * @param draw - Makes the figure. A new one is drawn where this is another function.
 * @returns For the element that holds the plot.
 */
export function usePlot(
  plotly: IPlotly | null,
  draw: (theme: IChartTheme) => IFigure
): React.RefObject<HTMLDivElement> {
  const element = React.useRef<HTMLDivElement>(null);
  const plot = React.useRef<Plot | null>(null);
  const theme = useChartTheme(element);

  React.useEffect(() => {
    if (!plotly || !element.current) {
      return;
    }
    const created = new Plot(element.current, plotly);
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
