/** What follows from a change of the graph: the model's inputs and outputs. */
import {
  callOffset,
  isInputLayer,
  layerName,
  nodeId,
  parseNodeId
} from '../graph/layerjson';
import { graphOf } from '../graph/derive';
import { isHistory, leavesIn } from '../graph/tensors';
import { computedLeaves, isLeaf } from '../graph/walk';
import type { KerasHistory, IModelJSON } from '../keras';
import { replaceEnds } from './endstructure';

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

/** A Sequential that begins with another layer, or takes another shape, is not built for the one in its config. */
function settleChain(before: IModelJSON, after: IModelJSON): IModelJSON {
  const [was] = before.config.layers;
  const [now] = after.config.layers;
  const isSameLayer =
    was && now && !isInputLayer(now) && layerName(was) === layerName(now);
  if (was === now || isSameLayer) {
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
  const was = graphOf(before);
  const now = graphOf(after);
  const read = offsets(before);
  const write = offsets(after);
  const nodeBefore = ([name, call]: KerasHistory): string =>
    nodeId(name, call - (read.get(name) ?? 0));
  const historyAfter = (node: string, tensor: number): KerasHistory => {
    const [name, call] = parseNodeId(node);
    return [name, call + (write.get(name) ?? 0), tensor];
  };
  const keepInput = (item: KerasHistory): KerasHistory | null => {
    const node = renumber(nodeBefore(item));
    return node === null ? null : historyAfter(node, item[2]);
  };
  const keepOutput = (item: KerasHistory): KerasHistory | null => {
    const node = renumber(nodeBefore(item));
    return node !== null &&
      (isLeaf(now, node) || !isLeaf(was, nodeBefore(item)))
      ? historyAfter(node, item[2])
      : null;
  };
  const { input_layers, output_layers } = before.config;
  const inputs = leavesIn(input_layers, isHistory).map(nodeBefore);
  const outputs = leavesIn(output_layers, isHistory)
    .filter(keepOutput)
    .map(nodeBefore);
  const known = new Set(
    [...inputs, ...outputs, ...computedLeaves(was)].map(renumber)
  );
  const added = (nodes: string[]): KerasHistory[] =>
    nodes.filter(id => !known.has(id)).map(id => historyAfter(id, 0));
  const newInputs = added(
    after.config.layers
      .filter(isInputLayer)
      .map(layer => nodeId(layerName(layer), 0))
  );
  const newOutputs = added(computedLeaves(now));
  return {
    ...after,
    config: {
      ...after.config,
      input_layers: replaceEnds(input_layers, keepInput, newInputs),
      output_layers: replaceEnds(output_layers, keepOutput, newOutputs)
    }
  };
}

function offsets(model: IModelJSON): Map<string, number> {
  return new Map(
    model.config.layers.map(layer => [layerName(layer), callOffset(layer)])
  );
}
