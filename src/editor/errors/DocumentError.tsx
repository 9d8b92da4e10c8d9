import * as React from 'react';
import { useTranslation } from '../host';
import { useDocument } from '../hooks';

/** Says why a file does not open as a model, and shows its text, which is kept as it is. */
export function DocumentError({ message }: { message: string }): JSX.Element {
  const trans = useTranslation();
  const source = useDocument(d => d.getSource());
  return (
    <div className="jp-kerasviz-DocumentError" role="alert">
      <h2>{trans.__('This is not a Keras model')}</h2>
      <p>{message}</p>
      <p>{trans.__('The file is left unchanged.')}</p>
      <details>
        <summary>{trans.__('File content')}</summary>
        <pre>{source.slice(0, SHOWN)}</pre>
      </details>
    </div>
  );
}

/** Characters of a text that are shown: enough to see what it is. */
const SHOWN = 20_000;
