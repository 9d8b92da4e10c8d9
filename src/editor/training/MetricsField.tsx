import * as React from 'react';
import { useTranslation } from '../host';
import { useCatalog, useDocument, useModel } from '../hooks';
import { Field } from '../forms/Field';
import { identifier, metricsOf } from './compile';

/** The metrics: those chosen, each with a button that removes it, and a list to add one from. */
export function MetricsField(): JSX.Element {
  const trans = useTranslation();
  const { document } = useModel();
  const model = useDocument(d => d.model);
  const { metrics } = useCatalog(c => c).catalog;
  const chosen = model ? metricsOf(model) : [];
  const taken = new Set(chosen.map(identifier));
  return (
    <Field name="metrics" label={trans.__('Metrics')}>
      {control => (
        <>
          <ul className="jp-kerasviz-Metrics">
            {chosen.map((metric, index) => {
              const name = identifier(metric) ?? trans.__('By output');
              return (
                <li key={index} className="jp-kerasviz-Metrics-item">
                  {name}
                  <button
                    className="jp-kerasviz-Metrics-remove"
                    title={trans.__('Remove %1', name)}
                    aria-label={trans.__('Remove %1', name)}
                    onClick={() =>
                      document.setCompile({
                        metrics: chosen.filter((_, i) => i !== index)
                      })
                    }
                  >
                    ×
                  </button>
                </li>
              );
            })}
          </ul>
          <select
            {...control}
            value=""
            onChange={event =>
              document.setCompile({ metrics: [...chosen, event.target.value] })
            }
          >
            <option value="">{trans.__('Add a metric…')}</option>
            {metrics
              .filter(({ name }) => !taken.has(name))
              .map(({ name, summary }) => (
                <option key={name} value={name} title={summary}>
                  {name}
                </option>
              ))}
          </select>
        </>
      )}
    </Field>
  );
}
