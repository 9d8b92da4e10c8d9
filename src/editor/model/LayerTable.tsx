import * as React from 'react';
import type { ICost } from '../../core';
import { SortHeader } from '../sorting/SortHeader';
import type { IOrder } from '../sorting/rowsorting';
import { useTranslation } from '../host';
import { useAnalysis, useDocument } from '../hooks';
import { LayerRow } from './LayerRow';
import { layersDescend, sortedLayers, type Column } from './layerorder';

export interface ILayerTableProps {
  /** Where the receptive fields come from. */
  layers: ICost['layers'] | undefined;
}

/** All layers with what they cost; a click on a column sorts, one on a layer goes to its node. */
export function LayerTable({ layers }: ILayerTableProps): JSX.Element | null {
  const trans = useTranslation();
  const graph = useDocument(d => d.graph);
  const analyses = useAnalysis(a => a.nodes);
  const [order, setOrder] = React.useState<IOrder<Column> | null>(null);
  const nodes = React.useMemo(
    () => sortedLayers(graph.nodes, analyses, order),
    [graph, analyses, order]
  );
  const most = React.useMemo(() => {
    const values = [...analyses.values()];
    return {
      params: Math.max(1, ...values.map(({ params }) => params)),
      macs: Math.max(1, ...values.map(({ macs }) => macs ?? 0))
    };
  }, [analyses]);
  if (nodes.length === 0) {
    return null;
  }
  const columns: [Column, string][] = [
    ['layer', trans.__('Layer')],
    ['shape', trans.__('Output shape')],
    ['params', trans.__('Parameters')],
    ['macs', trans.__('Multiply-adds')],
    ['class', trans.__('Class')]
  ];
  const hasFields = Object.values(layers ?? {}).some(
    ({ receptive_field }) => receptive_field
  );
  return (
    <div className="jp-kerasviz-LayerTable-scroll">
      <table className="jp-kerasviz-LayerTable">
        <thead>
          <tr>
            {columns.map(([column, label]) => (
              <SortHeader
                key={column}
                column={column}
                label={label}
                order={order}
                descends={layersDescend(column)}
                onSort={setOrder}
              />
            ))}
            {hasFields && <th scope="col">{trans.__('Receptive field')}</th>}
          </tr>
        </thead>
        <tbody>
          {nodes.map(node => (
            <LayerRow
              key={node.id}
              node={node}
              mostParams={most.params}
              mostMacs={most.macs}
              field={
                hasFields
                  ? (layers?.[node.layer]?.receptive_field ?? null)
                  : undefined
              }
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
