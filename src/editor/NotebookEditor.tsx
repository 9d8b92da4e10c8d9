import * as React from 'react';
import type { ICanvasHandle } from './canvas';
import { EditorView } from './EditorView';
import { HostContext, useHost } from './host';
import { useKeptFocus, useModel } from './hooks';
import { Inspector } from './Inspector';
import { Palette } from './palette';
import { Toolbar } from './Toolbar';
import { handleUndoKeys } from './drawing/undokeys';
import { handleTrainKeys } from './training/trainkeys';

/** Below this width, in pixels, palette and inspector are folded away until they are asked for. */
const NARROW = 820;

/** The whole editor in one box: palette, canvas with training, inspector; above them what the host has to say. */
export function NotebookEditor({
  children
}: React.PropsWithChildren): JSX.Element {
  const model = useModel();
  const root = React.useRef<HTMLDivElement>(null);
  const [narrow, setNarrow] = React.useState(false);
  const [palette, setPalette] = React.useState<boolean | null>(null);
  const [inspector, setInspector] = React.useState<boolean | null>(null);
  const [canvas, setCanvas] = React.useState<ICanvasHandle | null>(null);
  const host = useHost();
  const opening = React.useMemo(
    () => ({ ...host, showForms: () => setInspector(true) }),
    [host]
  );
  const hasPalette = palette ?? !narrow;
  const hasInspector = inspector ?? !narrow;

  useKeptFocus(root);
  React.useEffect(() => {
    const observer = new ResizeObserver(([{ contentRect }]) =>
      setNarrow(contentRect.width < NARROW)
    );
    observer.observe(root.current!);
    return () => observer.disconnect();
  }, []);

  return (
    <div
      className="jp-kerasviz-NotebookEditor"
      ref={root}
      tabIndex={-1}
      data-narrow={narrow || undefined}
      onKeyDown={event => {
        if (!handleUndoKeys(event, model.document)) {
          handleTrainKeys(event, model);
        }
      }}
    >
      <Toolbar
        canvas={canvas}
        palette={hasPalette}
        inspector={hasInspector}
        onPalette={() => setPalette(!hasPalette)}
        onInspector={() => setInspector(!hasInspector)}
      />
      {children}
      <div className="jp-kerasviz-NotebookEditor-body">
        {hasPalette && <Palette />}
        <HostContext.Provider value={opening}>
          <EditorView onCanvas={setCanvas} />
        </HostContext.Provider>
        {hasInspector && <Inspector />}
      </div>
    </div>
  );
}
