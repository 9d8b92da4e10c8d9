import * as React from 'react';
import {
  useInside,
  useKeptFocus,
  useModel,
  useRateTest,
  useSelection,
  useSteadyPress
} from './hooks';
import { handleUndoKeys } from './drawing/undokeys';
import { type ITabProps, TABS } from './panels';
import { tabId, TabList, tabPanelId } from './Tabs';

/** What can be set, in tabs: of the selected layer, of the model, and of its training; and what it is as code. */
export function Inspector(props: ITabProps): JSX.Element {
  const { document } = useModel();
  const id = React.useId();
  const root = React.useRef<HTMLDivElement>(null);
  const [tab, setTab] = React.useState(TABS[0]);
  const selection = useSelection(ids => ids);
  useSteadyPress(root);
  useKeptFocus(
    root,
    () => root.current?.querySelector('[role="tab"][tabindex="0"]') ?? null
  );

  React.useEffect(() => {
    // A node chosen on the canvas brings its form; one chosen in here, in the table of layers, does not.
    if (
      selection.size > 0 &&
      !root.current?.contains(window.document.activeElement)
    ) {
      setTab(TABS[0]);
    }
  }, [selection]);

  const timesLarge = useInside(i => i.timesLarge);
  React.useEffect(() => {
    if (timesLarge > 0) {
      setTab(TABS[0]);
    }
  }, [timesLarge]);

  const isTesting = useRateTest(t => t.isActive);
  React.useEffect(() => {
    // A test that a command began, out of the palette, shows itself.
    if (isTesting) {
      setTab(TABS.find(({ id }) => id === 'train')!);
    }
  }, [isTesting]);

  return (
    <div
      className="jp-kerasviz-Inspector"
      ref={root}
      tabIndex={-1}
      onKeyDown={event => {
        const isShortcut = event.ctrlKey || event.metaKey;
        if (handleUndoKeys(event, document) || !isShortcut) {
          // Delete, say, is about the text here; but saving with Ctrl+S is the host's.
          event.stopPropagation();
        }
      }}
    >
      <TabList
        id={id}
        className="jp-kerasviz-Inspector-tabs"
        tabs={TABS}
        current={tab}
        onSelect={next => setTab(next)}
      />
      <div
        className="jp-kerasviz-Inspector-panel"
        role="tabpanel"
        id={tabPanelId(id, tab)}
        aria-labelledby={tabId(id, tab)}
      >
        <tab.Content {...props} />
      </div>
    </div>
  );
}
