import * as React from 'react';

export interface IFlagFieldProps {
  label: string;
  value: boolean;
  onChange(value: boolean): void;
}

/** A box to tick. */
export function FlagField(props: IFlagFieldProps): JSX.Element {
  const { label, value, onChange } = props;
  const id = React.useId();
  return (
    <div className="jp-kerasviz-Field" data-argument={label}>
      <label className="jp-kerasviz-Field-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="checkbox"
        checked={value}
        onChange={event => onChange(event.target.checked)}
      />
    </div>
  );
}
