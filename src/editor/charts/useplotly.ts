import * as React from 'react';
import { useHost, type IPlotly } from '../host';

/** Plotly, once it is needed; and why it could not be had. */
export function usePlotly(needed: boolean): {
  plotly: IPlotly | null;
  failure: string | null;
  retry: () => void;
} {
  const { assets } = useHost();
  const [plotly, setPlotly] = React.useState<IPlotly | null>(null);
  const [failure, setFailure] = React.useState<string | null>(null);
  const [attempt, setAttempt] = React.useState(0);
  React.useEffect(() => {
    if (!needed) {
      return;
    }
    let current = true;
    setFailure(null);
    assets.plotly().then(
      // A function given to a setter would be called, and Plotly may be one.
      loaded => current && setPlotly(() => loaded),
      (reason: Error) => current && setFailure(reason.message)
    );
    return () => {
      current = false;
    };
  }, [assets, needed, attempt]);
  return { plotly, failure, retry: () => setAttempt(attempt + 1) };
}
