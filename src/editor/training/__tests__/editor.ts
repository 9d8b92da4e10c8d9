import { CatalogIndex, EditorModel, KerasDocument } from '../../../core';
import type {
  ICatalog,
  IHello,
  IModelJSON,
  IRunJSON,
  IRunStatus,
  RunState
} from '../../../core';
import catalog from '../../../core/catalog/catalog.json';
import { Kernel } from './kernel';

export const CATALOG = new CatalogIndex(catalog as unknown as ICatalog);

/** An editor's model of an empty network, with what a test puts beside it. */
export function editorModel(values: Partial<IModelJSON> = {}): EditorModel {
  const empty = JSON.parse(KerasDocument.emptySource('model'));
  const document = KerasDocument.create();
  document.setSource(JSON.stringify({ ...empty, ...values }));
  return new EditorModel({ document, catalog: CATALOG, path: '' });
}

/** A kernel that is ready, with the run that it had before the page came. */
export function readyKernel(run: IRunJSON | null = null): Kernel {
  const hello: IHello = {
    version: 1,
    kerasviz: '0.1.0',
    keras: '3.15.1',
    backend: 'tensorflow',
    catalog_hash: CATALOG.catalog.hash,
    devices: [],
    seq: 0,
    model_name: 'digits',
    run,
    rate_test: null,
    saving: []
  };
  return new Kernel({
    hello: () => hello,
    arrays: () => ({
      arrays: [
        { name: 'x_train', kind: 'array', shape: [60, 4], dtype: 'float32' }
      ]
    }),
    train: () => ({ run: 'new', taken: null })
  });
}

/** Where a run stands. */
export function status(
  state: RunState,
  more: Partial<IRunStatus> = {}
): IRunStatus {
  return {
    run: 'a',
    state,
    model_name: 'model',
    device: 'NVIDIA H200',
    epoch: 2,
    epochs: 4,
    step: 15,
    steps_per_epoch: 10,
    elapsed: 75,
    remaining: 125,
    error: null,
    notes: [],
    marks: [],
    ...more
  };
}

/** A run with the curves of one metric. */
export function run(state: RunState, more: Partial<IRunStatus> = {}): IRunJSON {
  return {
    status: status(state, more),
    curves: {
      batch: { loss: { x: [1, 2, 3], y: [3, null, 1] } },
      epoch: { loss: { x: [1], y: [2] }, val_loss: { x: [1], y: [2.5] } }
    }
  };
}
