import * as React from 'react';

/** What a control needs to belong to its label and its messages. */
export interface IControlProps {
  id: string;
  'aria-describedby': string;
  'aria-invalid': boolean;
}

export interface IFieldProps {
  /** Name of the field in the document, for CSS and tests. */
  name: string;
  label: string;
  /** What helps to fill it in. */
  help?: React.ReactNode;
  /** What is wrong or missing. */
  problem?: string;
  children: (control: IControlProps) => React.ReactNode;
}

/** A labelled control, with its help and what is wrong about it. */
export function Field(props: IFieldProps): JSX.Element {
  const id = React.useId();
  const { name, label, help, problem, children } = props;
  return (
    <div className="jp-kerasviz-Field" data-field={name}>
      <label className="jp-kerasviz-Field-label" htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        'aria-describedby': `${id}-about`,
        'aria-invalid': problem !== undefined
      })}
      <div id={`${id}-about`} className="jp-kerasviz-Field-about">
        {problem !== undefined && (
          <div className="jp-kerasviz-Field-problem" role="status">
            {problem}
          </div>
        )}
        {help !== undefined && (
          <div className="jp-kerasviz-Field-note">{help}</div>
        )}
      </div>
    </div>
  );
}
