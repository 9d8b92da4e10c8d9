/** A revision of a model as a change to one that the kernel knows. */
import { stringify } from '../document/floats';
import type { ILayerJSON, IModelJSON } from '../keras';
import type { IAnalyzePayload } from '../protocol';
import { planOf } from '../runs/plan';

/** A revision that the kernel has answered. */
export interface IBase {
  revision: number;
  model: IModelJSON;
}

/** The model as a change to `base`: layers that are the same are named by their places. */
export function changes(
  model: IModelJSON,
  revision: number,
  base: IBase | null
): IAnalyzePayload {
  const { kerasviz: _, ...rest } = model;
  const { data } = planOf(model);
  const before = base?.model.config.layers ?? [];
  const places = new Map(before.map((layer, i) => [layer.config, i]));
  const layers: IAnalyzePayload['layers'] = [];
  for (const layer of model.config.layers) {
    const place = places.get(layer.config);
    const last = layers[layers.length - 1];
    if (place === undefined || !isSameLayer(layer, before[place])) {
      layers.push(textOf(layer));
    } else if (Array.isArray(last) && last[0] + last[1] === place) {
      last[1]++;
    } else {
      layers.push([place, 1]);
    }
  }
  return {
    revision,
    base: base?.revision ?? null,
    model: stringify({
      ...rest,
      config: { ...rest.config, layers: [] },
      ...(data && { kerasviz: { version: 1, training: { data } } })
    }),
    layers
  };
}

/** Whether two layers differ at most in the shape that they were built for, which matters for models alone. */
function isSameLayer(a: ILayerJSON, b: ILayerJSON): boolean {
  // Nearly always, and this is asked of every layer at every edit.
  if (a === b) {
    return true;
  }
  const one = keptKeys(a);
  return (
    one.length === keptKeys(b).length &&
    one.every(key => Object.hasOwn(b, key) && a[key] === b[key])
  );
}

/** The keys of a layer that matter to the analysis. */
function keptKeys(layer: ILayerJSON): (keyof ILayerJSON)[] {
  const keys = Object.keys(layer) as (keyof ILayerJSON)[];
  return 'layers' in layer.config
    ? keys
    : keys.filter(key => key !== 'build_config');
}

/** The text of a layer; most edits leave most layers as they are. */
function textOf(layer: ILayerJSON): string {
  const text = TEXTS.get(layer) ?? stringify(layer);
  TEXTS.set(layer, text);
  return text;
}

const TEXTS = new WeakMap<ILayerJSON, string>();

/** Whether two models differ at most in what kerasviz keeps beside them, the data aside. */
export function isSameToKeras(a: IModelJSON, b: IModelJSON): boolean {
  const { kerasviz: _, ...mine } = a;
  const { kerasviz: __, ...theirs } = b;
  const others = new Map<string, unknown>(Object.entries(theirs));
  return (
    a.kerasviz?.training?.data === b.kerasviz?.training?.data &&
    Object.keys(mine).length === others.size &&
    Object.entries(mine).every(([key, value]) => others.get(key) === value)
  );
}
