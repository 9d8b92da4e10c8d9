import type { JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import { say, type IPreview } from '../../core';
import { ErrorNotice } from '../errors/ErrorNotice';
import { formatCount } from '../format';
import { useTranslation } from '../host';
import { useLook, useModel } from '../hooks';
import { ClassBalance } from './ClassBalance';
import { ColumnList } from './ColumnList';
import { ModelsFromData } from './ModelsFromData';
import { Proposals } from './Proposals';
import { SampleView } from './SampleView';

/** What is in the data that was chosen: read only when a person asks to look. */
export function DataPreview(): JSX.Element {
  const trans = useTranslation();
  const { look } = useModel();
  const { preview, error, share } = useLook(l => l);
  return (
    <div className="jp-kerasviz-DataLook" data-state={stateOf(share, preview)}>
      <button
        type="button"
        className="jp-kerasviz-Button"
        data-command="look"
        disabled={share !== null}
        onClick={() => void look.look()}
      >
        {preview ? trans.__('Look Again') : trans.__('Look at the Data')}
      </button>
      {share !== null && (
        <progress
          aria-label={trans.__('Looking at the data')}
          value={share > 0 ? share : undefined}
        />
      )}
      <div role="status">{error && <ErrorNotice error={error} />}</div>
      {preview && <Seen preview={preview} />}
      <ModelsFromData preview={preview} />
    </div>
  );
}

function stateOf(share: number | null, preview: IPreview | null): string {
  return share !== null ? 'looking' : preview ? 'seen' : 'none';
}

function Seen({ preview }: { preview: IPreview }): JSX.Element {
  const trans = useTranslation();
  const { columns, classes, samples, questions, notes, proposed } = preview;
  return (
    <>
      <p className="jp-kerasviz-Field-note" data-part="size">
        {sizeOf(preview, trans).join(' · ')}
      </p>
      {notes.map((note, i) => (
        <p key={i} className="jp-kerasviz-Field-note">
          {say(note)}
        </p>
      ))}
      {questions.length > 0 && (
        <ul
          className="jp-kerasviz-DataLook-questions"
          aria-label={trans.__('Questions about the data')}
        >
          {questions.map(({ code, column, sentence }, i) => (
            <li key={i} data-code={code} data-column={column}>
              {say(sentence)}
            </li>
          ))}
        </ul>
      )}
      <Proposals proposed={proposed} />
      {classes.length > 0 && (
        <ClassBalance title={trans.__('Classes')} classes={classes} />
      )}
      {columns.length > 0 && (
        <ColumnList
          columns={columns}
          proposed={proposed}
          hasRoles={preview.kind === 'table'}
        />
      )}
      {samples.length > 0 && (
        <SampleView
          samples={samples}
          columns={columns.map(({ name }) => name)}
        />
      )}
    </>
  );
}

/** Marks, such as a delimiter, are in quotes, so that they can be seen. */
function shown(value: JSONValue): string {
  const written = JSON.stringify(value);
  return typeof value !== 'string'
    ? written
    : value.length > 2
      ? value
      : `“${written.slice(1, -1).replace('\\"', '"')}”`;
}

/** How much there is, and what was found out of the file. */
function sizeOf(
  { kind, rows, sampled, columns, found }: IPreview,
  trans: ReturnType<typeof useTranslation>
): string[] {
  const said =
    rows === null
      ? [trans.__('nobody knows how many samples')]
      : [trans._n('%2 sample', '%2 samples', rows, formatCount(rows))];
  if (sampled !== null) {
    said.push(trans.__('%1 of them looked at', formatCount(sampled)));
  }
  if (kind === 'table') {
    said.push(
      trans._n(
        '%2 column',
        '%2 columns',
        columns.length,
        formatCount(columns.length)
      )
    );
  }
  for (const [name, value] of Object.entries(found)) {
    // What is not there, such as comments, tells nothing.
    if (value) {
      said.push(`${name}: ${shown(value)}`);
    }
  }
  return said;
}
