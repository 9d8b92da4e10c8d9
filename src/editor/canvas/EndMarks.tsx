import * as React from 'react';
import { endLabel, endPlaces } from '../drawing/inputsoutputs';
import { useTranslation } from '../host';
import { useDocument, useModel } from '../hooks';
import { portX } from '../layout';

export interface IEndMarksProps {
  /** Id of the node. */
  node: string;
  /** Number of its output tensors. */
  outputs: number;
}

/** Says at a card which inputs and outputs of the model it is or gives. */
export function EndMarks({ node, outputs }: IEndMarksProps): JSX.Element {
  const trans = useTranslation();
  const { graph } = useModel().document;
  const places = useDocument(d => endPlaces(d.graph, node));
  return (
    <>
      {places.map(({ which, index, tensor }) => (
        <span
          key={`${which} ${index}`}
          className="jp-kerasviz-EndMark"
          data-end={which}
          style={
            which === 'outputs' ? { left: portX(tensor, outputs) } : undefined
          }
        >
          {endLabel(graph, which, index, trans)}
        </span>
      ))}
    </>
  );
}
