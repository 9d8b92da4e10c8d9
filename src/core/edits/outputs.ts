/** Which tensors are the outputs of a model, their order and names; and the order of its inputs. */
import type { ISource } from '../document/types';
import { graphOf } from '../graph/derive';
import { callOffset, parseNodeId } from '../graph/layers';
import type { IModelJSON, KerasHistory } from '../keras';
import { movedEnd, replaceEnds } from './ends';
import { toFunctional } from './functional';
import { findLayer } from './layers';
import { checkName } from './rename';

/**
 * The model with a tensor among its outputs, as the last one.
 *
 * @throws RangeError where it is one already.
 */
export function pinned(model: IModelJSON, source: ISource): IModelJSON {
  if (isOutput(model, source)) {
    throw new RangeError(
      `Expected a tensor that is no output yet. Received: output ${source.tensor} of '${source.node}'.`
    );
  }
  const before = toFunctional(model);
  const history = historyOf(before, source);
  return withOutputs(before, outputs => replaceEnds(outputs, keep, [history]));
}

/**
 * The model without a tensor among its outputs.
 *
 * @throws RangeError where it has no other.
 */
export function unpinned(model: IModelJSON, source: ISource): IModelJSON {
  if (!isOutput(model, source)) {
    return model;
  }
  if (graphOf(model).outputs.length === 1) {
    throw new RangeError(
      `Expected a model with at least one output. Received: '${source.node}', its only one. Choose another first.`
    );
  }
  const before = toFunctional(model);
  const gone = historyOf(before, source);
  const kept = (history: KerasHistory) =>
    history.every((part, i) => part === gone[i]) ? null : history;
  return withOutputs(before, outputs => replaceEnds(outputs, kept, []));
}

/**
 * The model with one of its inputs or outputs in another place.
 *
 * @throws RangeError where there is no such place, or where they have names and hence no order.
 */
export function reordered(
  model: IModelJSON,
  which: 'inputs' | 'outputs',
  from: number,
  to: number
): IModelJSON {
  const ends = graphOf(model)[which];
  if (!ends[from] || !ends[to] || ends.some(({ key }) => key !== null)) {
    throw new RangeError(
      `Expected two of ${ends.length} ${which} that are told apart by their order. Received: ${from} and ${to}.`
    );
  }
  const key = which === 'inputs' ? 'input_layers' : 'output_layers';
  return {
    ...model,
    config: { ...model.config, [key]: movedEnd(model.config[key], from, to) }
  };
}

/**
 * The model with an output of another name, where outputs have names.
 *
 * @throws RangeError where the name can't be used.
 */
export function renamedOutput(
  model: IModelJSON,
  from: string,
  to: string
): IModelJSON {
  const { output_layers } = model.config;
  if (from === to) {
    return model;
  }
  checkName(to);
  const outputs = Object.entries(output_layers ?? {});
  if (!outputs.some(([key]) => key === from) || Array.isArray(output_layers)) {
    throw new RangeError(`Expected a named output. Received: '${from}'.`);
  }
  if (outputs.some(([key]) => key === to)) {
    throw new RangeError(
      `Expected a name that no other output has. Received: '${to}', which is taken. Choose another name.`
    );
  }
  return withOutputs(model, () =>
    Object.fromEntries(
      outputs.map(([key, value]) => [key === from ? to : key, value])
    )
  );
}

function keep(history: KerasHistory): KerasHistory {
  return history;
}

function withOutputs(
  model: IModelJSON,
  change: (
    outputs: IModelJSON['config']['output_layers']
  ) => IModelJSON['config']['output_layers']
): IModelJSON {
  const { config } = model;
  return {
    ...model,
    config: { ...config, output_layers: change(config.output_layers) }
  };
}

function isOutput(model: IModelJSON, { node, tensor }: ISource): boolean {
  return graphOf(model).outputs.some(
    end => end.node === node && end.tensor === tensor
  );
}

/** How `output_layers` names a tensor. */
function historyOf(model: IModelJSON, source: ISource): KerasHistory {
  const [name, call] = parseNodeId(source.node);
  const layer = findLayer(model, name);
  return [name, call + callOffset(layer), source.tensor];
}
