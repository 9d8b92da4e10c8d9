import * as React from 'react';

export interface ISectionProps {
  /** For CSS and tests. */
  name: string;
  title: string;
  /** What is chosen in here, for people: it is read while the section is folded. */
  summary: string;
  /** What is still to be chosen. */
  problem?: string;
  /** Folded at first. */
  isFolded?: boolean;
  children: React.ReactNode;
}

/** A part of the training form that folds away; its head says what is chosen, or what is missing. */
export function Section(props: ISectionProps): JSX.Element {
  const { name, title, summary, problem, children } = props;
  return (
    <details
      className="jp-kerasviz-Section"
      data-section={name}
      data-missing={problem === undefined ? undefined : name}
      open={!props.isFolded}
    >
      <summary>
        <span className="jp-kerasviz-Section-title">{title}</span>
        <span className="jp-kerasviz-Section-summary">{summary}</span>
        {problem !== undefined && (
          <div className="jp-kerasviz-Field-problem" role="status">
            {problem}
          </div>
        )}
      </summary>
      {children}
    </details>
  );
}
