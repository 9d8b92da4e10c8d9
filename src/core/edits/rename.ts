/** Renaming a layer. */
import type { JSONValue } from '@lumino/coreutils';
import { layerName, nodeId, parseNodeId } from '../graph/layerjson';
import { isHistory, mapLeaves, mapTensors } from '../graph/tensors';
import type { IModelJSON, KerasHistory } from '../keras';
import { trans } from '../translation';
import { renamedEnd } from './endstructure';
import { findLayer, layerNames, renamed, withCalls, withLayers } from './steps';
import { renumberPositions } from './positions';
import { withHistory } from './remove';

/**
 * The model with a layer under another name, in every reference too.
 *
 * @throws RangeError where the name can't be used.
 */
export function renamedLayer(
  model: IModelJSON,
  from: string,
  to: string
): IModelJSON {
  findLayer(model, from);
  if (from === to) {
    return model;
  }
  checkName(to);
  if (layerNames(model).has(to)) {
    throw new RangeError(
      trans.__(
        "The name '%1' is taken by another layer. Choose another name.",
        to
      )
    );
  }
  const history = ([name, call, tensor]: KerasHistory): KerasHistory => [
    name === from ? to : name,
    call,
    tensor
  ];
  const layers = model.config.layers.map(layer => {
    const calls = withCalls(layer, call =>
      mapTensors(call, [], tensor =>
        tensor.config.keras_history[0] === from
          ? withHistory(tensor, history(tensor.config.keras_history))
          : tensor
      )
    );
    return layerName(layer) === from ? renamed(calls, to) : calls;
  });
  const next = withLayers(model, layers);
  for (const key of ['input_layers', 'output_layers'] as const) {
    if (key in next.config) {
      next.config[key] = mapLeaves(
        next.config[key] as JSONValue,
        isHistory,
        tensor => (tensor[0] === from ? history(tensor) : tensor)
      );
    }
  }
  if (next.config.input_layers) {
    // Keras wants inputs to be named as their layers are.
    next.config.input_layers = renamedEnd(next.config.input_layers, from, to);
  }
  return renumberPositions(next, node => {
    const [name, call] = parseNodeId(node);
    return name === from ? nodeId(to, call) : node;
  });
}

/** Throws a RangeError where Keras would refuse the name of a layer or model. */
export function checkName(name: string): void {
  // As a key of named outputs, `__proto__` would make a file that is refused when it is opened.
  if (name === '' || name.includes('/') || name === '__proto__') {
    throw new RangeError(
      trans.__(
        "A name must not be empty, contain '/' or be '__proto__'. Received: '%1'.",
        name
      )
    );
  }
}
