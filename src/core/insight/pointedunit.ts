import { Store } from '../session/store';

/** A unit of a layer, among those that its card shows. */
export interface IPointedUnit {
  node: string;
  tensor: number;
  unit: number;
}

/** The unit under the mouse, whose picture over a plane of samples is shown large. */
export class PointedUnit extends Store<IPointedUnit | null> {
  constructor() {
    super(null);
  }

  /** Takes the unit that the mouse is over now; null where it is over none. */
  point(unit: IPointedUnit | null): void {
    const before = this.value;
    if (
      before?.node !== unit?.node ||
      before?.tensor !== unit?.tensor ||
      before?.unit !== unit?.unit
    ) {
      this.set(unit);
    }
  }
}
