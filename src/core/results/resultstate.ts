import type {
  IClassCurves,
  IConfusion,
  IEvaluation,
  IGallery,
  IKerasError,
  IPerClass,
  IRequests,
  IResiduals,
  ISliceOf
} from '../protocol';

/** Which samples come first: those that the model is most wrong about, or least certain of. */
export type ResultOrder = 'wrong' | 'unsure';

/** Samples of one class that were predicted as one class; null where it may be any. */
export interface IResultCell {
  true: number | null;
  predicted_as: number | null;
}

/** What the trained model makes of a part of the data. */
export interface IResults {
  evaluation: IEvaluation | null;
  /** How far the predictions are, from 0 to 1; null while nothing is predicted. */
  share: number | null;
  error: IKerasError | null;
  /** Whether the drawing was edited since, or the model trained. */
  isOfBefore: boolean;
  confusion: IConfusion | null;
  perClass: IPerClass | null;
  gallery: IGallery | null;
  /** Of the class that was asked for. */
  curves: IClassCurves | null;
  /** Of numbers. */
  residuals: IResiduals | null;
  order: ResultOrder;
  cell: IResultCell;
  /** Which output of the model this is about. */
  output: number;
  /** The class or label that is told from the others, or the one of several numbers; null for all numbers. */
  of: number | null;
  /** Above which score the second of two, or a label, is predicted; null for that of the model. */
  threshold: number | null;
  /** The samples that this is about; null for all. */
  slice: ISliceOf | null;
  /** Which of two compared models alone is right about the samples that are shown; null where that may be any. */
  only: 'this' | 'other' | null;
}

/** All samples. */
export const ANY: IResultCell = { true: null, predicted_as: null };

/** Nothing was predicted yet. */
export const NOTHING: IResults = {
  evaluation: null,
  share: null,
  error: null,
  isOfBefore: false,
  confusion: null,
  perClass: null,
  gallery: null,
  curves: null,
  residuals: null,
  order: 'wrong',
  cell: ANY,
  output: 0,
  of: null,
  threshold: null,
  slice: null,
  only: null
};

type Answer = IRequests['result']['result'];

/** Where an answer of the kernel belongs. */
export function resultOf(answer: Answer): Partial<IResults> {
  switch (answer.kind) {
    case 'confusion':
      return { confusion: answer };
    case 'per_class':
      return { perClass: answer };
    case 'curves':
      return { curves: answer };
    case 'residuals':
      return { residuals: answer };
    case 'gallery':
      return { gallery: answer };
    default:
      return {};
  }
}
