import * as React from 'react';
import { useDocument, useModel, useMoment, useRun, useRuns } from '../hooks';
import { EpochSliderHere } from '../insight';
import { Adjust } from './Adjust';
import { BackupOffer } from './BackupOffer';
import { FreshWeights } from './FreshWeights';
import { Missing } from './Missing';
import { NameQuestion } from './NameQuestion';
import { RunButtons } from './RunButtons';
import { RunError } from './RunError';
import { RunView } from './RunView';
import { useElsewhere } from './useElsewhere';
import { useFound } from './useFound';
import { useUnknown } from './useUnknown';

/** The run that is under way, or was the last: its curves, those of runs to compare it with, and what can be done. */
export function CurvesTab(): JSX.Element {
  const status = useRun(r => r.history?.status ?? null);
  const failure = useRun(r => r.error);
  const runs = useRuns(r => r.drawn);
  const hasRuns = useRuns(r => (r.list?.runs.length ?? 0) > 0);
  const unknown = useUnknown();
  const found = useFound();
  const elsewhere = useElsewhere(status);
  const model = useModel();
  const chosen = useMoment(m => m.value.at);
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
      <Adjust />
      {(status || hasRuns) && <EpochSliderHere />}
      {error && <RunError error={error} isOfDrawing={isOfDrawing} />}
    </>
  );
  return status || runs.length > 0 ? (
    <RunView
      status={status}
      runs={runs}
      found={found}
      unknown={unknown}
      elsewhere={elsewhere}
      chosen={chosen}
      onChoose={(run, epoch) => void model.moment.showNear(run, epoch)}
    >
      {messages}
    </RunView>
  ) : (
    messages
  );
}
