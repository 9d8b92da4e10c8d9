import type { ICatalog, IClassEntry, ILayerEntry } from './catalog';

/** What a layer is for; it decides the colour of a node. */
export type Family =
  | 'input'
  | 'core'
  | 'convolution'
  | 'pooling'
  | 'recurrent'
  | 'attention'
  | 'normalization'
  | 'regularization'
  | 'reshaping'
  | 'merging'
  | 'activation'
  | 'preprocessing'
  | 'custom'
  | 'other';

/** Layers of one of Keras' groups. */
export interface ILayerGroup {
  group: string;
  entries: ILayerEntry[];
}

/** Looks things up in a catalogue. */
export class CatalogIndex {
  constructor(readonly catalog: ICatalog) {}
  /** The entry of a layer class. */
  layer(
    class_name: string,
    registered_name?: string | null
  ): ILayerEntry | undefined {
    throw new Error(`${class_name}${registered_name}`);
  }
  /** All layers, in Keras' groups and order. */
  groups(): ILayerGroup[] {
    throw new Error();
  }
  /** Layers that a person may mean, best first. */
  search(text: string): ILayerEntry[] {
    throw new Error(text);
  }
  /** The family of a layer or of its class name. */
  family(layer: IClassEntry | string): Family {
    throw new Error(String(layer));
  }
}
