import type { IChosenJSON, IModelJSON } from '../keras';
import type { IKerasError, IProbe, IProbedLayer, ISample } from '../protocol';
import { planOf } from '../runs/plan';

/** A look inside: a sample, and what comes out of each layer for it. */
export interface IInside {
  /** Whether somebody looks. Nothing is computed while nobody does. */
  isOpen: boolean;
  /** What was chosen last, also while the kernel has not answered yet. */
  choice: IChosenJSON;
  sample: ISample | null;
  /** Of the drawing as it was when the kernel was asked last. */
  probe: IProbe | null;
  error: IKerasError | null;
  /** Whether all of the selected layer's output is shown. */
  isLarge: boolean;
  /** How often it was asked for: each time the form with it comes into sight. */
  timesLarge: number;
  /** What was answered about it last. */
  large: ILarge | null;
}

/** All of one output of a node, or why there is nothing. */
export interface ILarge {
  node: string;
  tensor: number;
  layer: IProbedLayer | null;
  error: IKerasError | null;
}

/** What is asked of the kernel about the document as it stands; each rejects with a `KernelError`. */
export interface IInsideQuestions {
  sample(choice: IChosenJSON): Promise<ISample>;
  probe(
    path: readonly string[],
    nodes: readonly string[],
    isHurried: boolean
  ): Promise<IProbe>;
  layer(
    path: readonly string[],
    node: string,
    tensor: number
  ): Promise<IProbedLayer>;
}

/** The sample that is looked at first. */
export const FIRST: IChosenJSON = { class_name: 'by_index', config: {} };

/** The sample with a number in a part of the data, or in `new` data that was predicted. */
export function sampleAt(part: string, index: number): IChosenJSON {
  return part === 'new'
    ? { class_name: 'of_new_data', config: { index } }
    : { class_name: 'by_index', config: { part, index } };
}

/** Whether the sample, or that there is none, depends on the drawing: the model that it was chosen for had no data. */
export function isOfDrawing(
  { isOpen, sample, error }: IInside,
  model: IModelJSON | null
): boolean {
  const isRandom = sample ? sample.note !== null : isOpen && error !== null;
  return isRandom && !(model && planOf(model).data);
}

/** While nobody looks. */
export const NOTHING: IInside = {
  isOpen: false,
  choice: FIRST,
  sample: null,
  probe: null,
  error: null,
  isLarge: false,
  timesLarge: 0,
  large: null
};
