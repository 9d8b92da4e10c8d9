import * as React from 'react';
import { Breadcrumb, Canvas, type ICanvasHandle } from './canvas';
import { DocumentError } from './errors/DocumentError';
import { FunctionalNotice } from './FunctionalNotice';
import { keepUndoOfTexts } from './drawing/undokeys';
import { useDocument } from './hooks';
import { SampleBar } from './insight';
import { PANEL_TABS } from './panels';
import { DeletedRuns } from './runs';
import { StatusLine } from './StatusLine';
import { TrainPanel } from './training';
import { WhyPanel } from './why';

export interface IEditorViewProps {
  /** Called with what toolbars need of the canvas, and with null when it goes. */
  onCanvas?(canvas: ICanvasHandle | null): void;
}

/** The canvas above, training and the status line below. */
export function EditorView({ onCanvas }: IEditorViewProps): JSX.Element {
  const error = useDocument(d => d.error);
  return (
    <div className="jp-kerasviz-EditorView" onKeyDown={keepUndoOfTexts}>
      {error === null ? (
        <>
          <Breadcrumb />
          <FunctionalNotice />
          <DeletedRuns />
          <SampleBar />
          <WhyPanel />
          <Canvas onHandle={onCanvas} />
          <TrainPanel tabs={PANEL_TABS} />
          <StatusLine />
        </>
      ) : (
        <DocumentError message={error} />
      )}
    </div>
  );
}
