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
      const onChanged = (_: EditorModel, kind: EditorModelChange) => {
        if (key.split(' ').includes(kind)) {
          notify();
        }
      };
      model.changed.connect(onChanged);
      return () => {
        model.changed.disconnect(onChanged);
      };
    },
    [model, key]
  );
  return React.useSyncExternalStore(subscribe, () => selector(model));
}
