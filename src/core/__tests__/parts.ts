/** What tests look at in an edited document. */
import { KerasDocument } from '..';
import { open, source } from './fixtures';

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

/** The text of a model in which a layer wraps the model `inner` of `nested`. */
export function wrapped(): string {
  const {
    name: _,
    inbound_nodes,
    ...inner
  } = layer(open(source('nested')), 'inner');
  const model = JSON.parse(KerasDocument.emptySource('outer'));
  const named = (class_name: string, config: { name: string }) => ({
    module: 'keras.layers',
    class_name,
    config,
    registered_name: null,
    name: config.name
  });
  const input = { batch_shape: [null, 2, 4], name: 'x' };
  const each = { layer: inner, name: 'each' };
  model.config.layers = [
    { ...named('InputLayer', input), inbound_nodes: [] },
    {
      ...named('TimeDistributed', each),
      inbound_nodes: inbound_nodes!.slice(0, 1)
    }
  ];
  model.config.input_layers = ['x', 0, 0];
  model.config.output_layers = ['each', 0, 0];
  return JSON.stringify(model);
}
