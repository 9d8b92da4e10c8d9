import type { CatalogIndex, ILayerEntry } from '../../core';

/** The type of what is dragged from the palette. */
export const LAYER_MIME_TYPE = 'application/x-kerasviz-layer';

/** What is dragged: the class name, as Keras has it, and the name that it is registered by, where it is. */
export function writeEntry(entry: ILayerEntry): string {
  const { class_name, registered_name } = entry;
  return registered_name ? `${class_name} ${registered_name}` : class_name;
}

/** What was dragged, where the catalogue has it. */
export function readEntry(
  catalog: CatalogIndex,
  data: string
): ILayerEntry | undefined {
  const [name, ...registered] = data.split(' ');
  return catalog.layer(name, registered.join(' '));
}
