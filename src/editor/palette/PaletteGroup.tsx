import * as React from 'react';

export interface IPaletteGroupProps {
  /** Name of the group, as Keras has it. */
  group: string;
  count: number;
  children: React.ReactNode;
}

/** One of Keras' groups of layers; it folds. */
export function PaletteGroup(props: IPaletteGroupProps): JSX.Element {
  return (
    <details className="jp-kerasviz-Palette-group" open>
      <summary>
        <span>{props.group}</span>
        <span className="jp-kerasviz-Palette-count">{props.count}</span>
      </summary>
      {props.children}
    </details>
  );
}
