import * as React from 'react';
import { useTranslation } from '../host';
import { useDocument, useModel } from '../hooks';

/** Which of the models inside the model is shown, and the way back; nothing while it is the whole one. */
export function Breadcrumb(): JSX.Element | null {
  const trans = useTranslation();
  const model = useModel();
  const path = useDocument(d => d.path);
  const name = useDocument(d => d.model?.config.name);
  if (path.length === 0) {
    return null;
  }
  const names = [name, ...path];
  return (
    <nav
      className="jp-kerasviz-Breadcrumb"
      aria-label={trans.__('Parent models')}
    >
      <ol>
        {names.map((item, depth) => (
          <li key={depth}>
            {depth < path.length ? (
              <button
                type="button"
                onClick={() => model.show(path.slice(0, depth))}
              >
                {item}
              </button>
            ) : (
              <span aria-current="page">{item}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
