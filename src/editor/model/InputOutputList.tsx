import * as React from 'react';
import { canMoveEnd, endLabel } from '../drawing/inputsoutputs';
import { useTranslation } from '../host';
import { useDocument, useModel } from '../hooks';
import { FlagField } from '../forms/FlagField';
import { LineField } from '../forms/LineField';

/**
 * The inputs or the outputs of the model: whose they are, their order, and their names where they have some. Those of a
 * model inside another are told apart as the calls outside have them.
 */
export function InputOutputList({
  which
}: {
  which: 'inputs' | 'outputs';
}): JSX.Element | null {
  const trans = useTranslation();
  const model = useModel();
  const { document } = model;
  const graph = useDocument(d => d.graph);
  const path = useDocument(d => d.path);
  const ends = graph[which];
  if (ends.length === 0) {
    return null;
  }
  return (
    <section className="jp-kerasviz-InputOutputList" data-ends={which}>
      <h3>{which === 'inputs' ? trans.__('Inputs') : trans.__('Outputs')}</h3>
      {path.length === 0 && (
        <FlagField
          label={
            which === 'inputs'
              ? trans.__('Inputs by name')
              : trans.__('Outputs by name')
          }
          value={ends.some(({ key }) => key !== null)}
          onChange={isNamed => document.nameEnds(which, isNamed)}
        />
      )}
      <ol>
        {ends.map(({ node, tensor, key }, i) => (
          <li key={i}>
            <button
              type="button"
              className="jp-kerasviz-InputOutputList-layer"
              title={trans.__('Show on the canvas')}
              onClick={() => model.selection.select([node])}
            >
              {graph.byId.get(node)?.layer ?? node}
              {tensor > 0 && ` [${tensor}]`}
            </button>
            {move(i, -1, '↑', trans.__('Move %1 up', label(i)))}
            {move(i, 1, '↓', trans.__('Move %1 down', label(i)))}
            {which === 'outputs' && (
              <button
                type="button"
                disabled={ends.length === 1}
                aria-label={trans.__('Unpin %1', label(i))}
                title={trans.__('Unpin %1', label(i))}
                onClick={() => document.unpinOutput({ node, tensor })}
              >
                ×
              </button>
            )}
            {which === 'outputs' && key !== null && (
              <LineField
                label={trans.__('name')}
                value={key}
                onCommit={text => document.renameOutput(key, text.trim())}
              />
            )}
          </li>
        ))}
      </ol>
    </section>
  );

  function label(index: number): string {
    return endLabel(graph, which, index, trans);
  }

  function move(
    index: number,
    step: 1 | -1,
    text: string,
    title: string
  ): JSX.Element | null {
    return ends.length > 1 && ends[index].key === null ? (
      <button
        type="button"
        disabled={!canMoveEnd(ends, index, step)}
        aria-label={title}
        title={title}
        onClick={() => document.reorder(which, index, index + step)}
      >
        {text}
      </button>
    ) : null;
  }
}
