/**
 * Tells what changes inside a shared map, at a cost that does not grow with the square of the layers.
 *
 * For every map that changed Yjs makes an event, and for each shared type above it sorts them by their paths. A path
 * counts the layers before one's own, so an edit after which hundreds of layers have no built shape took 50 ms. Nobody
 * needs these events, so most of many maps get none.
 */
import * as Y from 'yjs';

/** Sorting so many events takes no time. */
const FEW = 8;

/** Hears of the shared types that changed, with all that they are in, after each transaction that changed any. */
export type RootListener = (
  changed: Iterable<object>,
  transaction: Y.Transaction
) => void;

/** Follows a map at the root of a document; returns how to stop. */
export function observeRoot(
  root: Y.Map<unknown>,
  listener: RootListener
): () => void {
  const ydoc = root.doc!;
  let silent: ReadonlySet<object> = new Set();
  const before = (transaction: Y.Transaction): void => {
    silent = silence(transaction);
  };
  const after = (transaction: Y.Transaction): void => {
    const changed: ReadonlyMap<object, unknown> =
      transaction.changedParentTypes;
    if (changed.has(root)) {
      listener([...changed.keys(), ...silent], transaction);
    }
  };
  ydoc.on('beforeObserverCalls', before);
  ydoc.on('afterTransaction', after);
  return () => {
    ydoc.off('beforeObserverCalls', before);
    ydoc.off('afterTransaction', after);
  };
}

/** Leaves all but a few of the maps that changed without an event; tells these maps, and what they are in. */
function silence({ changed }: Y.Transaction): ReadonlySet<object> {
  const silent = new Set<object>();
  const maps = [...changed.keys()].filter(
    type => type instanceof Y.Map && type.parent !== null
  );
  for (const map of maps.slice(FEW)) {
    changed.delete(map);
    let type: typeof map.parent = map;
    while (type && !silent.has(type)) {
      silent.add(type);
      type = type.parent;
    }
  }
  return silent;
}
