import * as React from 'react';
import { useTranslation } from '../host';

export interface IFlagFieldProps {
  label: string;
  value: boolean;
  disabled?: boolean;
  onChange(value: boolean): void;
}

/** A box to tick. */
export function FlagField(props: IFlagFieldProps): JSX.Element {
  const { label, value, disabled, onChange } = props;
  const trans = useTranslation();
  const id = React.useId();
  return (
    <div className="jp-kerasviz-Field" data-argument={label}>
      <label className="jp-kerasviz-Field-label" htmlFor={id}>
        {label}
      </label>
      <span className="jp-kerasviz-Field-flag">
        <input
          id={id}
          className="jp-mod-styled"
          type="checkbox"
          checked={value}
          disabled={disabled}
          onChange={event => onChange(event.target.checked)}
        />
        {value ? trans.__('yes') : trans.__('no')}
      </span>
    </div>
  );
}
