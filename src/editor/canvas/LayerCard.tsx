import * as React from 'react';
import { classLabel, type INode, type INodeAnalysis } from '../../core';
import { formatCount } from '../format';
import { useTranslation } from '../host';
import { useCatalog } from '../hooks';
import { LinkMark } from './LinkMark';
import { WeightsMark } from './WeightsMark';
import { formatShape, missingIn, summarize } from '../drawing/summary';

export interface ILayerCardProps {
  node: INode;
  /** Undefined while no kernel has seen the node. */
  analysis: INodeAnalysis | undefined;
}

/** What a card says: name, class, the arguments that matter, output shape and parameters. */
export function LayerCard({ node, analysis }: ILayerCardProps): JSX.Element {
  const trans = useTranslation();
  const catalog = useCatalog(c => c);
  const entry = catalog.layer(node.class_name, node.registered_name);
  const missing = missingIn(node, entry, catalog);
  const className =
    !entry && node.registered_name?.includes('>')
      ? trans.__('unknown: %1', node.registered_name)
      : classLabel(node);
  const shapes = analysis?.shapes.map(formatShape).join(', ') ?? '';
  const values = summarize(node, entry)
    .filter(text => text !== shapes)
    .join(' · ');

  return (
    <div className="jp-kerasviz-LayerNode-card">
      <div className="jp-kerasviz-LayerNode-name" title={node.layer}>
        {node.layer}
        {node.calls > 1 && <LinkMark node={node} />}
      </div>
      <div className="jp-kerasviz-LayerNode-about">
        <span className="jp-kerasviz-LayerNode-class" title={className}>
          {className}
        </span>
        {missing.length > 0 ? (
          <span
            className="jp-kerasviz-LayerNode-missing"
            title={missing.join(', ')}
          >
            {trans.__('Set %1', shortNames(missing).join(', '))}
          </span>
        ) : (
          <span className="jp-kerasviz-LayerNode-arguments" title={values}>
            {values}
          </span>
        )}
      </div>
      <div className="jp-kerasviz-LayerNode-facts">
        {analysis?.waiting ? (
          <span className="jp-kerasviz-LayerNode-waiting">
            {trans.__('waiting')}
          </span>
        ) : (
          <span className="jp-kerasviz-LayerNode-shape" title={shapes}>
            {shapes}
          </span>
        )}
        <WeightsMark layer={node.layer} />
        {!!analysis?.params && (
          <span
            className="jp-kerasviz-LayerNode-params"
            title={trans.__('parameters')}
          >
            {formatCount(analysis.params)}
          </span>
        )}
      </div>
    </div>
  );
}

/** Names without the layers that lead to them, each once. */
function shortNames(paths: readonly string[]): string[] {
  // The form of an Input asks for the shape of one sample.
  return [
    ...new Set(
      paths.map(path =>
        path
          .split('.')
          .pop()!
          .replace(/^batch_shape$/, 'shape')
      )
    )
  ];
}
