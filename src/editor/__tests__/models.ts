/** Documents, and kernels that say what a test wants them to say about them. */
import { act } from '@testing-library/react';
import {
  EditorModel,
  KerasDocument,
  stringify,
  type ICatalog,
  type IHello,
  type IKerasError,
  type ILayerEntry,
  type IModelJSON,
  type INodeAnalysis,
  type ITotals
} from '../../core';
import { CATALOG } from '../training/__tests__/editor';
import { Kernel, type Answers } from '../training/__tests__/kernel';

/** The entry of a layer of Keras. */
export function entry(class_name: string): ILayerEntry {
  const found = CATALOG.layer(class_name);
  if (!found) {
    throw new Error(`Expected a layer of Keras. Received: ${class_name}.`);
  }
  return found;
}

/** An editor of a new model without layers. */
export function blankModel(): EditorModel {
  const document = KerasDocument.create();
  document.setSource(KerasDocument.emptySource('model'));
  return new EditorModel({ document, catalog: CATALOG, path: '' });
}

/** An editor of a chain of layers, each fed by the one before; no node has a position. */
export function chainModel(...layers: string[]): EditorModel {
  const model = blankModel();
  let after: string | undefined;
  for (const layer of layers) {
    after = model.document.addLayer({ entry: entry(layer), after });
  }
  model.document.clearUndoHistory();
  return model;
}

const TOTALS: ITotals = {
  layers: 2,
  params: 2112,
  trainable: 2112,
  bytes: 8448
};

const HELLO: IHello = {
  version: 1,
  kerasviz: '0.1.0',
  keras: '3.15.1',
  backend: 'tensorflow',
  catalog_hash: CATALOG.catalog.hash,
  devices: [{ name: 'cpu:0', label: 'CPU' }],
  seq: 0,
  model_name: 'model',
  run: null,
  rate_test: null,
  saving: []
};

/** What a kernel says about a node that is in order. */
export function fine(values: Partial<INodeAnalysis> = {}): INodeAnalysis {
  return {
    shapes: [[null, 64]],
    dtypes: ['float32'],
    params: 0,
    trainable: 0,
    error: null,
    waiting: false,
    ...values
  };
}

/** An error as a kernel reports it. */
export function kerasError(values: Partial<IKerasError> = {}): IKerasError {
  return {
    code: 'shape',
    layer: 'dense',
    message: 'Dense needs a flat input.',
    detail: 'ValueError: expected min_ndim=2',
    fix: null,
    ...values
  };
}

/** A kernel that knows these nodes, and how to fix the model. */
export function analysisKernel(
  nodes: { [node: string]: INodeAnalysis },
  errors: IKerasError[] = [],
  fix: (model: IModelJSON) => IModelJSON = model => model,
  catalog: ICatalog = CATALOG.catalog
): Kernel {
  return new Kernel({
    hello: () => HELLO,
    catalog: () => catalog,
    analyze: ({ revision }) => ({
      revision,
      nodes,
      totals: TOTALS,
      errors,
      judging: false
    }),
    apply_fix: ({ document }) => ({
      document: stringify(fix(JSON.parse(document)))
    })
  });
}

/** A kernel that answers questions about the document. */
export function askedKernel(questions: Answers): Kernel {
  return new Kernel({
    hello: () => HELLO,
    analyze: ({ revision }) => ({
      revision,
      nodes: {},
      totals: TOTALS,
      errors: [],
      judging: false
    }),
    ...questions
  });
}

/** Attaches a kernel, and waits until it has said what it knows. */
export async function attach(
  model: EditorModel,
  kernel: Kernel
): Promise<void> {
  await act(async () => {
    const analysed = new Promise<void>(resolve =>
      model.analysis.changed.connect(({ value }) => {
        if (!value.pending) {
          resolve();
        }
      })
    );
    model.kernel.attach(kernel.client);
    await analysed;
  });
}
