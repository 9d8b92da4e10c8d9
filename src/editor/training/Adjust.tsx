import * as React from 'react';
import { say, type IAdjustable, type IAdjustment } from '../../core';
import { LineField } from '../forms/LineField';
import { formatNumber } from '../format';
import { useTranslation } from '../host';
import { useCatalog, useDocument, useModel, useRun } from '../hooks';
import { CommandButton } from './RunButtons';
import { inPlan } from './inplan';

/** A number that was changed after so many batches. */
interface IChange extends IAdjustment {
  step: number;
}

/** The numbers of a run that can be changed while it trains; what was changed counts for this run alone. */
export function Adjust(): JSX.Element | null {
  const trans = useTranslation();
  const model = useModel();
  const status = useRun(r => r.history?.status ?? null);
  const [isOpen, setIsOpen] = React.useState(false);
  const [values, setValues] = React.useState<readonly IAdjustable[]>([]);
  const changes = (status?.marks ?? []).flatMap(({ step, adjustment }) =>
    adjustment ? [{ step, ...adjustment }] : []
  );
  const { run, epoch } = status ?? {};
  const isTraining = status?.state === 'training' || status?.state === 'paused';
  const asked = isOpen && isTraining;

  React.useEffect(() => {
    let isCurrent = true;
    if (asked) {
      void model.run.adjustable().then(found => {
        if (isCurrent) {
          setValues(found);
        }
      });
    }
    return () => {
      isCurrent = false;
    };
  }, [model, asked, run, epoch, changes.length]);

  if (!isTraining && changes.length === 0) {
    return null;
  }
  return (
    <details
      className="jp-kerasviz-Adjust"
      open={isOpen}
      onToggle={event => setIsOpen(event.currentTarget.open)}
    >
      <summary>{trans.__('Adjust')}</summary>
      {isTraining &&
        values.map(value => <AdjustedValue key={value.what} value={value} />)}
      {changes.length > 0 && <Changes changes={changes} />}
    </details>
  );
}

/** One number, which is changed from the next batch on. */
function AdjustedValue({ value }: { value: IAdjustable }): JSX.Element {
  const trans = useTranslation();
  const model = useModel();
  const { what, fixed } = value;
  if (fixed !== null) {
    return (
      <div className="jp-kerasviz-Adjust-fixed" data-value={what}>
        <span className="jp-kerasviz-Field-label">
          {`${what}: ${formatNumber(value.value)}`}
        </span>
        <p>{say(fixed)}</p>
      </div>
    );
  }
  return (
    <div data-value={what}>
      <LineField
        label={what}
        value={formatNumber(value.value)}
        onCommit={text => {
          const number = Number(text);
          if (text.trim() === '' || !Number.isFinite(number)) {
            throw new Error(trans.__('Expected a number, received: %1', text));
          }
          void model.run.change(what, number);
        }}
      />
    </div>
  );
}

/** What was changed in this run, and what can be done about it. */
function Changes({ changes }: { changes: IChange[] }): JSX.Element {
  const trans = useTranslation();
  const model = useModel();
  const document = useDocument(d => d.model);
  const catalog = useCatalog(c => c);
  const isActive = useRun(r => r.history?.isActive ?? false);
  const last = changes[changes.length - 1];
  const first = changes.find(change => change.what === last.what) ?? last;
  const write =
    document && inPlan(model.document, catalog, last.what, last.after);
  return (
    <div className="jp-kerasviz-Adjust-changes">
      <ol>
        {changes.map((change, index) => (
          <li key={index}>{changeText(change, trans)}</li>
        ))}
      </ol>
      <div className="jp-kerasviz-RunButtons">
        {isActive && (
          <CommandButton
            command="change-back"
            disabled={first.before === last.after}
            onClick={() => void model.run.change(last.what, last.before)}
          >
            {trans.__(
              'Set %1 back to %2',
              last.what,
              formatNumber(last.before)
            )}
          </CommandButton>
        )}
        {write && (
          <CommandButton
            command="into-plan"
            title={trans.__('Later runs begin with it. Undo takes it back.')}
            onClick={write}
          >
            {trans.__('Keep %1 for later runs', formatNumber(last.after))}
          </CommandButton>
        )}
      </div>
    </div>
  );
}

function changeText(
  { step, what, before, after }: IChange,
  trans: ReturnType<typeof useTranslation>
): string {
  return trans.__(
    '%1: %2 → %3 after batch %4',
    what,
    formatNumber(before),
    formatNumber(after),
    step
  );
}
