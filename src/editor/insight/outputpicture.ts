import { type EditorModel, type IView, parseNodeId } from '../../core';
import type { IPicture } from '../exporting';

/** What an output of a layer is as a picture to be kept. */
export function outputPicture(
  inside: EditorModel['inside'],
  node: string,
  view: IView,
  tensor: number
): IPicture {
  const isAttention = view.of === 'attention';
  return {
    name: `${parseNodeId(node)[0]}-${view.of}`,
    code:
      view.of === 'plane'
        ? null
        : {
            class_name: 'layer_output',
            config: {
              node,
              kind: view.kind,
              path: inside.way,
              tensor: isAttention ? 0 : tensor,
              of: view.of
            }
          }
  };
}
