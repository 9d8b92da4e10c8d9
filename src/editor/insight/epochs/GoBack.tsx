import * as React from 'react';
import {
  asKerasError,
  say,
  type IKeptEpoch,
  type IKerasError,
  type Sentence
} from '../../../core';
import { ErrorNotice } from '../../errors/ErrorNotice';
import { formatBytes } from '../../format';
import { useTranslation } from '../../host';
import { useKernel, useModel, useRun } from '../../hooks';

export interface IGoBackProps {
  /** Id of the run. */
  run: string;
  /** The epoch that is shown; undefined for the model as it is now. */
  kept: IKeptEpoch | undefined;
}

/** Gives the model the weights of the epoch that is shown, and takes that back. */
export function GoBack({ run, kept }: IGoBackProps): JSX.Element | null {
  const trans = useTranslation();
  const model = useModel();
  const isActive = useRun(r => r.history?.isActive ?? false);
  const isConnected = useKernel(k => k.status.state === 'ready');
  const { told, attempt } = useAttempts();
  const goBack = async () => {
    const payload = { id: run, epoch: kept?.epoch ?? null };
    const { note } = await model.ask('go_back', payload);
    model.moment.showNow();
    return note;
  };
  const takeBack = async () => {
    await model.kernel.client?.request('undo_go_back', {});
    return null;
  };
  return (
    <>
      {kept && (
        <button
          type="button"
          className="jp-mod-styled"
          data-command="go-back"
          disabled={!isConnected || isActive}
          title={
            isActive
              ? trans.__('Stop the run first to go back to an epoch.')
              : trans.__(
                  'Restore the weights of that time (%1); training continues from them',
                  formatBytes(kept.bytes)
                )
          }
          onClick={() => void attempt(goBack)}
        >
          {trans.__('Go Back to This Epoch')}
        </button>
      )}
      {told?.note && (
        <span className="jp-kerasviz-EpochSlider-told" role="status">
          {say(told.note)}{' '}
          {!isActive && (
            <button
              type="button"
              className="jp-mod-styled"
              data-command="undo-go-back"
              disabled={!isConnected}
              onClick={() => void attempt(takeBack)}
            >
              {trans.__('Undo')}
            </button>
          )}
        </span>
      )}
      {told?.error && <ErrorNotice error={told.error} subject="document" />}
    </>
  );
}

/** What came of what was asked last. */
interface ITold {
  note?: Sentence | null;
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
      setTold({ note: await action() });
      model.weights.refresh();
      model.inside.refresh();
    } catch (error) {
      setTold({ error: asKerasError(error) });
    }
  };
  return { told, attempt };
}
