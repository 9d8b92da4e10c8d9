import * as React from 'react';
import { CodeTab } from './code';
import { useTranslation } from './host';
import { useModel, useSelection } from './hooks';
import { TrainForm } from './training';
import { handleUndoKeys } from './drawing/undokeys';
import { LayerTab } from './layer/LayerTab';
import { ModelTab } from './model/ModelTab';

type Tab = 'layer' | 'model' | 'train' | 'code';

export interface IInspectorProps {
  /** Puts code into a new cell of a notebook; only where the host can. */
  onInsertCode?(code: string): Promise<void>;
}

/** What can be set: of the selected layer, of the model, and of its training; and what it is as code. */
export function Inspector({ onInsertCode }: IInspectorProps): JSX.Element {
  const trans = useTranslation();
  const { document } = useModel();
  const id = React.useId();
  const root = React.useRef<HTMLDivElement>(null);
  const [tab, setTab] = React.useState<Tab>('layer');
  const selection = useSelection(ids => ids);

  React.useEffect(() => {
    // A node chosen on the canvas brings its form; one chosen in here, in the table of layers, does not.
    if (
      selection.size > 0 &&
      !root.current?.contains(window.document.activeElement)
    ) {
      setTab('layer');
    }
  }, [selection]);

  const tabs: [Tab, string, () => React.ReactNode][] = [
    ['layer', trans.__('Layer'), () => <LayerTab />],
    ['model', trans.__('Model'), () => <ModelTab />],
    ['train', trans.__('Train'), () => <TrainForm />],
    ['code', trans.__('Code'), () => <CodeTab onInsert={onInsertCode} />]
  ];
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step !== undefined) {
      const at = tabs.findIndex(([name]) => name === tab);
      const [next] = tabs[(at + step + tabs.length) % tabs.length];
      setTab(next);
      root.current?.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
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
        {tabs.map(([name, label]) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            data-tab={name}
            aria-selected={name === tab}
            aria-controls={`${id}-panel`}
            tabIndex={name === tab ? 0 : -1}
            onClick={() => setTab(name)}
          >
            {label}
          </button>
        ))}
      </div>
      <div
        className="jp-kerasviz-Inspector-panel"
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${tab}`}
      >
        {tabs.find(([name]) => name === tab)?.[2]()}
      </div>
    </div>
  );
}
