import type { JSONObject } from '@lumino/coreutils';
import * as React from 'react';
import {
  classLabel,
  isOfKeras,
  isOperation,
  layerErrors,
  type INode
} from '../../core';
import { useTranslation } from '../host';
import { useAnalysis, useCatalog, useDocument, useModel } from '../hooks';
import { ArgumentsForm } from '../forms/ArgumentsForm';
import {
  sampleEntry,
  sampleValues,
  withBatchShape
} from '../drawing/inputshape';
import { EmbeddingSection, LargeOutput } from '../insight';
import { CallValues } from './CallValues';
import { ErrorNotice } from '../errors/ErrorNotice';
import { LayerActions } from './LayerActions';
import { LayerDocs } from './LayerDocs';
import { NameField } from './NameField';
import { ModelSummary } from './ModelSummary';
import { OutputFlags } from './OutputFlags';

/** A layer: what is wrong with it, its name, its arguments, its documentation. */
export function LayerForm({ node }: { node: INode }): JSX.Element {
  const trans = useTranslation();
  const { document } = useModel();
  const catalog = useCatalog(c => c);
  const error = useAnalysis(a => a.nodes.get(node.id)?.error ?? null);
  const errors = useAnalysis(a => layerErrors(a, node.layer));
  const entry = catalog.layer(node.class_name, node.registered_name);
  const form = React.useMemo(
    () => entry && sampleEntry(entry, trans),
    [entry, trans]
  );
  const models = useDocument(d => d.path);
  const path = React.useMemo(
    () => [
      ...models.flatMap(name => ['config', 'layers', name]),
      'config',
      'layers',
      node.layer,
      'config'
    ],
    [models, node.layer]
  );
  const isSample = form !== entry;
  const values = React.useMemo(
    () => (isSample ? sampleValues(node.config) : node.config),
    [isSample, node.config]
  );
  return (
    <div className="jp-kerasviz-LayerForm">
      <header
        className="jp-kerasviz-LayerForm-header"
        data-family={catalog.family(entry ?? node.class_name)}
      >
        <h2>{classLabel(node)}</h2>
        <p>
          {entry?.summary ??
            (isOperation(node)
              ? trans.__('Keras operation')
              : trans.__(
                  'Unknown class: %1',
                  node.registered_name ?? node.class_name
                ))}
        </p>
      </header>
      {error && <ErrorNotice error={error} />}
      {errors.map((item, i) => (
        <ErrorNotice key={i} error={item} />
      ))}
      <NameField node={node} />
      {!node.isInput && <OutputFlags node={node} />}
      <LayerActions node={node} />
      <LargeOutput node={node} />
      <EmbeddingSection node={node} />
      {!isOfKeras(node) && <ModelSummary layer={node.layer} />}
      {entry && form ? (
        <>
          <ArgumentsForm
            key={node.class_name}
            path={path}
            entry={form}
            values={values}
            onChange={changed =>
              document.setArguments(
                node.layer,
                (isSample
                  ? withBatchShape(changed, node.config)
                  : changed) as JSONObject
              )
            }
          />
          <CallValues node={node} />
          <LayerDocs doc={entry.doc} />
        </>
      ) : (
        <>
          <CallValues node={node} />
          <p className="jp-kerasviz-Inspector-hint">
            {trans.__(
              'This class is not in the catalogue, so it has no form. Its config is left unchanged.'
            )}
          </p>
          <pre>{JSON.stringify(node.config, null, 2)}</pre>
        </>
      )}
    </div>
  );
}
