import type { IOrder } from '../sorting/order';
import type { RunColumn } from './ordering';

/** How the list of runs is looked at. */
export interface IListing {
  words: string;
  order: IOrder<RunColumn> | null;
  /** Whether hidden runs are listed, too. */
  withHidden: boolean;
}

export const FIRST_LISTING: IListing = {
  words: '',
  order: null,
  withHidden: false
};
