/** How a document is to be trained: what stands under `kerasviz.training`, as today's kerasviz writes it. */
import type { JSONObject, JSONValue } from '@lumino/coreutils';
import { isObject } from '../isobject';
import type {
  IChosenJSON,
  IColumnsJSON,
  IModelJSON,
  IRangeJSON,
  IStepJSON,
  ISweepJSON,
  ITrainingJSON
} from '../keras';

/** Arguments of `fit` where the document does not say, and Keras' own default is for scripts. */
export const FIT_DEFAULTS = {
  epochs: 10,
  batch_size: 32,
  validation_split: 0.2
} as const satisfies JSONObject;

/** What to train on, and how; nothing is left to be looked up. */
export interface IPlan {
  data: IChosenJSON | null;
  /** Null where the kernel proposes what columns are for. */
  columns: IColumnsJSON | null;
  /** Null where the kernel proposes the steps. */
  preparation: IStepJSON[] | null;
  /** Null where the last samples are for validation, as `fit` takes them. */
  split: IChosenJSON | null;
  /** Null where no value is marked to be tried. */
  sweep: ISweepJSON | null;
  /** Arguments of `keras.Model.fit`. */
  fit: JSONObject;
  callbacks: IChosenJSON[];
  /** Null where it is the kernel. */
  place: IChosenJSON | null;
  /** Null where each run draws its own numbers. */
  seed: number | null;
  /** Variable of the trained model; null where the kernel makes a name of the document's. */
  model_name: string | null;
}

/** The plan of a document, with defaults. A value that nobody could use, in a file by somebody else, is left out. */
export function planOf(model: IModelJSON): IPlan {
  const { data, columns, preparation, split, ...training } = trainingOf(model);
  const { fit, callbacks, place, seed, model_name } = training;
  return {
    data: isChosen(data) ? data : null,
    columns: columnsOf(columns),
    preparation: Array.isArray(preparation) ? preparation.filter(isStep) : null,
    split: isChosen(split) ? split : null,
    sweep: sweepOf(training.sweep),
    fit: { ...FIT_DEFAULTS, ...(isObject(fit) && fit) },
    callbacks: Array.isArray(callbacks) ? callbacks.filter(isChosen) : [],
    place: isChosen(place) ? place : null,
    seed: typeof seed === 'number' ? seed : null,
    model_name: typeof model_name === 'string' ? model_name : null
  };
}

/** What a run is made of, as text: the whole document but for what only the canvas shows. */
export function trainedText(model: IModelJSON): string {
  return JSON.stringify({ ...model, kerasviz: trainingOf(model) });
}

/** Whether there is a loss for an output at least: those of several may be none. */
export function hasLoss(loss: JSONValue | undefined): boolean {
  if (Array.isArray(loss)) {
    return loss.some(hasLoss);
  }
  return isObject(loss) && !('class_name' in loss)
    ? Object.values(loss).some(hasLoss)
    : Boolean(loss);
}

/** Samples in each step of training; Keras' own number where the document says None. */
export function batchSizeOf(model: IModelJSON | null): number {
  const size = model ? planOf(model).fit.batch_size : null;
  return typeof size === 'number' && size > 0 ? size : FIT_DEFAULTS.batch_size;
}

/**
 * What a document says of its training. What kerasviz 0.1 wrote is read as today's: `epochs`, `batch_size` and
 * `validation_split` stood beside `data`, which was `{source}` with its arguments.
 */
export function trainingOf(model: IModelJSON): ITrainingJSON {
  const written: unknown = model.kerasviz?.training;
  if (!isObject(written)) {
    return {};
  }
  const old = Object.keys(FIT_DEFAULTS).filter(name => name in written);
  const training = Object.fromEntries(
    Object.entries(written).filter(([name]) => !old.includes(name))
  ) as JSONObject;
  if (old.length > 0) {
    training.fit = {
      ...Object.fromEntries(old.map(name => [name, written[name]])),
      ...(isObject(training.fit) && training.fit)
    } as JSONObject;
  }
  if (isObject(training.data) && typeof training.data.source === 'string') {
    const { source, ...config } = training.data;
    training.data = { class_name: source, config };
  }
  return training;
}

function columnsOf(value: unknown): IColumnsJSON | null {
  if (!isObject(value)) {
    return null;
  }
  const { target, ignored, weight } = value;
  return {
    target: Array.isArray(target) ? target.map(String) : [],
    ignored: Array.isArray(ignored) ? ignored.map(String) : [],
    weight: typeof weight === 'string' ? weight : null
  };
}

function sweepOf(value: unknown): ISweepJSON | null {
  const ranges = isObject(value) ? value.ranges : null;
  return isChosen(value) && Array.isArray(ranges)
    ? ({ ...value, ranges: ranges.filter(isRange) } as ISweepJSON)
    : null;
}

function isRange(value: unknown): value is IRangeJSON {
  return isObject(value) && Array.isArray(value.path);
}

function isStep(value: unknown): value is IStepJSON {
  return isChosen(value) && Array.isArray(value.columns);
}

function isChosen(value: unknown): value is IChosenJSON {
  return (
    isObject(value) &&
    typeof value.class_name === 'string' &&
    isObject(value.config)
  );
}
