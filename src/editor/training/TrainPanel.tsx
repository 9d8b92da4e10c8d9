import * as React from 'react';
import { useTranslation } from '../host';
import { useDocument, useKernel, useKeptFocus, useRun } from '../hooks';
import { BackupOffer } from './BackupOffer';
import { FreshWeights } from './FreshWeights';
import { Missing } from './Missing';
import { NameQuestion } from './NameQuestion';
import { RunButtons } from './RunButtons';
import { RunError } from './RunError';
import { RunView } from './RunView';
import { stateLabel } from './state';

/** Training, below the canvas: folded until there is a run to see. */
export function TrainPanel(): JSX.Element {
  const trans = useTranslation();
  const status = useRun(r => r.history?.status ?? null);
  const curves = useRun(r => r.history?.curves ?? null);
  const backup = useRun(r => r.backup);
  const failure = useRun(r => r.error);
  const question = useRun(r => r.question);
  const [unfolded, setUnfolded] = React.useState(false);
  const body = React.useId();
  const panel = React.useRef<HTMLElement>(null);
  useKeptFocus(
    panel,
    () => panel.current?.querySelector('button[data-command]:enabled') ?? null
  );

  const isActive = useRun(r => r.history?.isActive ?? false);
  const isConnected = useKernel(k => k.status.state === 'ready');
  // It may have ended meanwhile.
  const unknown =
    isActive && !isConnected
      ? trans.__('Unknown: no connection to the kernel')
      : null;

  const run = status?.run;
  React.useEffect(() => {
    if (run !== undefined || failure || backup || question) {
      setUnfolded(true);
    }
  }, [run, failure, backup, question]);

  const error = failure ?? status?.error ?? null;
  useDocument(d => (error ? d.model : null)); // an edit changes what the error is about
  const isOfDrawing = useRun(r => error === null || r.isOfDrawing);
  const messages = (
    <>
      <RunButtons steps />
      <NameQuestion />
      <BackupOffer />
      <Missing />
      <FreshWeights />
      {error && <RunError error={error} isOfDrawing={isOfDrawing} />}
    </>
  );
  return (
    <section
      className="jp-kerasviz-TrainPanel"
      ref={panel}
      tabIndex={-1}
      aria-label={trans.__('Training')}
      data-state={status?.state ?? 'none'}
    >
      <button
        type="button"
        className="jp-kerasviz-TrainPanel-fold"
        aria-expanded={unfolded}
        aria-controls={body}
        onClick={() => setUnfolded(!unfolded)}
      >
        {trans.__('Training')}
        {status && (
          <span className="jp-kerasviz-TrainPanel-summary">
            {unknown ?? stateLabel(status.state, trans)} ·{' '}
            {trans.__('epoch %1 of %2', status.epoch, status.epochs)}
          </span>
        )}
      </button>
      <div id={body} className="jp-kerasviz-TrainPanel-body" hidden={!unfolded}>
        {status && curves ? (
          <RunView status={status} curves={curves} unknown={unknown}>
            {messages}
          </RunView>
        ) : (
          messages
        )}
      </div>
    </section>
  );
}
