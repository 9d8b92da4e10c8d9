import * as React from 'react';

/** What can be chosen: its key, what a person reads, and what Keras says about it. */
export interface IOption {
  key: string;
  text: string;
  title?: string;
  /** Shown, with a title that says why it can't be chosen. */
  disabled?: boolean;
}

/** Options under a heading; without one they stand first. */
export interface IOptionGroup {
  label: string | null;
  options: readonly IOption[];
}

export interface IGroupedSelectProps {
  id?: string;
  label?: string;
  /** Key of what is chosen. */
  value: string;
  groups: readonly IOptionGroup[];
  /** What it reads while nothing of the list is chosen. */
  placeholder: string;
  onChange(key: string): void;
}

/** A choice out of a list with headings. */
export function GroupedSelect(props: IGroupedSelectProps): JSX.Element {
  const { id, label, value, groups, placeholder, onChange } = props;
  const isKnown = groups.some(({ options }) =>
    options.some(option => option.key === value)
  );
  return (
    <select
      id={id}
      aria-label={label}
      className="jp-mod-styled"
      value={isKnown ? value : ''}
      onChange={event => onChange(event.target.value)}
    >
      {!isKnown && <option value="">{placeholder}</option>}
      {groups
        .filter(({ options }) => options.length > 0)
        .map(group => {
          const options = group.options.map(
            ({ key, text, title, disabled }) => (
              <option key={key} value={key} title={title} disabled={disabled}>
                {text}
              </option>
            )
          );
          return group.label === null ? (
            options
          ) : (
            <optgroup key={group.label} label={group.label}>
              {options}
            </optgroup>
          );
        })}
    </select>
  );
}
