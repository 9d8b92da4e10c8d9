import * as Y from 'yjs';
import { KerasDocument, type IModelJSON } from '../..';
import { open } from '../../__tests__/fixtures';

const COUNT = 40;

/** A chain of built layers: an edit of the first makes all built shapes untrue. */
function source(): string {
  const layers = Array.from({ length: COUNT }, (_, i) => ({
    module: 'keras.layers',
    class_name: 'Dense',
    config: { name: `dense_${i}`, units: 4 },
    build_config: { input_shape: [null, 4] }
  }));
  const input = {
    module: 'keras.layers',
    class_name: 'InputLayer',
    config: { name: 'input', batch_shape: [null, 4] }
  };
  const model = {
    class_name: 'Sequential',
    config: { name: 'chain', layers: [input, ...layers] }
  };
  return JSON.stringify(model);
}

/** Makes what one document does be done in another, as collaboration does. */
function synced(document: KerasDocument): KerasDocument {
  const other = KerasDocument.create();
  Y.applyUpdate(other.ydoc, Y.encodeStateAsUpdate(document.ydoc));
  document.ydoc.on('update', update => Y.applyUpdate(other.ydoc, update));
  return other;
}

const built = (model: IModelJSON | null): number =>
  model!.config.layers.filter(layer => 'build_config' in layer).length;

describe('an edit that changes many layers', () => {
  it('makes few events, and one signal', () => {
    const document = open(source());
    const counts: number[] = [];
    let signals = 0;
    document.ydoc.on('afterTransaction', ({ changedParentTypes }) =>
      counts.push(
        changedParentTypes.get(document.ydoc.getMap('model'))?.length ?? 0
      )
    );
    document.changed.connect(() => signals++);
    document.setArguments('input', { batch_shape: [null, 5] });
    expect(built(document.model)).toBeLessThan(COUNT / 2);
    expect(Math.max(...counts)).toBeGreaterThan(0);
    expect(Math.max(...counts)).toBeLessThan(COUNT / 2);
    expect(signals).toBe(1);
  });

  it('is seen whole by other pages, when it is made, undone and done again', () => {
    const document = open(source());
    const other = synced(document);
    const before = document.model;
    expect(other.model).toEqual(before);
    document.setArguments('input', { batch_shape: [null, 5] });
    const after = document.model;
    expect(other.model).toEqual(after);
    document.undo();
    expect(document.model).toEqual(before);
    expect(other.model).toEqual(before);
    document.redo();
    expect(document.model).toEqual(after);
    expect(other.model).toEqual(after);
    expect(other.getSource()).toBe(document.getSource());
  });

  it('is told no more once the document is disposed', () => {
    const document = open(source());
    const other = synced(document);
    other.dispose();
    document.setArguments('input', { batch_shape: [null, 5] });
    expect(other.model).not.toEqual(document.model);
  });
});
