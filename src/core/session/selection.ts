import type { IKerasDocumentChange } from '../edits/edittypes';
import type { KerasDocument } from '../document/kerasdocument';
import { renamedNode } from '../graph/layerjson';
import { Store } from './store';

/** Ids of the selected nodes and edges. What an edit leaves of them stays selected, under its new name. */
export class Selection extends Store<ReadonlySet<string>> {
  constructor(document: KerasDocument) {
    super(new Set());
    document.changed.connect(this._onDocumentChanged, this);
  }

  /** Selects these and nothing else. */
  select(ids: Iterable<string>): void {
    const next = new Set(ids);
    const isSame =
      next.size === this.value.size &&
      [...next].every(id => this.value.has(id));
    if (!isSame) {
      this.set(next);
    }
  }

  private _onDocumentChanged(
    { graph }: KerasDocument,
    { renamed, shownChange }: IKerasDocumentChange
  ): void {
    if (shownChange) {
      this.select([]);
      return;
    }
    const edges = new Set(graph.edges.map(edge => edge.id));
    this.select(
      [...this.value]
        .map(id => renamedNode(id, renamed))
        .filter(id => graph.byId.has(id) || edges.has(id))
    );
  }
}
