/** What follows from a change of the graph: the model's inputs and outputs. */
import type { JSONValue } from '@lumino/coreutils';
import {
  callOffset,
  isInputLayer,
  layerName,
  nodeId,
  parseNodeId
} from '../graph/layers';
import { graphOf } from '../graph/derive';
import { isHistory, leavesIn, mapLeaves } from '../graph/tensors';
import { leaves } from '../graph/walk';
import type { KerasHistory, IModelJSON } from '../keras';

/** The id a node has after the edit; null when it is gone. */
export type Renumber = (node: string) => string | null;

/**
 * Completes an edit of the graph.
 *
 * @param before - The model before the edit.
 * @param after - The model with its layers and calls edited.
 * @param renumber - What became of the nodes of `before`.
 */
export function settle(
  before: IModelJSON,
  after: IModelJSON,
  renumber: Renumber = node => node
): IModelJSON {
  return after.class_name === 'Sequential'
    ? settleChain(before, after)
    : settleEnds(before, after, renumber);
}

/** A Sequential that begins with another layer is not built for the shape in its config any more. */
function settleChain(before: IModelJSON, after: IModelJSON): IModelJSON {
  if (before.config.layers[0] === after.config.layers[0]) {
    return after;
  }
  const { build_config: _, ...model } = after;
  const { build_input_shape: __, ...config } = model.config;
  return { ...model, config };
}

/**
 * Keeps `input_layers` and `output_layers` as they are written, but for inputs and outputs that come and go.
 *
 * Outputs are the leaves, and any other tensor that the model names: one that was an output though it was no leaf
 * stays one.
 */
function settleEnds(
  before: IModelJSON,
  after: IModelJSON,
  renumber: Renumber
): IModelJSON {
  const offsetsBefore = offsets(before);
  const offsetsAfter = offsets(after);
  const history = (node: string, tensor = 0): KerasHistory => {
    const [name, call] = parseNodeId(node);
    return [name, call + (offsetsAfter.get(name) ?? 0), tensor];
  };
  const leavesBefore = new Set(leaves(graphOf(before)));
  const movedLeaves = new Set([...leavesBefore].map(renumber));
  const graph = graphOf(after);
  const leavesAfter = new Set(leaves(graph));
  const kept = ([name, call, tensor]: KerasHistory): KerasHistory | null => {
    const was = nodeId(name, call - (offsetsBefore.get(name) ?? 0));
    const node = renumber(was);
    return node !== null &&
      graph.byId.has(node) &&
      (leavesAfter.has(node) || !leavesBefore.has(was))
      ? history(node, tensor)
      : null;
  };
  const isNew = (node: string): boolean => !movedLeaves.has(node);
  const named = new Set(
    leavesIn(before.config.input_layers, isHistory).map(([name]) => name)
  );
  const inputs = after.config.layers
    .filter(layer => isInputLayer(layer) && !named.has(layerName(layer)))
    .map(layer => history(nodeId(layerName(layer), 0)));
  const outputs = [...leavesAfter].filter(isNew).map(node => history(node));
  return {
    ...after,
    config: {
      ...after.config,
      input_layers: replaceEnds(before.config.input_layers, kept, inputs),
      output_layers: replaceEnds(before.config.output_layers, kept, outputs)
    }
  };
}

/** The structure without the tensors that are gone; new ones take their places, or come last. */
function replaceEnds(
  ends: JSONValue | undefined,
  kept: (history: KerasHistory) => KerasHistory | null,
  added: KerasHistory[]
): JSONValue {
  const queue = [...added];
  const map = (history: KerasHistory): KerasHistory | null => {
    const now = kept(history) ?? queue.shift() ?? null;
    return now && now.every((part, i) => part === history[i]) ? history : now;
  };
  let result = mapLeaves(ends ?? [], isHistory, map) ?? [];
  for (const history of queue) {
    if (isHistory(result)) {
      result = [result, history];
    } else if (Array.isArray(result)) {
      result = [...result, history];
    } else {
      result = { ...(result as object), [history[0]]: history };
    }
  }
  const isSingle =
    Array.isArray(result) && result.length === 1 && isHistory(result[0]);
  return isSingle && leavesIn(ends, isHistory).length !== 1
    ? (result as JSONValue[])[0]
    : result;
}

function offsets(model: IModelJSON): Map<string, number> {
  return new Map(
    model.config.layers.map(layer => [layerName(layer), callOffset(layer)])
  );
}
