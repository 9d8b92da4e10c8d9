import * as React from 'react';
import { useTranslation } from '../host';
import { Markdown } from '../forms/Markdown';

/** All that Keras says about a class, one click away. */
export function LayerDocs({ doc }: { doc: string }): JSX.Element {
  const trans = useTranslation();
  return (
    <details className="jp-kerasviz-LayerDocs">
      <summary>{trans.__('Documentation')}</summary>
      <Markdown text={doc} />
    </details>
  );
}
