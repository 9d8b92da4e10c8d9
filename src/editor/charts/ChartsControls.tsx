import * as React from 'react';
import { useTranslation } from '../host';
import type { Axis } from './axis';
import type { IChartsView } from './viewing';
import { MOST_SMOOTHING } from './smoothing';

export interface IChartsControlsProps {
  view: IChartsView;
  onChange(view: IChartsView): void;
}

/** Smoothing, and what the axes count. */
export function ChartsControls(props: IChartsControlsProps): JSX.Element {
  const { view, onChange } = props;
  const trans = useTranslation();
  const axes: [Axis, string][] = [
    ['epoch', trans.__('Epochs')],
    ['step', trans.__('Batches')],
    ['time', trans.__('Time')]
  ];
  const flag = (name: 'logX' | 'logY', label: string) => (
    <label>
      <input
        type="checkbox"
        data-control={name}
        checked={view[name]}
        onChange={({ target }) => onChange({ ...view, [name]: target.checked })}
      />
      {label}
    </label>
  );
  return (
    <div className="jp-kerasviz-ChartsControls">
      <label>
        {trans.__('Smoothing')}
        <input
          type="range"
          data-control="smoothing"
          min={0}
          max={MOST_SMOOTHING}
          step={0.01}
          value={view.smoothing}
          onChange={({ target }) =>
            onChange({ ...view, smoothing: Number(target.value) })
          }
        />
        <output>{view.smoothing.toFixed(2)}</output>
      </label>
      <label>
        {trans.__('X axis')}
        <select
          data-control="axis"
          value={view.axis}
          onChange={({ target }) =>
            onChange({ ...view, axis: target.value as Axis })
          }
        >
          {axes.map(([axis, label]) => (
            <option key={axis} value={axis}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {flag('logX', trans.__('log x'))}
      {flag('logY', trans.__('log y'))}
    </div>
  );
}
