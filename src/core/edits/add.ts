/** Adding a layer. */
import { isOperation } from '../catalog/catalogindex';
import type { IAddLayerOptions } from './edittypes';
import { graphOf } from '../graph/derive';
import {
  isInputLayer,
  layerName,
  nodeId,
  toSnakeCase,
  uniqueName
} from '../graph/layerjson';
import { tensorJSON } from '../graph/tensors';
import type { ICallJSON, ILayerJSON, IModelJSON } from '../keras';
import { withRequiredDefaults } from '../catalog/requireddefaults';
import { referenceTo, withTensor } from './connect';
import { toFunctional } from './functional';
import { layerNames, withLayers, type PortLookup } from './steps';
import { withPositions } from './positions';
import { redirected } from './reconnect';
import { settle } from './settle';

const NO_CALL: ICallJSON = { args: [], kwargs: {} };

/** The model with one more layer, and the layer's node. */
export function added(
  model: IModelJSON,
  options: IAddLayerOptions,
  ports: PortLookup
): [IModelJSON, string] {
  const { entry, config = {}, position, positions = {} } = options;
  const name = uniqueName(toSnakeCase(entry.class_name), layerNames(model));
  const node = nodeId(name, 0);
  const layer: ILayerJSON = {
    module: entry.module,
    class_name: entry.class_name,
    config: { ...withRequiredDefaults(entry, config), name },
    registered_name: entry.registered_name
  };
  const { layers } = model.config;
  const place = chainPlace(model, layer, options);
  const next =
    place === null
      ? addedToGraph(toFunctional(model), layer, options, ports)
      : settle(
          model,
          withLayers(model, [
            ...layers.slice(0, place),
            layer,
            ...layers.slice(place)
          ])
        );
  const placed = position ? { ...positions, [node]: position } : positions;
  return [withPositions(next, placed), node];
}

/** Where in a Sequential the layer goes; null where the result is no chain. */
function chainPlace(
  model: IModelJSON,
  layer: ILayerJSON,
  { entry, after, into }: IAddLayerOptions
): number | null {
  const { layers } = model.config;
  if (model.class_name !== 'Sequential' || isOperation(entry)) {
    return null;
  }
  if (isInputLayer(layer)) {
    return layers.length === 0 || !isInputLayer(layers[0]) ? 0 : null;
  }
  const edge = graphOf(model).edges.find(({ id }) => id === into);
  const before = edge?.source ?? after;
  const index = layers.findIndex(item => nodeId(layerName(item), 0) === before);
  if (index < 0) {
    return layers.length === 0 ? 0 : null;
  }
  return entry.inputs.length > 0 ? index + 1 : null;
}

function addedToGraph(
  model: IModelJSON,
  layer: ILayerJSON,
  { entry, after, into }: IAddLayerOptions,
  ports: PortLookup
): IModelJSON {
  const graph = graphOf(model);
  const edge = graph.edges.find(({ id }) => id === into);
  const source = edge
    ? { node: edge.source, tensor: edge.tensor }
    : after !== undefined && graph.byId.has(after)
      ? { node: after, tensor: 0 }
      : null;
  const hasInput = source !== null && entry.inputs.length > 0;
  const call =
    hasInput &&
    withTensor(
      layer,
      NO_CALL,
      referenceTo(model, source),
      '0',
      () => entry.inputs
    );
  const name = layer.config.name as string;
  const complete: ILayerJSON = {
    ...layer,
    name,
    inbound_nodes: call ? [call] : []
  };
  const rewired =
    hasInput && edge
      ? redirected(model, edge, tensorJSON([name, 0, 0]), ports)
      : model;
  return settle(
    model,
    withLayers(rewired, [...rewired.config.layers, complete])
  );
}
