/** Arguments of layers, and how to compile and train. */
import type { JSONObject } from '@lumino/coreutils';
import type { ICompileValues, ILayerArguments } from './edittypes';
import { isObject } from '../isobject';
import type { IModelJSON, ITrainingJSON } from '../keras';
import { trainingOf } from '../runs/plan';
import { trans } from '../translation';
import { assign, findLayer, withKerasviz, withLayer } from './steps';
import { checkName } from './rename';
import { settle } from './settle';

/** The model with other arguments of a layer; `undefined` removes one. */
export function withArguments(
  model: IModelJSON,
  name: string,
  values: ILayerArguments
): IModelJSON {
  findLayer(model, name);
  if ('name' in values && values.name !== name) {
    throw new RangeError(trans.__('A layer gets another name by rename().'));
  }
  const next = withLayer(model, name, layer => ({
    ...layer,
    config: assign(layer.config, values)
  }));
  return settle(model, next);
}

/** The model under another name. */
export function withModelName(model: IModelJSON, name: string): IModelJSON {
  checkName(name);
  return { ...model, config: { ...model.config, name } };
}

/** The model compiled otherwise; `undefined` removes a value. */
export function withCompile(
  model: IModelJSON,
  values: ICompileValues
): IModelJSON {
  const compile_config = assign(
    isObject(model.compile_config) ? model.compile_config : {},
    { ...values }
  );
  return { ...model, compile_config };
}

/** The model with the file, beside the document, that its weights start from. */
export function withWeights(model: IModelJSON, weights: string): IModelJSON {
  return withKerasviz(model, { weights });
}

/** The codes of hints that are not said of a document. */
export function silencedHints(model: IModelJSON | null): readonly string[] {
  const hints: unknown = model?.kerasviz?.hints;
  const silenced = isObject(hints) ? hints.silenced : null;
  return Array.isArray(silenced)
    ? silenced.filter(code => typeof code === 'string')
    : [];
}

/** The model of which hints are not said. */
export function withSilencedHints(
  model: IModelJSON,
  silenced: string[]
): IModelJSON {
  return withKerasviz(model, { hints: { silenced } });
}

/** The model trained otherwise; `undefined` removes a value. */
export function withTraining(
  model: IModelJSON,
  values: ITrainingJSON
): IModelJSON {
  const training = assign(
    trainingOf(model) as JSONObject,
    values as ILayerArguments
  );
  return withKerasviz(model, { training: training as ITrainingJSON });
}
