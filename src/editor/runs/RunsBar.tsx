import * as React from 'react';
import type { IRuns } from '../../core';
import { useHost } from '../host';
import { useModel, useRuns } from '../hooks';
import { CommandButton } from '../training';
import { EXPORT_FORMATS, exportRuns } from './exporting';
import type { IListing } from './listview';
import { TakenFolders } from './TakenFolders';

export interface IRunsBarProps {
  list: IRuns;
  listing: IListing;
  onChange(listing: IListing): void;
  /** Told why something could not be done. */
  onFailure(reason: Error): void;
}

/** Above the list: what of it is seen, and what can be done with the runs that are drawn. */
export function RunsBar(props: IRunsBarProps): JSX.Element {
  const { list, listing, onChange, onFailure } = props;
  const host = useHost();
  const { trans } = host;
  const model = useModel();
  const { runs } = model;
  const shown = useRuns(r => r.shown);
  const canUndo = useRuns(r => r.canUndo);
  const ids = list.runs.map(({ id }) => id).filter(id => shown.has(id));
  const root = React.useRef<HTMLDivElement>(null);
  const hidden = list.runs.filter(run => run.hidden).length;
  const nothing = ids.length === 0 ? trans.__('Check the runs to export.') : '';
  return (
    <div className="jp-kerasviz-RunsBar" ref={root}>
      <input
        type="search"
        className="jp-mod-styled"
        aria-label={trans.__('Filter runs')}
        placeholder={trans.__('Filter runs')}
        value={listing.words}
        onChange={({ target }) => onChange({ ...listing, words: target.value })}
      />
      {hidden > 0 && (
        <label>
          <input
            type="checkbox"
            checked={listing.withHidden}
            onChange={({ target }) =>
              onChange({ ...listing, withHidden: target.checked })
            }
          />
          {trans._n('%1 hidden run', '%1 hidden runs', hidden)}
        </label>
      )}
      {list.others.length > 0 && (
        <label>
          <input
            type="checkbox"
            checked={listing.latestOnly}
            onChange={({ target }) =>
              onChange({ ...listing, latestOnly: target.checked })
            }
          />
          {trans.__('Latest of each document')}
        </label>
      )}
      <TakenFolders list={list} />
      <span className="jp-kerasviz-RunsBar-space" />
      {canUndo && (
        <CommandButton
          command="undo-run-change"
          title={trans.__('Take the last change of the list back')}
          onClick={() => void runs.undo()}
        >
          {trans.__('Undo')}
        </CommandButton>
      )}
      <CommandButton
        command="compare-runs"
        disabled={ids.length !== 2}
        title={
          ids.length === 2
            ? trans.__('What differs between the two checked runs')
            : trans.__('Check two runs to compare them.')
        }
        onClick={() => void runs.compare(ids[0], ids[1])}
      >
        {trans.__('What Differs')}
      </CommandButton>
      <span
        className="jp-kerasviz-RunsBar-export"
        role="group"
        aria-label={trans.__('Export the checked runs')}
      >
        {EXPORT_FORMATS.map(format => (
          <CommandButton
            key={format}
            command={`export-${format}`}
            disabled={nothing !== ''}
            title={
              nothing ||
              {
                csv: trans.__('A table with a row for each run and epoch'),
                png: trans.__('A picture of the curves'),
                html: trans.__('A report in one file')
              }[format]
            }
            onClick={() => {
              exportRuns(model, host, ids, format, root.current!).catch(
                onFailure
              );
            }}
          >
            {format.toUpperCase()}
          </CommandButton>
        ))}
      </span>
    </div>
  );
}
