import * as React from 'react';
import type { Family, ILayerEntry } from '../../core';
import { LAYER_MIME_TYPE } from '../dragdrop';

export interface IPaletteEntryProps {
  entry: ILayerEntry;
  family: Family;
  onAdd(entry: ILayerEntry): void;
}

/** A layer that can be dragged onto the canvas, or added with Enter or a double click. */
export const PaletteEntry = React.memo(function PaletteEntry({
  entry,
  family,
  onAdd
}: IPaletteEntryProps) {
  const enabled = entry.disabled === null;
  const add = () => {
    if (enabled) {
      onAdd(entry);
    }
  };
  return (
    <div
      className="jp-kerasviz-Palette-entry"
      role="button"
      tabIndex={0}
      draggable={enabled}
      aria-disabled={!enabled}
      data-layer-class={entry.class_name}
      data-family={family}
      title={entry.disabled ?? entry.summary}
      onDragStart={event => {
        event.dataTransfer.setData(LAYER_MIME_TYPE, entry.class_name);
        event.dataTransfer.effectAllowed = 'copy';
      }}
      onDoubleClick={add}
      onKeyDown={event => {
        if (event.key === 'Enter') {
          event.preventDefault();
          add();
        }
      }}
    >
      <div className="jp-kerasviz-Palette-class">
        {entry.schema.title ?? entry.class_name}
      </div>
      <div className="jp-kerasviz-Palette-summary">
        {entry.disabled ?? entry.summary}
      </div>
    </div>
  );
});
