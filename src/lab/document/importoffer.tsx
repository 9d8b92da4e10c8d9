import * as React from 'react';
import type { IEditorModule } from '../loader';

interface IImportOfferProps {
  components: IEditorModule['components'];
  onImport: (() => void) | null;
}

/** A file that is not today's Keras JSON may be an older one, which the server can read. */
export function ImportOffer(
  props: IImportOfferProps
): React.ReactElement | null {
  const { components, onImport } = props;
  const trans = components.useTranslation();
  const error = components.useDocument(d => d.error);
  if (error === null || !onImport) {
    return null;
  }
  return (
    <div className="jp-kerasviz-ImportOffer">
      <span>
        {trans.__('Models of older Keras releases can be opened as a copy.')}
      </span>
      <button
        type="button"
        className="jp-kerasviz-Button"
        data-command="import"
        onClick={onImport}
      >
        {trans.__('Open as a Copy')}
      </button>
    </div>
  );
}
