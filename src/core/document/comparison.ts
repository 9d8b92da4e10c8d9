/** A model compared with the one that it was made of: what its nodes take, and where its layers come from. */
import { JSONExt, type PartialJSONValue } from '@lumino/coreutils';
import { graphOf } from '../graph/derive';
import { callsOf, layerName, nodeId, parseNodeId } from '../graph/layerjson';
import { isHistory, mapLeaves } from '../graph/tensors';
import { incoming } from '../graph/walk';
import type { ILayerJSON, IModelJSON, KerasHistory } from '../keras';

/** Compares a model with what it was. */
export class Comparison {
  constructor(
    private readonly _next: IModelJSON,
    private readonly _before: IModelJSON
  ) {
    const next = _next.config.layers;
    const before = _before.config.layers;
    const known = new Map(before.map(layer => [layerName(layer), layer]));
    const names = new Set(next.map(layerName));
    next.forEach((layer, i) => {
      // A layer that was renamed is known by its place.
      const there = before[i];
      const origin =
        known.get(layerName(layer)) ??
        (there && !names.has(layerName(there)) ? there : undefined);
      if (origin && origin.class_name === layer.class_name) {
        this._origins.set(layerName(layer), origin);
      }
    });
  }

  /** The layer that a layer was. */
  originOf(layer: ILayerJSON): ILayerJSON | undefined {
    return this._origins.get(layerName(layer));
  }

  /** The layers that may take or give something else, with their nodes. */
  changed(): [ILayerJSON, string[]][] {
    // In a chain, a layer takes what the one before gives.
    const isChain = [this._next, this._before].some(
      model => model.class_name === 'Sequential'
    );
    return this._next.config.layers
      .filter(layer => isChain || this.originOf(layer) !== layer)
      .map(layer => [
        layer,
        Array.from({ length: Math.max(1, callsOf(layer).length) }, (_, call) =>
          nodeId(layerName(layer), call)
        )
      ]);
  }

  /** Whether a node takes the same tensors as before, in the same places. */
  takesSame(node: string): boolean {
    const origin = this._originId(node);
    const was = graphOf(this._before);
    const before = incoming(was, origin);
    const after = incoming(graphOf(this._next), node);
    return (
      was.byId.has(origin) &&
      before.length === after.length &&
      after.every(
        ({ source, tensor, port, index }, i) =>
          this._originId(source) === before[i].source &&
          tensor === before[i].tensor &&
          port === before[i].port &&
          index === before[i].index
      )
    );
  }

  /** Whether a node has the same arguments that are no tensors, `training` aside, which says nothing of shapes. */
  hasSameValues(node: string): boolean {
    const values = (model: IModelJSON, id: string): unknown =>
      graphOf(model)
        .byId.get(id)
        ?.values.filter(([name]) => name !== 'training');
    return isEqual(
      values(this._next, node),
      values(this._before, this._originId(node))
    );
  }

  /** Whether the model takes and gives the same tensors, in the same order. */
  hasSameEnds(): boolean {
    const { _next: next, _before: before } = this;
    return (['input_layers', 'output_layers'] as const).every(key =>
      isEqual(
        mapLeaves(
          next.config[key] ?? null,
          isHistory,
          ([name, call, tensor]): KerasHistory => [
            this._originName(name),
            call,
            tensor
          ]
        ),
        before.config[key] ?? null
      )
    );
  }

  private _originName(name: string): string {
    const origin = this._origins.get(name);
    return origin ? layerName(origin) : '';
  }

  private _originId(id: string): string {
    const [name, call] = parseNodeId(id);
    return nodeId(this._originName(name), call);
  }

  private readonly _origins = new Map<string, ILayerJSON>();
}

/** Whether two values of JSON are the same. */
export function isEqual(one: unknown, other: unknown): boolean {
  return JSONExt.deepEqual(one as PartialJSONValue, other as PartialJSONValue);
}
