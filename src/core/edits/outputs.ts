/** Which tensors are the outputs of a model; the order or the names of its inputs and outputs. */
import type { JSONValue } from '@lumino/coreutils';
import type { ISource } from './edittypes';
import { graphOf } from '../graph/derive';
import { callOffset, parseNodeId } from '../graph/layerjson';
import type { IModelJSON, KerasHistory } from '../keras';
import {
  movedEnd,
  namedEnds,
  orderedEnds,
  renamedEnd,
  replaceEnds
} from './endstructure';
import { toFunctional } from './functional';
import { findLayer } from './steps';
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
  return withEnds(before, 'outputs', outputs =>
    replaceEnds(outputs, keep, [history])
  );
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
  return withEnds(before, 'outputs', outputs => replaceEnds(outputs, kept, []));
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
  return withEnds(model, which, layers => movedEnd(layers, from, to));
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
  const { outputs } = graphOf(model);
  if (from === to) {
    return model;
  }
  checkName(to);
  if (!outputs.some(({ key }) => key === from)) {
    throw new RangeError(`Expected a named output. Received: '${from}'.`);
  }
  if (outputs.some(({ key }) => key === to)) {
    throw new RangeError(
      `Expected a name that no other output has. Received: '${to}', which is taken. Choose another name.`
    );
  }
  return withEnds(model, 'outputs', ends => renamedEnd(ends, from, to));
}

/**
 * The model with its inputs or outputs told apart by name, or by order.
 *
 * Keras wants the name of an input to be that of its layer; of an output, that is what it begins with.
 */
export function withNames(
  model: IModelJSON,
  which: 'inputs' | 'outputs',
  isNamed: boolean
): IModelJSON {
  const before = toFunctional(model);
  const { [which]: ends } = graphOf(before);
  if (ends.every(({ key }) => (key !== null) === isNamed)) {
    return model;
  }
  const inOrder = ends.map(({ node, tensor }) =>
    historyOf(before, { node, tensor })
  );
  return withEnds(before, which, () =>
    isNamed ? namedEnds(inOrder) : orderedEnds(inOrder)
  );
}

function keep(history: KerasHistory): KerasHistory {
  return history;
}

function withEnds(
  model: IModelJSON,
  which: 'inputs' | 'outputs',
  change: (ends: JSONValue | undefined) => JSONValue | undefined
): IModelJSON {
  const { config } = model;
  const key = which === 'inputs' ? 'input_layers' : 'output_layers';
  return { ...model, config: { ...config, [key]: change(config[key]) } };
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
