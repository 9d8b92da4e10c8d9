/** The shapes that layers of a saved model were built for, as long as they are true. */
import { JSONExt, type JSONObject, type JSONValue } from '@lumino/coreutils';
import { withLayers } from '../edits/steps';
import { graphOf } from '../graph/derive';
import { isInputLayer, layerName, nodeId } from '../graph/layers';
import { leavesIn } from '../graph/tensors';
import { incoming } from '../graph/walk';
import type { ILayerJSON, IModelJSON, Shape } from '../keras';
import { modelIn } from './nested';
import {
  changedArguments,
  unchangedNodes,
  type IShapeKnowledge
} from './unchanged';

/**
 * The model without the `build_config` of layers that get another shape than the one in there.
 *
 * Keras would build their weights for it, and then refuse the input. Without, it builds them for the input they get.
 * A layer keeps its shape where nothing that it comes from changed since `original`, the file as Keras wrote it; and
 * otherwise where Keras said that the shape is the same.
 */
export function withoutStaleShapes(
  model: IModelJSON,
  original: IModelJSON,
  known: IShapeKnowledge
): IModelJSON {
  const { origins, inputs } = unchangedNodes(model, original, known);
  const shapes = known.shapesOf(model);
  const isTrue = (layer: ILayerJSON): boolean => {
    const node = nodeId(layerName(layer), 0);
    const edges = incoming(graphOf(model), node);
    const built = leavesIn(layer.build_config, isShape);
    return (
      inputs.has(node) ||
      (edges.length > 0 &&
        built.every((shape, i) => {
          const { source, tensor } = edges[i] ?? {};
          const now = shapes?.get(source)?.shapes[tensor];
          return now !== undefined && JSONExt.deepEqual(now, shape);
        }))
    );
  };
  return withLayers(
    model,
    model.config.layers.map(layer => {
      const origin = origins.get(layerName(layer));
      if (!hasInput(layer) && !isTrue(layer)) {
        return withoutShapes(
          layer as unknown as JSONValue
        ) as unknown as ILayerJSON;
      }
      return origin && origin !== layer
        ? withoutStaleInside(layer, origin, known)
        : layer;
    })
  );
}

/** The same for what is inside a layer: the layers of a model, or a layer that is an argument. */
function withoutStaleInside(
  layer: ILayerJSON,
  origin: ILayerJSON,
  known: IShapeKnowledge
): ILayerJSON {
  const [now, was] = [modelIn(layer), modelIn(origin)];
  if (now && was) {
    return withoutStaleShapes(now, was, known) as unknown as ILayerJSON;
  }
  const changed = changedArguments(layer, origin).map(key => [
    key,
    withoutShapes(layer.config[key] as JSONValue)
  ]);
  const config = { ...layer.config, ...Object.fromEntries(changed) };
  return changed.length > 0 ? { ...layer, config } : layer;
}

/** Whether a layer is a model with an input of its own, whose shape it is built for wherever it is called. */
function hasInput(layer: ILayerJSON): boolean {
  return modelIn(layer)?.config.layers.some(isInputLayer) ?? false;
}

/** A value of a config without the shapes that objects in it were built for. */
function withoutShapes(value: JSONValue): JSONValue {
  if (Array.isArray(value)) {
    return value.map(withoutShapes);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const isObject = 'class_name' in value;
  return Object.fromEntries(
    (Object.entries(value) as [string, JSONValue][])
      .filter(([key]) => !(isObject && key === 'build_config'))
      .filter(([key]) => key !== 'build_input_shape')
      .map(([key, item]) => [key, withoutShapes(item)])
  ) as JSONObject;
}

function isShape(value: unknown): value is Shape {
  return (
    Array.isArray(value) &&
    value.every(item => item === null || typeof item === 'number')
  );
}
