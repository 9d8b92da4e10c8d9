import * as React from 'react';
import { useTranslation } from '../host';
import {
  useKeptFocus,
  useModel,
  usePanel,
  useRun,
  useSteadyPress
} from '../hooks';
import { type ITab, tabId, TabList, tabPanelId } from '../Tabs';
import { stateLabel } from './state';
import { useUnknown } from './useUnknown';

export interface ITrainPanelProps {
  /** What it shows; the first tab is about the run that is under way. */
  tabs: readonly ITab[];
}

/** Training, below the canvas: folded until there is a run to see. */
export function TrainPanel({ tabs }: ITrainPanelProps): JSX.Element {
  const trans = useTranslation();
  const model = useModel();
  const status = useRun(r => r.history?.status ?? null);
  const backup = useRun(r => r.backup);
  const failure = useRun(r => r.error);
  const question = useRun(r => r.question);
  const unknown = useUnknown();
  const { panel: store } = model;
  const { tab: front, isUnfolded: unfolded } = usePanel();
  const tab = tabs.find(one => one.id === front) ?? tabs[0];
  // What was seen once stays as it is while another tab is shown.
  const [opened, setOpened] = React.useState<ReadonlySet<string>>(
    () => new Set([tabs[0].id])
  );
  const id = React.useId();
  const panel = React.useRef<HTMLElement>(null);
  useSteadyPress(panel);
  useKeptFocus(
    panel,
    () => panel.current?.querySelector('button[data-command]:enabled') ?? null
  );

  const run = status?.run;
  React.useEffect(() => {
    if (run !== undefined || failure || backup || question) {
      store.set({ ...store.value, isUnfolded: true });
    }
  }, [store, run, failure, backup, question]);
  React.useEffect(() => {
    if (failure || question || (run !== undefined && model.run.isOfDrawing)) {
      store.set({ ...store.value, tab: null });
    }
  }, [model, store, run, failure, question]);
  React.useEffect(() => {
    if (unfolded) {
      setOpened(before => new Set([...before, tab.id]));
    }
  }, [unfolded, tab]);

  return (
    <section
      className="jp-kerasviz-TrainPanel"
      ref={panel}
      tabIndex={-1}
      aria-label={trans.__('Training')}
      data-state={status?.state ?? 'none'}
    >
      <div className="jp-kerasviz-TrainPanel-head">
        <button
          type="button"
          className="jp-kerasviz-TrainPanel-fold"
          aria-expanded={unfolded}
          aria-controls={id}
          onClick={() => store.set({ tab: front, isUnfolded: !unfolded })}
        >
          {trans.__('Training')}
          {status && (
            <span className="jp-kerasviz-TrainPanel-summary">
              {unknown ?? stateLabel(status.state, trans, status.ahead)} ·{' '}
              {trans.__('epoch %1 of %2', status.epoch, status.epochs)}
            </span>
          )}
        </button>
        <TabList
          id={id}
          className="jp-kerasviz-TrainPanel-tabs"
          tabs={tabs}
          current={tab}
          onSelect={chosen => store.show(chosen.id)}
        />
      </div>
      <div id={id} className="jp-kerasviz-TrainPanel-body" hidden={!unfolded}>
        {tabs
          .filter(other => opened.has(other.id))
          .map(({ Content, ...other }) => (
            <div
              key={other.id}
              role="tabpanel"
              id={tabPanelId(id, other)}
              aria-labelledby={tabId(id, other)}
              hidden={other.id !== tab.id}
            >
              <Content />
            </div>
          ))}
      </div>
    </section>
  );
}
