import type { IRunSummary } from '../../core';
import type { IOrder } from '../sorting/rowsorting';
import type { RunColumn } from './ordering';

/** How the list of runs is looked at. */
export interface IListing {
  words: string;
  order: IOrder<RunColumn> | null;
  /** Whether hidden runs are listed, too. */
  withHidden: boolean;
  /** Whether only the latest run of each other document is listed. */
  latestOnly: boolean;
}

export const FIRST_LISTING: IListing = {
  words: '',
  order: null,
  withHidden: false,
  latestOnly: false
};

/**
 * Whether a run is the latest of its document, where that is another one.
 *
 * @param later - The runs that began later.
 */
export function isLatest(
  { origin }: IRunSummary,
  later: readonly IRunSummary[]
): boolean {
  return origin === undefined || !later.some(run => run.origin === origin);
}
