import * as React from 'react';
import type { IRuns } from '../../core';
import { useTranslation } from '../host';
import { useModel, useRuns } from '../hooks';
import { CommandButton } from '../training';
import { useExport } from './useExport';
import type { IListing } from './listview';

export interface IRunsBarProps {
  list: IRuns;
  listing: IListing;
  onChange(listing: IListing): void;
}

/** Above the list: what of it is seen, and what can be done with the runs that are drawn. */
export function RunsBar(props: IRunsBarProps): JSX.Element {
  const { list, listing, onChange } = props;
  const trans = useTranslation();
  const { runs } = useModel();
  const shown = useRuns(r => r.shown);
  const canUndo = useRuns(r => r.canUndo);
  const root = React.useRef<HTMLDivElement>(null);
  const { save, failure } = useExport(root);
  const ids = list.runs.map(({ id }) => id).filter(id => shown.has(id));
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
        {(['csv', 'png', 'html'] as const).map(format => (
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
            onClick={() => void save(ids, format)}
          >
            {format.toUpperCase()}
          </CommandButton>
        ))}
      </span>
      {failure && (
        <p className="jp-kerasviz-Runs-error" role="alert">
          {failure}
        </p>
      )}
    </div>
  );
}
