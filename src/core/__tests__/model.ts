/** The editor's model, and waiting for what it does. */
import { EditorModel, type IStore } from '..';
import { CATALOG, open, source } from './fixtures';

export function editor(
  name: Parameters<typeof source>[0] = 'shared'
): EditorModel {
  return new EditorModel({
    document: open(source(name)),
    catalog: CATALOG,
    path: 'folder/model.keras.json'
  });
}

/** Resolves when the condition holds; it is looked at after each change. */
export function until(
  model: EditorModel,
  condition: () => boolean
): Promise<void> {
  return new Promise(resolve => {
    const { document, catalog, analysis, kernel, run } = model;
    const { weights, inside, statistics } = model;
    const parts: IStore[] = [
      document,
      catalog,
      analysis,
      kernel,
      run,
      weights,
      inside,
      model.why,
      statistics,
      model.results
    ];
    const look = (): void => {
      if (condition()) {
        parts.forEach(part => part.changed.disconnect(look));
        resolve();
      }
    };
    parts.forEach(part => part.changed.connect(look));
    look();
  });
}

export const settled = (model: EditorModel): Promise<void> =>
  until(model, () => !model.analysis.value.pending);
