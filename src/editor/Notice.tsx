import * as React from 'react';
import { type INoticeAction, useTranslation } from './host';

export interface INoticeProps {
  /** Null while there is nothing to say. */
  message: string | null;
  action: INoticeAction;
  onDismiss(): void;
}

/** A message above the canvas that waits for nobody, with one thing to do about it. */
export function Notice({
  message,
  action,
  onDismiss
}: INoticeProps): JSX.Element {
  const trans = useTranslation();
  return (
    <div className="jp-kerasviz-Notice" role="status">
      {message !== null && (
        <>
          <span>{message}</span>
          <button
            type="button"
            className="jp-mod-styled"
            onClick={() => action.run()}
          >
            {action.label}
          </button>
          <button
            type="button"
            aria-label={trans.__('Dismiss')}
            title={trans.__('Dismiss')}
            onClick={onDismiss}
          >
            ×
          </button>
        </>
      )}
    </div>
  );
}
