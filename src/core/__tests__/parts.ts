/** What tests look at in an edited document. */
import type { KerasDocument } from '..';

/** The config and calls of a layer. */
export function layer(document: KerasDocument, name: string) {
  return document.model!.config.layers.find(item => item.config.name === name)!;
}

export function ends(document: KerasDocument): unknown[] {
  const { input_layers, output_layers } = document.model!.config;
  return [input_layers, output_layers];
}

/** The positional arguments of a call, with tensors as `layer.call.tensor`. */
export function args(document: KerasDocument, name: string, call = 0): unknown {
  const { args, kwargs } = layer(document, name).inbound_nodes![call];
  return JSON.parse(JSON.stringify([args, kwargs]), (_, value) =>
    value?.class_name === '__keras_tensor__'
      ? value.config.keras_history.join('.')
      : value
  );
}
