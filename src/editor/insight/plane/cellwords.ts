/** Places of a plane in words. */
import {
  parseNodeId,
  type IPointedUnit,
  type ISample,
  type ISamplePlane,
  type ITranslation
} from '../../../core';
import { formatShare } from '../../insight/Likely';
import { formatNumber } from '../../insight/OutputView';
import { middleOf, type ISurfaceValues } from './surfacecolours';

/** A unit of a layer. */
export function unitName(
  { node, unit }: IPointedUnit,
  trans: ITranslation
): string {
  return trans.__('%1, unit %2', parseNodeId(node)[0], unit);
}

/** Where the middle of a cell is; rows are counted from the highest. */
export function placeInWords(
  { across, up }: ISamplePlane,
  cell: number,
  side: number
): string {
  const x = middleOf(across, cell % side, side);
  const y = middleOf(up, side - 1 - Math.floor(cell / side), side);
  return `${across.name} = ${formatNumber(x)}, ${up.name} = ${formatNumber(y)}`;
}

/** What the model says in a cell. */
export function cellInWords(
  { plane, classes }: ISample,
  { kind, side, values, certainty }: ISurfaceValues,
  cell: number,
  trans: ITranslation
): string {
  const place = placeInWords(plane!, cell, side);
  const value = values[cell];
  if (kind === 'number') {
    return trans.__('%1: %2', place, formatNumber(value));
  }
  const best = kind === 'classes' ? value : value >= 0.5 ? 1 : 0;
  const share = kind === 'classes' ? certainty[cell] : best ? value : 1 - value;
  return trans.__(
    '%1: %2 (%3)',
    place,
    classes[best] ?? String(best),
    formatShare(share)
  );
}
