import {
  type EditorModel,
  type ISample,
  type ISurface,
  type IView,
  parseNodeId
} from '../../core';
import type { IPicture } from '../exporting';

/** What an output of a layer is as a picture to be kept. */
export function outputPicture(
  inside: EditorModel['inside'],
  node: string,
  view: IView,
  tensor: number
): IPicture {
  const isAttention = view.of === 'attention';
  if (view.of === 'plane') {
    return planePicture(inside, node, { tensor, kind: 'units' });
  }
  return {
    name: `${parseNodeId(node)[0]}-${view.of}`,
    title: parseNodeId(node)[0],
    code: {
      class_name: 'layer_output',
      config: {
        node,
        kind: view.kind,
        path: inside.way,
        tensor: isAttention ? 0 : tensor,
        of: view.of,
        ...(isAttention && {
          tokens: view.tokens,
          query_tokens: view.query_tokens ?? []
        })
      }
    }
  };
}

/** A picture over the whole plane, to be kept. */
export function planePicture(
  inside: EditorModel['inside'],
  node: string,
  shown: {
    tensor?: number;
    unit?: number;
    kind?: string;
    classes?: string[];
  },
  title = parseNodeId(node)[0]
): IPicture {
  const config = { node, path: inside.way, ...shown };
  return {
    name: `${parseNodeId(node)[0]}-plane`,
    title,
    code: { class_name: 'plane_map', config }
  };
}

/** What the code of a picture of the model's output is told: how it is shown, and of classes their names. */
export function shownBy(
  kind: ISurface['kind'] | undefined,
  { classes }: ISample
): { kind?: ISurface['kind']; classes?: string[] } {
  return kind === 'classes' ? { kind, classes } : { kind };
}
