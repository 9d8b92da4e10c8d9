import * as React from 'react';
import type { IDrawnRun } from '../../core';
import { useTranslation } from '../host';
import { type IChartsView, type Part, toggled } from './viewing';
import { runVariable } from './theme';

export interface ILegendProps {
  runs: readonly IDrawnRun[];
  view: IChartsView;
  onChange(view: IChartsView): void;
}

/** What the lines are; a press on one hides it, and shows it again. */
export function Legend({ runs, view, onChange }: ILegendProps): JSX.Element {
  const trans = useTranslation();
  const pointAt = (pointed: string | null) => onChange({ ...view, pointed });
  const entry = (
    key: string,
    label: string,
    style?: React.CSSProperties,
    run: string | null = null
  ) => (
    <button
      key={key}
      type="button"
      className="jp-kerasviz-Legend-entry"
      data-entry={key}
      aria-pressed={!view.hidden.has(key)}
      title={
        view.hidden.has(key)
          ? trans.__('Show %1', label)
          : trans.__('Hide %1', label)
      }
      style={style}
      onPointerEnter={() => run !== null && pointAt(run)}
      onPointerLeave={() => run !== null && pointAt(null)}
      onFocus={() => run !== null && pointAt(run)}
      onBlur={() => run !== null && pointAt(null)}
      onClick={() => onChange({ ...view, hidden: toggled(view.hidden, key) })}
    >
      <span className="jp-kerasviz-Legend-label">{label}</span>
    </button>
  );
  const parts: [Part, string][] = [
    ['training', trans.__('training')],
    ['validation', trans.__('validation')],
    ['batches', trans.__('each batch')]
  ];
  const isAlone = runs.length === 1;
  return (
    <div
      className="jp-kerasviz-Legend"
      role="group"
      aria-label={trans.__('Legend')}
      data-alone={isAlone || undefined}
      style={isAlone ? colored(runs[0].color) : undefined}
    >
      {parts.map(([part, label]) => entry(part, label))}
      {!isAlone &&
        runs.map(({ id, name, color }) => entry(id, name, colored(color), id))}
    </div>
  );
}

function colored(color: number): React.CSSProperties {
  return {
    '--jp-kerasviz-run': `var(${runVariable(color)})`
  } as React.CSSProperties;
}
