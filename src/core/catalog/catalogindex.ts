/** Look-ups in the catalogue of layers. */
import type { ICatalog, IClassEntry, ILayerEntry } from './catalog';
import { toSnakeCase } from '../graph/layerjson';
import type { INode } from '../graph/graph';
import { CatalogSearch } from './search';

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
  | 'operation'
  | 'custom'
  | 'other';

/** What names a class in a document and in the catalogue. */
type IClassName = Pick<INode, 'module' | 'class_name'>;

/** Layers of one of Keras' groups. */
export interface ILayerGroup {
  group: string;
  entries: ILayerEntry[];
}

/** A word in the name of a group, and the family it tells. */
const FAMILIES: [string, Family][] = [
  ['custom', 'custom'],
  ['operation', 'operation'],
  ['preprocessing', 'preprocessing'],
  ['convolution', 'convolution'],
  ['pooling', 'pooling'],
  ['recurrent', 'recurrent'],
  ['attention', 'attention'],
  ['normalization', 'normalization'],
  ['regularization', 'regularization'],
  ['reshaping', 'reshaping'],
  ['merging', 'merging'],
  ['activation', 'activation'],
  ['core', 'core']
];

/** Kinds of arguments that say nothing of shapes. An activation may: `glu` halves the last dimension. */
const SHAPELESS: ReadonlySet<string> = new Set([
  'initializer',
  'regularizer',
  'constraint',
  'dtype'
]);

/** Looks things up in a catalogue. */
export class CatalogIndex {
  constructor(readonly catalog: ICatalog) {
    this.entries = [...catalog.layers, ...catalog.operations];
    for (const entry of this.entries) {
      const { class_name, registered_name } = entry;
      if (registered_name) {
        this._registered.set(registered_name, entry);
      }
      if (!registered_name || !this._named.has(class_name)) {
        this._named.set(class_name, entry);
      }
    }
  }

  /** Everything that can be drawn: layers, then operations. */
  readonly entries: readonly ILayerEntry[];

  /** The entry of the class of a layer or operation, as a document names it. */
  layer(
    class_name: string,
    registered_name?: string | null
  ): ILayerEntry | undefined {
    return registered_name
      ? this._registered.get(registered_name)
      : this._named.get(class_name);
  }

  /**
   * Whether an argument of a layer can't change the shape of what it gives, as its schema says: what weights begin
   * with and how they are held in check, dtypes, and numbers of Keras' own layers that are no whole numbers.
   */
  keepsShape(
    class_name: string,
    registered_name: string | null,
    argument: string
  ): boolean {
    const entry = this.layer(class_name, registered_name);
    const schema = entry?.schema.properties[argument];
    return (
      argument === 'trainable' ||
      SHAPELESS.has(schema?.['x-keras'] ?? '') ||
      (schema?.type === 'number' && entry?.registered_name === null)
    );
  }

  /** All entries, in Keras' groups and order. */
  groups(): ILayerGroup[] {
    const groups = new Map<string, ILayerEntry[]>();
    for (const entry of this.entries) {
      groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
    }
    return [...groups].map(([group, entries]) => ({ group, entries }));
  }

  /**
   * The entries that fit what a person looks for: by name, other names, documentation, with typing errors; all of them
   * where nothing is looked for.
   */
  search(text: string): readonly ILayerEntry[] {
    if (!text.trim()) {
      return this.entries;
    }
    this._search ??= new CatalogSearch(this.entries, classLabel);
    return this._search.find(text);
  }

  /** The family of a layer or of its class name. */
  family(layer: IClassEntry | string): Family {
    const entry = typeof layer === 'string' ? this.layer(layer) : layer;
    if (entry?.class_name === 'InputLayer') {
      return 'input';
    }
    const known =
      entry && this.layer(entry.class_name, entry.registered_name)?.group;
    const group = known?.toLowerCase() ?? '';
    return FAMILIES.find(([word]) => group.includes(word))?.[1] ?? 'other';
  }

  private _search: CatalogSearch | null = null;
  private readonly _named = new Map<string, ILayerEntry>();
  private readonly _registered = new Map<string, ILayerEntry>();
}

/** Whether a class is an operation of `keras.ops`, and no layer. */
export function isOperation({ module }: IClassName): boolean {
  return module?.startsWith('keras.src.ops.') ?? false;
}

/** Whether Keras has a class, and not the user. */
export function isOfKeras({ module }: IClassName): boolean {
  return module === 'keras' || (module?.startsWith('keras.') ?? false);
}

/** How people write the class of a layer or operation: `Dense`, and `ops.add` where Keras' class is `Add`. */
export function classLabel(item: IClassName): string {
  const { class_name } = item;
  return isOperation(item) ? `ops.${toSnakeCase(class_name)}` : class_name;
}
