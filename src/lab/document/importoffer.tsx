import * as React from 'react';
import type { IEditorModule } from '../loader';

interface IImportOfferProps {
  components: IEditorModule['components'];
  onImport: (() => void) | null;
}

/** A file that an older Keras wrote can be opened as the server reads it. */
export function ImportOffer(
  props: IImportOfferProps
): React.ReactElement | null {
  const { components, onImport } = props;
  const trans = components.useTranslation();
  const isOlder = components.useDocument(d => d.isOlder);
  if (!isOlder || !onImport) {
    return null;
  }
  return (
    <div className="jp-kerasviz-ImportOffer">
      <span>
        {trans.__(
          'An older Keras wrote this file. It can be opened as a copy in the form of today.'
        )}
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
