import * as React from 'react';
import type { ILayerEntry } from '../../core';
import { addLayer } from '../drawing/addLayer';
import { useTranslation } from '../host';
import { useCatalog, useModel } from '../hooks';
import { PaletteEntry } from './PaletteEntry';
import { PaletteGroup } from './PaletteGroup';

/** All layers of Keras: searched on top, in Keras' groups below. */
export function Palette(): JSX.Element {
  const trans = useTranslation();
  const model = useModel();
  const catalog = useCatalog(c => c);
  const [text, setText] = React.useState('');
  const query = React.useDeferredValue(text.trim());
  const list = React.useRef<HTMLDivElement>(null);
  const groups = React.useMemo(() => catalog.groups(), [catalog]);
  const found = React.useMemo(() => catalog.search(query), [catalog, query]);
  const onAdd = React.useCallback(
    (entry: ILayerEntry) => addLayer(model, entry),
    [model]
  );

  const onSearchKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Escape') {
      setText('');
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      const first = catalog.search(text.trim()).find(item => !item.disabled);
      if (text.trim() && first) {
        onAdd(first);
      }
    }
  };

  return (
    <div
      className="jp-kerasviz-Palette"
      onKeyDown={event => moveFocus(event, list.current)}
    >
      <input
        className="jp-kerasviz-Palette-search jp-mod-styled"
        type="search"
        placeholder={trans.__('Search layers')}
        aria-label={trans.__('Search layers')}
        value={text}
        onChange={event => setText(event.target.value)}
        onKeyDown={onSearchKeyDown}
      />
      <div className="jp-kerasviz-Palette-list" ref={list}>
        {query === ''
          ? groups.map(({ group, entries }) => (
              <PaletteGroup key={group} group={group} count={entries.length}>
                {entries.map(entryItem)}
              </PaletteGroup>
            ))
          : found.map(entryItem)}
        {query !== '' && found.length === 0 && (
          <p className="jp-kerasviz-Palette-nothing" role="status">
            {trans.__('No layer matches "%1".', query)}
          </p>
        )}
      </div>
    </div>
  );

  function entryItem(entry: ILayerEntry): JSX.Element {
    return (
      <PaletteEntry
        key={`${entry.module}.${entry.class_name}`}
        entry={entry}
        family={catalog.family(entry)}
        onAdd={onAdd}
      />
    );
  }
}

/** Arrow keys go through the entries; from the search field down into them, and back up. */
function moveFocus(event: React.KeyboardEvent, list: HTMLElement | null): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!list || step === undefined) {
    return;
  }
  const items = [
    ...(list.parentElement?.querySelectorAll<HTMLElement>(
      'input, summary, details[open] .jp-kerasviz-Palette-entry, .jp-kerasviz-Palette-list > .jp-kerasviz-Palette-entry'
    ) ?? [])
  ];
  const next = items[items.indexOf(event.target as HTMLElement) + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
}
