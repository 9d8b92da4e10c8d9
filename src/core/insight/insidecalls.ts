import type { KerasDocument } from '../document/kerasdocument';
import { modelAt, type ModelPath } from '../document/nested';
import { graphOf } from '../graph/derive';
import { parseNodeId } from '../graph/layerjson';

/** The calls of a model inside, as ids of nodes. */
export interface IShownCalls {
  all: readonly string[];
  /** The one that is looked at. */
  shown: string | null;
}

/** Which call of each model inside is looked at: its layers give something else in each. */
export class InsideCalls {
  /**
   * Looks at another call from now on.
   *
   * @param path - The models around it.
   * @param node - The call.
   */
  choose(path: ModelPath, node: string): void {
    this._chosen.set([...path, parseNodeId(node)[0]].join('/'), node);
  }

  /** The calls of the model at a path: the one that was chosen is looked at, as long as it is there, or the first. */
  of({ model }: KerasDocument, path: ModelPath): IShownCalls {
    const around = model && modelAt(model, path.slice(0, -1));
    const layer = path[path.length - 1];
    const nodes = around && layer !== undefined ? graphOf(around).nodes : [];
    const all = nodes.filter(n => n.layer === layer).map(({ id }) => id);
    const chosen = this._chosen.get(path.join('/'));
    return { all, shown: all.find(id => id === chosen) ?? all[0] ?? null };
  }

  /** The way to the model that is shown: a call of each of the models around. */
  way(document: KerasDocument): string[] {
    const { path } = document;
    return path.map(
      (layer, i) => this.of(document, path.slice(0, i + 1)).shown ?? layer
    );
  }

  private readonly _chosen = new Map<string, string>();
}
