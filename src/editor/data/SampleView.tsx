import * as React from 'react';
import type { IPreviewSample } from '../../core';
import { useTranslation } from '../host';

/** Some samples: a gallery of pictures by class, or rows of a table. */
export function SampleView({
  samples,
  columns
}: {
  samples: readonly IPreviewSample[];
  columns: readonly string[];
}): JSX.Element {
  const trans = useTranslation();
  const pictures = samples.filter(({ picture }) => picture !== null);
  return (
    <details className="jp-kerasviz-Samples" open={pictures.length > 0}>
      <summary>{trans.__('Samples')}</summary>
      {pictures.length > 0 ? (
        <Gallery samples={pictures} />
      ) : (
        <Rows samples={samples} columns={columns} />
      )}
    </details>
  );
}

function Gallery({
  samples
}: {
  samples: readonly IPreviewSample[];
}): JSX.Element {
  return (
    <div className="jp-kerasviz-Samples-gallery">
      {samples.map(({ picture, label, file }, i) => (
        <figure key={i} data-class={label}>
          <img src={picture ?? ''} alt={file ?? label ?? ''} loading="lazy" />
          <figcaption title={file ?? undefined}>{label}</figcaption>
        </figure>
      ))}
    </div>
  );
}

function Rows({
  samples,
  columns
}: {
  samples: readonly IPreviewSample[];
  columns: readonly string[];
}): JSX.Element {
  const trans = useTranslation();
  const hasLabels = samples.some(({ label }) => label !== null);
  const hasText = samples.some(({ text }) => text !== null);
  return (
    // It scrolls, so it must be reached with the keyboard.
    <div
      className="jp-kerasviz-Samples-rows"
      tabIndex={0}
      role="region"
      aria-label={trans.__('Samples')}
    >
      <table>
        <thead>
          <tr>
            {hasLabels && <th>{trans.__('Class')}</th>}
            {hasText && <th>{trans.__('Sample')}</th>}
            {columns.map(name => (
              <th key={name}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {samples.map(({ values, label, text }, i) => (
            <tr key={i}>
              {hasLabels && <td>{label}</td>}
              {hasText && <td>{text}</td>}
              {values.map((value, j) => (
                <td key={j} data-missing={value === null || undefined}>
                  {value === null ? '–' : String(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
