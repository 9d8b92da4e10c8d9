import * as React from 'react';
import type { IModelJSON } from '../core';
import { Notice, useTranslation } from '../editor';
import type { EditorSession } from './editorsession';
import { formerDrawing } from './succession';

/** Offers what was drawn before the cell ran again: its code makes a new editor, which knows nothing of that. */
export function FormerDrawing({
  session
}: {
  session: EditorSession;
}): JSX.Element {
  const trans = useTranslation();
  const view = React.useRef<HTMLDivElement>(null);
  const [former, setFormer] = React.useState<IModelJSON | null>(null);

  React.useEffect(() => {
    // A view is made before it is put below its cell, and has no size until then.
    const observer = new ResizeObserver(() => {
      if (view.current?.isConnected) {
        observer.disconnect();
        setFormer(formerDrawing(view.current, session));
      }
    });
    observer.observe(view.current!);
    return () => observer.disconnect();
  }, [session]);

  return (
    <div ref={view}>
      <Notice
        message={
          former &&
          trans.__(
            'The cell ran again, which made a new editor. You had changed the drawing in the one before.'
          )
        }
        action={{
          label: trans.__('Restore Drawing'),
          run: () => {
            session.editor.document.replace(former!);
            setFormer(null);
          }
        }}
        onDismiss={() => setFormer(null)}
      />
    </div>
  );
}
