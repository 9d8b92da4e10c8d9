import { Store } from './store';

/** The panel below the canvas. */
export interface IPanelState {
  /** The id of the tab in front; null for the first one. */
  tab: string | null;
  isUnfolded: boolean;
}

/** Folded, until there is something to see. */
export class Panel extends Store<IPanelState> {
  constructor() {
    super({ tab: null, isUnfolded: false });
  }

  /** Unfolds it with a tab in front. */
  show(tab: string): void {
    this.set({ tab, isUnfolded: true });
  }
}
