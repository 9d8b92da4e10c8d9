import * as React from 'react';
import { runLabel, say, type IRunSummary } from '../../core';
import { runVariable } from '../charts/theme';
import { useHost } from '../host';
import { useModel, useRuns } from '../hooks';
import { Icon, type IconName } from '../Icon';
import { EditableText } from './EditableText';
import { openRun, openRunCode } from './openrun';
import type { RunColumn } from './ordering';
import { runText } from './runtext';

export interface IRunRowProps {
  run: IRunSummary;
  columns: readonly RunColumn[];
  /** Told why something could not be done. */
  onFailure(reason: Error): void;
}

/** One run: whether it is drawn, what is known of it, and what can be done with it. */
export function RunRow(props: IRunRowProps): JSX.Element {
  const { run, columns, onFailure } = props;
  const host = useHost();
  const { trans, openDocument } = host;
  const model = useModel();
  const { runs } = model;
  const isShown = useRuns(r => r.shown.has(run.id));
  const { id } = run;
  const name = runLabel(run);
  const isActive = run.ended === null && run.state !== 'lost';
  const action = (
    icon: IconName,
    label: string,
    act: () => void,
    refusal = ''
  ) => (
    <button
      type="button"
      className="jp-kerasviz-RunRow-action"
      data-action={icon}
      aria-label={`${label}: ${name}`}
      title={refusal || label}
      disabled={refusal !== ''}
      onClick={act}
    >
      <Icon name={icon} />
    </button>
  );
  const isOwn = run.origin === undefined;
  const notOwn = isOwn
    ? ''
    : trans.__('A run of another document is only looked at here.');
  const cell = (column: RunColumn): React.ReactNode => {
    const text = runText(run, column, trans);
    if (column === 'name' && isOwn) {
      return (
        <EditableText
          label={trans.__('Name of run %1', name)}
          value={run.name === id ? '' : run.name}
          placeholder={name}
          onCommit={name => void runs.change([id], { name })}
        />
      );
    }
    if (column === 'note' && isOwn) {
      return (
        <EditableText
          label={trans.__('Note on run %1', name)}
          value={run.note}
          placeholder={trans.__('Add a note')}
          onCommit={note => void runs.change([id], { note })}
        />
      );
    }
    const reason = column === 'state' && run.error;
    return <span title={reason ? say(reason.message) : text}>{text}</span>;
  };
  const color = {
    '--jp-kerasviz-run': `var(${runVariable(runs.color(run.run))})`
  } as React.CSSProperties;
  return (
    <tr
      data-run={id}
      data-state={run.state}
      data-hidden={run.hidden || undefined}
    >
      <td>
        <label className="jp-kerasviz-RunRow-shown" style={color}>
          <input
            type="checkbox"
            aria-label={trans.__('Draw the curves of %1', name)}
            checked={isShown}
            onChange={({ target }) => void runs.show([id], target.checked)}
          />
          <span className="jp-kerasviz-RunRow-color" />
        </label>
      </td>
      {columns.map(column => (
        <td key={column} data-column={column}>
          {cell(column)}
        </td>
      ))}
      <td className="jp-kerasviz-RunRow-actions">
        {isActive &&
          run.state === 'training' &&
          action(
            'pause',
            trans.__('Pause'),
            () => void runs.control([id], 'pause')
          )}
        {isActive &&
          run.state === 'paused' &&
          action(
            'resume',
            trans.__('Resume'),
            () => void runs.control([id], 'resume')
          )}
        {isActive &&
          action(
            'stop',
            trans.__('Stop'),
            () => void runs.control([id], 'stop')
          )}
        {openDocument &&
          action('open', trans.__('Open as a new document'), () => {
            openRun(model, host, id).catch(onFailure);
          })}
        {action('code', trans.__('Open as Script'), () => {
          openRunCode(model, host, id).catch(onFailure);
        })}
        {run.hidden
          ? action(
              'reveal',
              trans.__('Show in the list again'),
              () => void runs.change([id], { hidden: false }),
              notOwn
            )
          : action(
              'hide',
              trans.__('Hide from the list'),
              () => void runs.change([id], { hidden: true }),
              notOwn
            )}
        {action(
          'remove',
          trans.__('Delete'),
          () => void runs.change([id], { deleted: true }),
          notOwn ||
            (isActive ? trans.__('This run is under way: stop it first.') : '')
        )}
      </td>
    </tr>
  );
}
