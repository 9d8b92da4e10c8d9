import type { KerasDocument } from '../document/kerasdocument';
import { modelAt, type ModelPath } from '../document/nested';
import { graphOf } from '../graph/derive';
import { parseNodeId } from '../graph/layerjson';

/** A wrapper around what is shown, such as `TimeDistributed`, that calls the model in it several times. */
export interface IShownStep {
  /** The way to the model. */
  path: ModelPath;
  /** How often it is called. */
  count: number;
  /** Which of these calls is looked at, counted from 0. */
  shown: number;
}

/** The calls of a model inside, as ids of nodes. */
export interface IShownCalls {
  all: readonly string[];
  /** The one that is looked at. */
  shown: string | null;
  /** The wrappers around it that call what is in them several times. */
  steps: readonly IShownStep[];
}

/** Which call of each model inside is looked at: its layers give something else in each. */
export class InsideCalls {
  constructor(private readonly _onChosen: () => void) {}

  /**
   * Looks at another call from now on.
   *
   * @param path - The models around it.
   * @param node - The call.
   */
  choose(path: ModelPath, node: string): void {
    this._chosen.set([...path, parseNodeId(node)[0]].join('/'), node);
    this._onChosen();
  }

  /**
   * Looks at another call that a wrapper makes from now on.
   *
   * @param path - The way to the model in it.
   * @param step - Which of its calls, counted from 0.
   */
  chooseStep(path: ModelPath, step: number): void {
    this._steps.set(path.join('/'), step);
    this._onChosen();
  }

  /**
   * The calls of the model at a path: the one that was chosen is looked at, as long as it is there, or the first.
   *
   * @param counts - How often each model on the way is called by the wrapper around it.
   */
  of(
    { model }: KerasDocument,
    path: ModelPath,
    counts: readonly number[] = []
  ): IShownCalls {
    const around = model && modelAt(model, path.slice(0, -1));
    const layer = path[path.length - 1];
    const nodes = around && layer !== undefined ? graphOf(around).nodes : [];
    const all = nodes.filter(n => n.layer === layer).map(({ id }) => id);
    const chosen = this._chosen.get(path.join('/'));
    const steps = path
      .map((_, i) => this._step(path.slice(0, i + 1), counts[i] ?? 0))
      .filter(({ count }) => count > 1);
    return {
      all,
      shown: all.find(id => id === chosen) ?? all[0] ?? null,
      steps
    };
  }

  /** The way to the model that is shown: a call of each of the models around, and a step where one was chosen. */
  way(document: KerasDocument): string[] {
    const { path } = document;
    return path.map((layer, i) => {
      const way = path.slice(0, i + 1);
      const call = this.of(document, way).shown;
      const step = this._steps.get(way.join('/'));
      return call && step ? `${call}@${step}` : (call ?? layer);
    });
  }

  /** What was chosen counts as far as it goes. */
  private _step(path: ModelPath, count: number): IShownStep {
    const chosen = this._steps.get(path.join('/')) ?? 0;
    return { path, count, shown: Math.min(chosen, count - 1) };
  }

  private readonly _chosen = new Map<string, string>();
  private readonly _steps = new Map<string, number>();
}
