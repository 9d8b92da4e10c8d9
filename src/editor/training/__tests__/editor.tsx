import { render } from '@testing-library/react';
import RjsfForm from '@rjsf/core';
import validator from '@rjsf/validator-ajv8';
import * as React from 'react';
import { CatalogIndex, EditorModel, KerasDocument } from '../../../core';
import type { ICatalog, IHello, IModelJSON, IRun } from '../../../core';
import catalog from '../../../core/catalog.json';
import { HostContext } from '../../host';
import type { IFormProps, IHost, IPlotly } from '../../host';
import { ModelContext } from '../../hooks';
import { Kernel } from './kernel';

export const CATALOG = new CatalogIndex(catalog as unknown as ICatalog);

const host: IHost = {
  trans: {
    __: (text, ...args) =>
      text.replace(/%(\d)/g, (_, i) => String(args[Number(i) - 1])),
    _n: (one, many, n) => (n === 1 ? one : many).replace('%1', String(n))
  },
  Form: (props: IFormProps) => <RjsfForm {...props} validator={validator} />,
  assets: {
    plotly: () => new Promise<IPlotly>(() => undefined),
    elk: () => new Promise<Worker>(() => undefined)
  }
};

/** An editor's model of an empty network, with what a test puts beside it. */
export function editorModel(values: Partial<IModelJSON> = {}): EditorModel {
  const empty = JSON.parse(KerasDocument.emptySource('model'));
  const document = KerasDocument.create();
  document.setSource(JSON.stringify({ ...empty, ...values }));
  return new EditorModel({ document, catalog: CATALOG, path: '' });
}

/** Puts a component on the page, with the model around it. */
export function show(model: EditorModel, component: JSX.Element) {
  return render(
    <HostContext.Provider value={host}>
      <ModelContext.Provider value={model}>{component}</ModelContext.Provider>
    </HostContext.Provider>
  );
}

/** A kernel that is ready, with the run that it had before the page came. */
export function readyKernel(run: IRun | null = null): Kernel {
  const hello: IHello = {
    version: 1,
    kerasviz: '0.1.0',
    keras: '3.15.1',
    backend: 'tensorflow',
    catalog_hash: CATALOG.catalog.hash,
    devices: [],
    seq: 0,
    run
  };
  return new Kernel({
    hello: () => hello,
    arrays: () => ({
      arrays: [{ name: 'x_train', shape: [60, 4], dtype: 'float32' }]
    }),
    train: () => ({ run: 'new' })
  });
}
