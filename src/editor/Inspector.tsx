import * as React from 'react';
import { useTranslation } from './host';
import { useKeptFocus, useModel, useSelection } from './hooks';
import { handleUndoKeys } from './drawing/undokeys';
import { type ITabProps, TABS } from './panels';

/** What can be set, in tabs: of the selected layer, of the model, and of its training; and what it is as code. */
export function Inspector(props: ITabProps): JSX.Element {
  const trans = useTranslation();
  const { document } = useModel();
  const id = React.useId();
  const root = React.useRef<HTMLDivElement>(null);
  const [tab, setTab] = React.useState(TABS[0]);
  const selection = useSelection(ids => ids);
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

  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step !== undefined) {
      const next = TABS.at((TABS.indexOf(tab) + step) % TABS.length)!;
      setTab(next);
      root.current
        ?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)
        ?.focus();
    }
  };
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
      <div
        className="jp-kerasviz-Inspector-tabs"
        role="tablist"
        onKeyDown={onKeyDown}
      >
        {TABS.map(other => (
          <button
            key={other.id}
            type="button"
            role="tab"
            id={`${id}-${other.id}`}
            data-tab={other.id}
            aria-selected={other === tab}
            aria-controls={`${id}-panel`}
            tabIndex={other === tab ? 0 : -1}
            onClick={() => setTab(other)}
          >
            {other.label(trans)}
          </button>
        ))}
      </div>
      <div
        className="jp-kerasviz-Inspector-panel"
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${tab.id}`}
      >
        <tab.Content {...props} />
      </div>
    </div>
  );
}
