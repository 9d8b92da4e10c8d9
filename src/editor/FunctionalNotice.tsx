import * as React from 'react';
import type { IKerasDocumentChange, KerasDocument } from '../core';
import { useHost } from './host';
import { useModel } from './hooks';
import { Notice } from './Notice';

/**
 * Says that a Sequential became functional, with a way back; until the next change. A host that has a place for messages
 * shows it there, else it stands above the canvas.
 */
export function FunctionalNotice(): JSX.Element | null {
  const { trans, notify } = useHost();
  const { document } = useModel();
  const [shown, setShown] = React.useState(false);
  const message = trans.__(
    'The model is now functional: a Sequential model can only be a single chain of layers.'
  );
  const undo = trans.__('Undo');

  React.useEffect(() => {
    let dismiss: (() => void) | null = null;
    const onChanged = (_: KerasDocument, change: IKerasDocumentChange) => {
      if (!change.sourceChange) {
        return;
      }
      dismiss?.();
      dismiss = null;
      const isLoose = !!change.becameFunctional;
      if (isLoose && notify) {
        const action = { label: undo, run: () => document.undo() };
        dismiss = notify(message, action);
      }
      setShown(isLoose && !notify);
    };
    document.changed.connect(onChanged);
    return () => {
      document.changed.disconnect(onChanged);
      dismiss?.();
    };
  }, [document, notify, message, undo]);

  return notify ? null : (
    <Notice
      message={shown ? message : null}
      action={{ label: undo, run: () => document.undo() }}
      onDismiss={() => setShown(false)}
    />
  );
}
