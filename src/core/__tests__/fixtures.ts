/** Models as Keras wrote them; `tests/fixtures/make_models.py` makes them. */
import { readFileSync } from 'fs';
import { join } from 'path';
import { CatalogIndex, KerasDocument, type ILayerEntry } from '..';
import catalog from '../catalog/catalog.json';
import type { ICatalog } from '../catalog/catalog';

const FOLDER = join(__dirname, '../../../tests/fixtures');

export const MODELS = [
  'mlp',
  'sequential',
  'sequential_unbuilt',
  'shared',
  'multi_input',
  'recurrent',
  'nested'
] as const;

export type ModelName = (typeof MODELS)[number];

export const CATALOG = new CatalogIndex(catalog as unknown as ICatalog);

/** The text of a model. */
export function source(name: ModelName): string {
  return readFileSync(join(FOLDER, `${name}.keras.json`), 'utf8');
}

/** A document that holds a text. */
export function open(text: string): KerasDocument {
  const document = KerasDocument.create();
  document.catalog = CATALOG;
  document.setSource(text);
  return document;
}

/** A new document without layers. */
export function blank(): KerasDocument {
  return open(KerasDocument.emptySource('model'));
}

/** The entry of a layer of Keras. */
export function entry(class_name: string): ILayerEntry {
  return CATALOG.layer(class_name)!;
}

/** The edges as `source.tensor>target.port.index`. */
export function edges(document: KerasDocument): string[] {
  return document.graph.edges.map(edge => edge.id);
}
