/**
 * What of a document is shared part by part, so that edits of several people merge: objects down to the fields of a
 * layer's `config`, and the arrays of layers and calls. Everything else is one value.
 *
 * `kerasviz/config/depths.py` is the same in Python.
 */

/** Objects this deep are shared, so the fields of a layer's `config` are the smallest things that merge. */
const DEPTH = 4;
/** How deep the layers of the document are; those of a model inside it count the same. */
const LAYERS_DEPTH = 2;
/** The arrays whose items merge. Other arrays, such as shapes and positions, are one value. */
const ARRAYS: ReadonlySet<string> = new Set(['layers', 'inbound_nodes']);

/** An edit drops the shapes that many layers were built for, each as one value. */
const WHOLE = 'build_config';

/** Stands for the key of an item of an array. */
export const ITEM = '';

/** The key under which a shared object has the order of its keys. An object of the file that has it is one value. */
export const ORDER = '#';

/** Items of shared arrays are objects at any depth: Yjs joins plain items, and may then undo more than one of them. */
export function maySplitObject(key: string, depth: number): boolean {
  return (depth <= DEPTH && key !== WHOLE) || key === ITEM;
}

/** Whether an array is shared where all its items are objects. */
export function maySplitArray(key: string, depth: number): boolean {
  // A `config` that holds layers is a model's.
  return depth <= (key === 'layers' ? DEPTH + 1 : DEPTH) && ARRAYS.has(key);
}

/** The depth of an array, for its items. */
export function inside(key: string, depth: number): number {
  return key === 'layers' ? LAYERS_DEPTH : depth;
}
