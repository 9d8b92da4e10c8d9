/** What the JSON of a layer says about it. */
import type { ICallJSON, ILayerJSON } from '../keras';

const NO_CALLS: readonly ICallJSON[] = [];

/** The name that references use. */
export function layerName(layer: ILayerJSON): string {
  return layer.name ?? (layer.config.name as string);
}

export function callsOf(layer: ILayerJSON): readonly ICallJSON[] {
  return layer.inbound_nodes ?? NO_CALLS;
}

export function isInputLayer(layer: ILayerJSON): boolean {
  return layer.class_name === 'InputLayer';
}

/** Whether the layer is a functional model. */
export function isFunctional(layer: ILayerJSON): boolean {
  return 'layers' in layer.config && 'input_layers' in layer.config;
}

/**
 * What Keras adds to the index of a call in `input_layers` and `output_layers`: it counts a functional model's own
 * graph as the first of its calls there, but not inside `inbound_nodes`.
 */
export function callOffset(layer: ILayerJSON | undefined): number {
  return layer && isFunctional(layer) ? 1 : 0;
}

export function nodeId(layer: string, call: number): string {
  return `${layer}:${call}`;
}

/** The layer and the index of the call that a node's id holds. */
export function parseNodeId(id: string): [string, number] {
  const colon = id.lastIndexOf(':');
  return [id.slice(0, colon), Number(id.slice(colon + 1))];
}

/** A node's id after its layer was renamed; any other id as it is. */
export function renamedNode(
  id: string,
  renamed?: { from: string; to: string }
): string {
  const [layer, call] = parseNodeId(id);
  return renamed?.from === layer ? nodeId(renamed.to, call) : id;
}

/** Keras' `to_snake_case`: the name that Keras gives to a class' first layer. */
export function toSnakeCase(name: string): string {
  return name
    .replace(/[^\p{L}\p{N}_]+/gu, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/** A name like `dense` or `dense_1` that is not among `taken`. */
export function uniqueName(base: string, taken: ReadonlySet<string>): string {
  let name = base;
  for (let i = 1; taken.has(name); i++) {
    name = `${base}_${i}`;
  }
  return name;
}
