import * as React from 'react';
import { classLabel, say, type Family, type ILayerEntry } from '../../core';
import { LAYER_MIME_TYPE, writeEntry } from '../drawing/dragdrop';

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
  const about = entry.disabled === null ? entry.summary : say(entry.disabled);
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
      data-layer-class={classLabel(entry)}
      data-family={family}
      title={about}
      onDragStart={event => {
        event.dataTransfer.setData(LAYER_MIME_TYPE, writeEntry(entry));
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
        {entry.schema.title ?? classLabel(entry)}
      </div>
      <div className="jp-kerasviz-Palette-summary">{about}</div>
    </div>
  );
});
