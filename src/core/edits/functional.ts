/** A Sequential as the Functional model that it is. */
import type { JSONObject, JSONValue } from '@lumino/coreutils';
import {
  callOffset,
  isInputLayer,
  layerName,
  uniqueName
} from '../graph/layerjson';
import { tensorJSON } from '../graph/tensors';
import type { ILayerJSON, IModelJSON, Shape } from '../keras';
import { layerNames } from './steps';

/** The same model as a Functional one; a Functional model as it is. */
export function toFunctional(model: IModelJSON): IModelJSON {
  if (model.class_name !== 'Sequential') {
    return model;
  }
  const layers = withInput(model);
  const { name, trainable } = model.config;
  const { build_config: _, ...rest } = model;
  return {
    ...rest,
    module: 'keras.src.models.functional',
    class_name: 'Functional',
    registered_name: 'Functional',
    config: {
      name,
      trainable: trainable ?? true,
      layers: layers.map((layer, i) => connected(layer, layers[i - 1])),
      input_layers: ends(layers.filter(isInputLayer)),
      output_layers: ends(layers.slice(-1))
    }
  };
}

/** The layers with an InputLayer in front, where the shape of the data is known. */
function withInput(model: IModelJSON): ILayerJSON[] {
  const { layers } = model.config;
  const [first] = layers;
  if (!first || isInputLayer(first)) {
    return layers;
  }
  const batch_shape =
    first.config.batch_shape ??
    model.config.build_input_shape ??
    model.build_config?.input_shape;
  if (!Array.isArray(batch_shape)) {
    return layers;
  }
  const name = uniqueName('input_layer', layerNames(model));
  return [
    {
      module: 'keras.layers',
      class_name: 'InputLayer',
      config: { batch_shape, name },
      registered_name: null
    },
    ...layers
  ];
}

function connected(layer: ILayerJSON, before?: ILayerJSON): ILayerJSON {
  const tensor =
    before &&
    tensorJSON([layerName(before), 0, 0], shapeBetween(before, layer));
  return {
    ...layer,
    name: layerName(layer),
    inbound_nodes: tensor
      ? [{ args: [tensor as unknown as JSONObject], kwargs: {} }]
      : []
  };
}

function shapeBetween(before: ILayerJSON, layer: ILayerJSON): Shape {
  const shape = layer.build_config?.input_shape ?? before.config.batch_shape;
  return Array.isArray(shape) ? (shape as Shape) : [null];
}

function ends(layers: ILayerJSON[]): JSONValue {
  const [history = []] = layers.map(layer => [
    layerName(layer),
    callOffset(layer),
    0
  ]);
  return history;
}
