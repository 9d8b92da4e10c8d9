import * as React from 'react';
import type { IChosenJSON } from '../../../core';
import { useTranslation } from '../../host';
import { useInside, useModel } from '../../hooks';
import { DrawPad } from './DrawPad';
import { ImageButton } from './ImageButton';
import { SampleForm } from './SampleForm';

/** What is unfolded below the bar. */
export type OwnPanel = 'draw' | 'change' | null;

export interface IOwnSampleProps {
  panel: OwnPanel;
  onPanel(panel: OwnPanel): void;
}

/** Buttons to make a sample of one's own, or to change the chosen one. */
export function OwnSample({ panel, onPanel }: IOwnSampleProps): JSX.Element {
  const trans = useTranslation();
  const { inside } = useModel();
  const { only, draws, changes } = useWays();
  const toggle = (which: OwnPanel, label: string, title: string) => (
    <button
      type="button"
      className="jp-mod-styled"
      aria-expanded={panel === which}
      title={title}
      onClick={() => onPanel(panel === which ? null : which)}
    >
      {label}
    </button>
  );
  return (
    <>
      {draws &&
        toggle('draw', trans.__('Draw'), trans.__('Draw your own sample'))}
      {changes &&
        toggle(
          'change',
          trans.__('Change'),
          trans.__('Edit the sample and watch the prediction change')
        )}
      {draws && (
        <ImageButton
          onImage={picture => inside.change(ownOf(only, 'by_image', picture))}
        />
      )}
    </>
  );
}

export interface IOwnSamplePanelProps {
  panel: OwnPanel;
  /** What the model predicts before and after a sample was changed. */
  answer: JSX.Element;
}

/** A pad to draw a sample on, or the form of the chosen one. */
export function OwnSamplePanel({
  panel,
  answer
}: IOwnSamplePanelProps): JSX.Element | null {
  const { inside } = useModel();
  const { only, draws, changes, hasRows } = useWays();
  if (panel === 'draw' && draws) {
    return (
      <div className="jp-kerasviz-OwnSample">
        <DrawPad
          onDrawn={picture => inside.change(ownOf(only, 'by_drawing', picture))}
        />
      </div>
    );
  }
  return panel === 'change' && changes ? (
    <div className="jp-kerasviz-OwnSample">
      <SampleForm hasRows={hasRows} />
      {answer}
    </div>
  ) : null;
}

/** How a sample of one's own can be made; before the first one is there, nobody knows. */
function useWays() {
  const inputs = useInside(i => i.sample?.inputs);
  const ways = useInside(i => i.sample?.ways);
  const hasRows = ways?.includes('by_row') ?? false;
  return {
    /** The name of the only input. */
    only: inputs?.length === 1 ? inputs[0].name : '',
    draws: inputs?.length === 1 && inputs[0].ways.includes('by_drawing'),
    changes: hasRows || (ways?.includes('changed') ?? false),
    hasRows
  };
}

/** A sample of one picture that somebody made. */
function ownOf(input: string, way: string, picture: string): IChosenJSON {
  const changes = { [input]: { class_name: way, config: { picture } } };
  return { class_name: 'changed', config: { changes } };
}
