import * as React from 'react';
import type { INode } from '../../core';
import { useTranslation } from '../host';
import { useAnalysis, useDocument, useModel } from '../hooks';
import { FlagField } from '../forms/FlagField';

/** Which of the tensors that a layer gives are outputs of the model. */
export function OutputFlags({ node }: { node: INode }): JSX.Element {
  const trans = useTranslation();
  const { document } = useModel();
  const outputs = useDocument(d => d.graph.outputs);
  const shapes = useAnalysis(a => a.nodes.get(node.id)?.shapes.length ?? 0);
  const count = Math.max(node.outputs, shapes);
  return (
    <>
      {Array.from({ length: count }, (_, tensor) => {
        const source = { node: node.id, tensor };
        const value = outputs.some(
          end => end.node === node.id && end.tensor === tensor
        );
        return (
          <FlagField
            key={tensor}
            label={
              count === 1
                ? trans.__('Model output')
                : trans.__('Model output: tensor %1', tensor)
            }
            value={value}
            disabled={value && outputs.length === 1}
            onChange={pin =>
              pin ? document.pinOutput(source) : document.unpinOutput(source)
            }
          />
        );
      })}
    </>
  );
}
