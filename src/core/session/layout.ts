import type { IKerasDocumentChange, Point } from '../edits/edittypes';
import type { KerasDocument } from '../document/kerasdocument';
import { renamedNode } from '../graph/layerjson';
import { Store } from './store';

/** Where nodes are that have no position in the document. */
export class Layout extends Store<ReadonlyMap<string, Point>> {
  constructor(document: KerasDocument) {
    super(new Map());
    document.changed.connect(this._onDocumentChanged, this);
  }

  private _onDocumentChanged(
    _: KerasDocument,
    { renamed, shownChange }: IKerasDocumentChange
  ): void {
    if (shownChange) {
      this.set(new Map());
    } else if (renamed) {
      const places = [...this.value].map(
        ([id, point]) => [renamedNode(id, renamed), point] as const
      );
      this.set(new Map(places));
    }
  }
}
