/** React's view of the `EditorModel`. */
import * as React from 'react';
import type { EditorModel, EditorModelChange } from '../../core';

/** Gives the model of one document to every view of it. */
export const ModelContext = React.createContext<EditorModel | null>(null);

/**
 * The model that this component shows.
 *
 * @throws Error when there is no `ModelContext.Provider` above.
 */
export function useModel(): EditorModel {
  const model = React.useContext(ModelContext);
  if (!model) {
    throw new Error('Expected a ModelContext.Provider above this component.');
  }
  return model;
}

/**
 * A value of the model, kept up to date.
 *
 * @param kinds - The changes after which the value may be another one.
 * @param selector - Reads the value. While nothing changed it must return the same value (`===`), so it
 *   reads and does not build; build with `useMemo` from what it returns.
 */
export function useModelState<T>(
  kinds: readonly EditorModelChange[],
  selector: (model: EditorModel) => T
): T {
  const model = useModel();
  const key = kinds.join(' ');
  const subscribe = React.useCallback(
    (notify: () => void) => {
      const views = key.split(' ').map(kind => viewsOf(model, kind));
      views.forEach(set => set.add(notify));
      return () => views.forEach(set => set.delete(notify));
    },
    [model, key]
  );
  return React.useSyncExternalStore(subscribe, () => selector(model));
}

type Views = Map<string, Set<() => void>>;

/** Whom to tell of each kind of change. These are thousands, as each layer on the canvas has some. */
const viewsOfModels = new WeakMap<EditorModel, Views>();

function viewsOf(model: EditorModel, kind: string): Set<() => void> {
  const views = viewsOfModels.get(model) ?? connected(model);
  const told = views.get(kind) ?? new Set();
  views.set(kind, told);
  return told;
}

/** One connection for all: a signal goes through all of its connections whenever one comes or goes. */
function connected(model: EditorModel): Views {
  const views: Views = new Map();
  viewsOfModels.set(model, views);
  model.changed.connect((_, kind) =>
    views.get(kind)?.forEach(notify => notify())
  );
  return views;
}
