import * as React from 'react';
import type { IRunSummary } from '../../core';
import { useTranslation } from '../host';
import { useModel, useRuns } from '../hooks';

/** More lines are no picture of anything. */
const MOST = 100;

/** Draws the curves of all runs that are listed, or of none. */
export function DrawAll(props: { rows: readonly IRunSummary[] }): JSX.Element {
  const trans = useTranslation();
  const { runs } = useModel();
  const shown = useRuns(r => r.shown);
  const ids = props.rows.slice(0, MOST).map(({ id }) => id);
  const count = ids.filter(id => shown.has(id)).length;
  const isAll = count > 0 && count === ids.length;
  const box = React.useRef<HTMLInputElement>(null);
  React.useLayoutEffect(() => {
    if (box.current) {
      box.current.indeterminate = count > 0 && !isAll;
    }
  }, [count, isAll]);
  return (
    <label className="jp-kerasviz-RunRow-shown">
      <input
        ref={box}
        type="checkbox"
        aria-label={trans.__('Draw the curves of all listed runs')}
        checked={isAll}
        onChange={() => void runs.show(ids, !isAll)}
      />
      {trans.__('Curves')}
    </label>
  );
}
