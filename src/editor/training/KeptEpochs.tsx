import * as React from 'react';
import {
  asKerasError,
  say,
  type IKeptEpoch,
  type IKerasError,
  type Sentence
} from '../../core';
import { ErrorNotice } from '../errors/ErrorNotice';
import { formatBytes } from '../format';
import { useTranslation } from '../host';
import { useKernel, useModel, useRun, useRuns } from '../hooks';
import { CommandButton } from './RunButtons';

/** Epochs of runs that are kept on the disk; the model goes back to one, and that can be taken back. */
export function KeptEpochs(): JSX.Element {
  const trans = useTranslation();
  const model = useModel();
  const [isOpen, setIsOpen] = React.useState(false);
  const [chosen, setChosen] = React.useState<string | null>(null);
  const runs = useRuns(r => r.list?.runs ?? null);
  const status = useRun(r => r.history?.status ?? null);
  const isActive = useRun(r => r.history?.isActive ?? false);
  const isConnected = useKernel(k => k.status.state === 'ready');
  const followed = runs?.find(({ run }) => run === status?.run);
  const id = chosen ?? followed?.id ?? runs?.[0]?.id;
  const epochs = useEpochs(isOpen ? id : undefined, status?.epoch, isActive);
  const { told, attempt } = useAttempts();

  React.useEffect(() => {
    if (isOpen && isConnected) {
      void model.runs.follow();
    }
  }, [model, isOpen, isConnected, status?.run]);

  const label = ({ epoch, best }: IKeptEpoch): string =>
    epoch === null
      ? trans.__('End of the run')
      : epoch === 0
        ? trans.__('Beginning')
        : best
          ? trans.__('Epoch %1 (best)', epoch)
          : trans.__('Epoch %1', epoch);
  return (
    <details
      className="jp-kerasviz-KeptEpochs"
      open={isOpen}
      onToggle={event => setIsOpen(event.currentTarget.open)}
    >
      <summary>{trans.__('Kept epochs')}</summary>
      {runs && runs.length > 1 && (
        <select
          className="jp-mod-styled"
          aria-label={trans.__('Run')}
          value={id}
          onChange={event => setChosen(event.target.value)}
        >
          {runs.map(run => (
            <option key={run.id} value={run.id}>
              {run.name}
            </option>
          ))}
        </select>
      )}
      <p>{hint(isConnected, isActive, epochs.length, trans)}</p>
      <div className="jp-kerasviz-RunButtons">
        {epochs.map(kept => (
          <CommandButton
            key={kept.epoch ?? 'end'}
            command="go-back"
            title={formatBytes(kept.bytes)}
            disabled={!isConnected || isActive}
            onClick={() =>
              void attempt(async () => {
                const { epoch } = kept;
                return (await model.ask('go_back', { id: id!, epoch })).note;
              })
            }
          >
            {label(kept)}
          </CommandButton>
        ))}
      </div>
      <div role="status">
        {told?.note && (
          <>
            <p>{say(told.note)}</p>
            {told.canUndo && !isActive && (
              <CommandButton
                command="undo-go-back"
                disabled={!isConnected}
                onClick={() =>
                  void attempt(async () => {
                    await model.kernel.client?.request('undo_go_back', {});
                    return null;
                  })
                }
              >
                {trans.__('Undo')}
              </CommandButton>
            )}
          </>
        )}
        {told?.error && <ErrorNotice error={told.error} subject="document" />}
      </div>
    </details>
  );
}

function hint(
  isConnected: boolean,
  isActive: boolean,
  count: number,
  trans: ReturnType<typeof useTranslation>
): string {
  if (!isConnected) {
    return trans.__('Start a kernel to see which epochs are kept.');
  }
  if (isActive) {
    return trans.__('Stop the run to go back to an epoch.');
  }
  return count === 0
    ? trans.__('No epochs of this run are kept.')
    : trans.__('The model gets the weights that it had then.');
}

/** What is kept of a run, asked for again with each of its epochs. */
function useEpochs(
  id: string | undefined,
  epoch: number | undefined,
  isActive: boolean
): readonly IKeptEpoch[] {
  const model = useModel();
  const isConnected = useKernel(k => k.status.state === 'ready');
  const count = useRuns(r => r.list);
  const [epochs, setEpochs] = React.useState<readonly IKeptEpoch[]>([]);
  React.useEffect(() => {
    let isCurrent = true;
    const { client } = model.kernel;
    if (id !== undefined && isConnected && client) {
      client.request('kept_epochs', { id }).then(
        result => isCurrent && setEpochs(result.epochs),
        () => isCurrent && setEpochs([])
      );
    }
    return () => {
      isCurrent = false;
    };
  }, [model, id, epoch, isActive, isConnected, count]);
  return epochs;
}

/** What came of what was asked last. */
interface ITold {
  note?: Sentence | null;
  canUndo?: boolean;
  error?: IKerasError;
}

function useAttempts(): {
  told: ITold | null;
  attempt(action: () => Promise<Sentence | null>): Promise<void>;
} {
  const model = useModel();
  const run = useRun(r => r.history?.status.run);
  const [told, setTold] = React.useState<ITold | null>(null);
  React.useEffect(() => setTold(null), [run]);
  const attempt = async (action: () => Promise<Sentence | null>) => {
    try {
      const note = await action();
      setTold({ note, canUndo: note !== null });
      model.weights.refresh();
    } catch (error) {
      setTold({ error: asKerasError(error) });
    }
  };
  return { told, attempt };
}
